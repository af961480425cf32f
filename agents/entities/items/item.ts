/** What a question is made of once read: each word belongs to at most one item. */
import type { ColumnReference } from '../../../data/catalog.js'
import type { ValueLink } from '../../../rag/knowledge.js'
import type { DraftMeasure, DraftValue, PeriodSet } from '../draft.js'
import type { Comparator, Filter, Grain, Period, Relation } from '../entities.js'
import type { Candidate } from '../schema/link-schema.js'
import type { Cue } from '../words/cue.js'

interface Span {
  readonly from: number
  readonly to: number
  readonly phrase: string
}

export interface MentionItem extends Span {
  readonly kind: 'mention'
  /** A comma or the like stands before it. */
  readonly apart?: boolean
  readonly candidates: readonly Candidate[]
  /** An everyday word for money taken in, such as "revenue". */
  readonly money: boolean
  /** The table named along with a column ("email of customer"). */
  readonly owner?: string
  /** Where that table stands among the words, when it follows ("email of the customers"). */
  readonly ownerAt?: number
  /** Stored values the same words may mean instead. */
  readonly values?: readonly ValueLink[]
  /** Money made after costs. */
  readonly profit?: boolean
  /** A verb of trade standing for a table of transactions. */
  readonly verb: boolean
}

export type Item =
  | MentionItem
  | (Span & { readonly kind: 'cue'; readonly cue: Cue })
  | (Span & { readonly kind: 'value'; readonly links: readonly ValueLink[] })
  | (Span & {
      readonly kind: 'part'
      readonly columns: readonly ColumnReference[]
      readonly text: string
    })
  | (Span & {
      readonly kind: 'pair'
      readonly first: DraftMeasure
      readonly second: DraftMeasure
      readonly relation: Relation
    })
  | (Span & {
      readonly kind: 'side_by_side'
      readonly values: readonly DraftValue[]
      /** Each is told by itself even where nothing is grouped. */
      readonly apart?: boolean
    })
  | (Span & {
      readonly kind: 'period_sets'
      readonly sets: readonly PeriodSet[]
      /** The words can only mean what happened in each; else they may mean one stretch of time. */
      readonly certain: boolean
    })
  | (Span & {
      readonly kind: 'mean_bound'
      readonly mention: MentionItem
      readonly comparator: Comparator
    })
  | (Span & { readonly kind: 'filters'; readonly filters: readonly Filter[] })
  | (Span & { readonly kind: 'period'; readonly period: Period })
  | (Span & { readonly kind: 'grain'; readonly grain: Grain })
  | (Span & { readonly kind: 'number'; readonly number: number })
  | (Span & { readonly kind: 'word'; readonly word: string })
  | (Span & { readonly kind: 'unknown' })
