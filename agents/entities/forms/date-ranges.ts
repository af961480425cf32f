/** Tables whose rows hold from one date to another: promotions, contracts, stays. */
import {
  type Catalog,
  type Column,
  type ColumnReference,
  findTable,
} from '../../../data/catalog.js'
import { stem } from '../../../rag/words.js'
import type { Item } from '../items/item.js'
import { identifierStems } from '../schema/schema-terms.js'

export interface DateRange {
  readonly start: ColumnReference
  readonly end: ColumnReference
  /** The last day belongs to it, as it does for what starts and ends, not for what opens and closes. */
  readonly withLast: boolean
  /** Rows without an end go on. */
  readonly openEnded: boolean
}

interface Ends {
  readonly start: readonly string[]
  readonly end: readonly string[]
  readonly withLast: boolean
}

const ends: readonly Ends[] = [
  {
    start: stems('start begin from since'),
    end: stems('end finish to until till'),
    withLast: true,
  },
  { start: stems('effective'), end: stems('expire expiry expiration'), withLast: true },
  { start: stems('open opening'), end: stems('close closing'), withLast: false },
  {
    start: stems('arrive arrival checkin in'),
    end: stems('leave left departure checkout out'),
    withLast: false,
  },
  { start: stems('hire join'), end: stems('leave left terminate'), withLast: false },
]

function stems(words: string): readonly string[] {
  return words.split(' ').map(stem)
}

export function dateRangeOf(catalog: Catalog, table: string): DateRange | undefined {
  const dates = (findTable(catalog, table)?.columns ?? []).filter(isDate)
  for (const { start, end, withLast } of ends) {
    const first = dates.filter((column) => names(column, start))
    const last = dates.filter((column) => names(column, end))
    const [from, to] = [first[0], last[0]]
    // Two starts or two ends could each be meant.
    if (!from || !to || from === to || first.length > 1 || last.length > 1) continue
    return {
      start: { table, column: from.name },
      end: { table, column: to.name },
      withLast: withLast && to.kind === 'date',
      openEnded: to.nullable,
    }
  }
  return undefined
}

/** That of the first table which the question names, or means by a value. */
export function rangeInQuestion(items: readonly Item[], catalog: Catalog): DateRange | undefined {
  const tables = items.flatMap((item) => {
    if (item.kind === 'value') return item.links.map((link) => link.column.table)
    if (item.kind !== 'mention') return []
    return item.candidates.flatMap(({ kind, table }) => (kind === 'table' ? [table] : []))
  })
  for (const table of tables) {
    const range = dateRangeOf(catalog, table)
    if (range) return range
  }
  return undefined
}

function names({ name }: Column, words: readonly string[]): boolean {
  return identifierStems(name).some((word) => words.includes(word))
}

function isDate({ kind }: Column): boolean {
  return kind === 'date' || kind === 'timestamp'
}
