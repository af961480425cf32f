/** Words for the largest and the smallest, and for orders. */
import type { Random } from '../../random.js'
import type { AskableColumn } from './askable.js'

const largest = ['highest', 'largest', 'greatest', 'maximum']
const smallest = ['lowest', 'smallest', 'minimum', 'least']
const latest = ['latest', 'most recent']
const earliest = ['earliest']

/** Columns by which rows may be put in order; a sum of them need not say anything. */
export const rankedRoles = ['number', 'number', 'year', 'date'] as const

/** "With the highest age", "with the most pages". */
export function extreme(column: AskableColumn, descending: boolean, random: Random): string {
  const [, counted] = /^number of (.+)$/.exec(column.words) ?? []
  if (counted && random.chance(60)) {
    return `with the ${descending ? 'most' : random.pick(['fewest', 'least'])} ${counted}`
  }
  const isTime = column.role === 'date' || column.role === 'year'
  const [up, down] = isTime ? [latest, earliest] : [largest, smallest]
  return `with the ${random.pick(descending ? up : down)} ${column.words}`
}

/** "From the highest to the lowest age", "in descending order of age". */
export function inOrder(column: { readonly words: string }, descending: boolean, random: Random) {
  const { words } = column
  const isTime = /\b(date|year|time|timestamp|datetime)\b/.test(words)
  if (isTime && random.chance(50)) {
    return `ordered by ${words}, ${descending ? 'latest' : 'earliest'} first`
  }
  return descending
    ? random.pick([
        `in descending order of ${words}`,
        `sorted by ${words} in descending order`,
        `ordered by ${words} descending`,
        `ordered by ${words} from ${isTime ? 'newest to oldest' : 'high to low'}`,
        `in decreasing order of ${words}`,
        `sorted by ${words}, ${isTime ? 'latest' : 'largest'} first`,
      ])
    : random.pick([
        `in ascending order of ${words}`,
        `sorted by ${words}`,
        `ordered by ${words}`,
        `ordered by ${words} in ascending order`,
        `sorted by ${words} from ${isTime ? 'oldest to newest' : 'low to high'}`,
        `in increasing order of ${words}`,
      ])
}

/** As Spider's SQL leaves out what is understood. */
export function orderSql(sql: string, descending: boolean): string {
  return `order by ${sql}${descending ? ' desc' : ''}`
}

const aggregateWords = {
  avg: ['average', 'average', 'mean'],
  sum: ['total', 'total', 'sum of the'],
  max: ['maximum', 'highest', 'largest'],
  min: ['minimum', 'lowest', 'smallest'],
} as const

export type Aggregate = keyof typeof aggregateWords

export interface Measure {
  readonly sql: string
  /** "Average age"; without an article. */
  readonly words: string
}

export function drawAggregate(column: AskableColumn, random: Random): Aggregate {
  if (column.role === 'year') return random.pick(['max', 'min'])
  return random.pick(
    column.additive
      ? (['avg', 'avg', 'sum', 'max', 'min'] as const)
      : (['avg', 'avg', 'max', 'min'] as const),
  )
}

export function measureOf(column: AskableColumn, aggregate: Aggregate, random: Random): Measure {
  const years = { max: ['latest', 'most recent'], min: ['earliest'] } as const
  const isYear = column.role === 'year' && (aggregate === 'max' || aggregate === 'min')
  const lead = random.pick<string>(isYear ? years[aggregate] : aggregateWords[aggregate])
  const words = aggregate === 'sum' ? column.words.replace(/^total /, '') : column.words
  return { sql: `${aggregate}(${column.sql})`, words: `${lead} ${words}` }
}
