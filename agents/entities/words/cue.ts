/** What a cue phrase says to do with the names, values and numbers around it. */
import type { Aggregate, Comparator } from '../entities.js'

export type Cue =
  | { readonly kind: 'aggregate'; readonly aggregate: Aggregate }
  | { readonly kind: 'distinct' }
  | { readonly kind: 'group' }
  | {
      readonly kind: 'rank'
      readonly direction: 'asc' | 'desc'
      /** What an adjective measures, as words to look for among columns. */
      readonly concept?: readonly string[]
      /** Asks for all in order, not for the first few. */
      readonly unlimited?: boolean
      /** Ranks by how many rows there are: "most often". */
      readonly often?: boolean
      /** Ranks by what is left after costs. */
      readonly profit?: boolean
    }
  | {
      readonly kind: 'order'
      readonly direction?: 'asc' | 'desc'
      readonly concept?: readonly string[]
    }
  /** Saturdays and Sundays only. */
  | { readonly kind: 'weekend' }
  | { readonly kind: 'direction'; readonly direction: 'asc' | 'desc' }
  | { readonly kind: 'compare' }
  | { readonly kind: 'share' }
  | { readonly kind: 'growth' }
  | { readonly kind: 'cumulative' }
  /** "how did … do": asks for the main figure. */
  | { readonly kind: 'performance' }
  /** "distribution of sizes": asks for the values themselves. */
  | { readonly kind: 'spread' }
  /** "second best": how many better ones are left out. */
  | { readonly kind: 'nth'; readonly offset: number }
  | { readonly kind: 'in_name' }
  | { readonly kind: 'difference' }
  /** "how big", "where": asks for the column a concept measures or names. */
  | { readonly kind: 'ask'; readonly concept: readonly string[] }
  /** "containing", "starting with": the next word is part of a text. */
  | { readonly kind: 'match'; readonly pattern: 'contains' | 'starts' | 'ends' }
  | { readonly kind: 'trend' }
  | { readonly kind: 'negate' }
  | { readonly kind: 'absent' }
  | {
      readonly kind: 'comparator'
      readonly comparator: Comparator
      readonly concept?: readonly string[]
    }
  | { readonly kind: 'between' }
  | { readonly kind: 'list' }
  | { readonly kind: 'which' }
  | { readonly kind: 'who' }
  | { readonly kind: 'how_many' }
  | { readonly kind: 'when' }
  | { readonly kind: 'chart' }
  | { readonly kind: 'possession' }
