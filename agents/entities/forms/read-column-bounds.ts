/** "cost above list price", "fee under 20% of the rent", "sold after the closing date": one column held against another. */
import { type Catalog, type ColumnReference, findColumn } from '../../../data/catalog.js'
import { parentsOf } from '../../../data/relationship-graph.js'
import type { Comparator } from '../entities.js'
import type { Item, MentionItem } from '../items/item.js'
import { mentionAt, pastDeterminers, said, spanOf } from '../items/item-words.js'
import { isKeyLike } from '../schema/schema-terms.js'
import { nearestDate } from '../settle/resolve-time.js'

export function readColumnBounds(items: readonly Item[], catalog: Catalog): readonly Item[] {
  for (let at = 1; at < items.length - 1; at += 1) {
    const found = numbersApart(items, at, catalog) ?? datesApart(items, at, catalog)
    if (!found) continue
    const { from, next, left, right, comparator, factor } = found
    const span = spanOf(items, from, next)
    const against = { column: right, ...(factor !== undefined && { factor }) }
    const filter = { column: left, comparator, values: [], against, phrase: span.phrase }
    const bound: Item = { kind: 'filters', ...span, filters: [filter] }
    return [...items.slice(0, from), bound, ...items.slice(next)]
  }
  return items
}

interface ColumnBound {
  readonly from: number
  readonly next: number
  readonly left: ColumnReference
  readonly right: ColumnReference
  readonly comparator: Comparator
  readonly factor?: number
}

/** `at` is where the comparing word stands. */
function numbersApart(
  items: readonly Item[],
  at: number,
  catalog: Catalog,
): ColumnBound | undefined {
  const sign = items[at]
  if (sign?.kind !== 'cue' || sign.cue.kind !== 'comparator' || sign.cue.concept) return undefined
  const from = pastBack(items, at)
  const first = mentionAt(items, from)
  const { factor, next } = readFactor(items, at + 1)
  const second = mentionAt(items, next)
  if (!first || !second || first.money || second.money || isReckoned(items[from - 1]))
    return undefined
  const pair = relatedPair(first, second, catalog, ['number'])
  return pair && { ...pair, from, next: next + 1, comparator: sign.cue.comparator, factor }
}

/** "average cost above …" is a figure of groups. */
function isReckoned(item: Item | undefined): boolean {
  return item?.kind === 'cue' && ['aggregate', 'rank', 'group'].includes(item.cue.kind)
}

/** Position of the name before "is" or "was". */
function pastBack(items: readonly Item[], at: number): number {
  const joins = /^(is|are|was|were|that|which|with|for)$/
  let before = at - 1
  while (before > 0 && at - before < 3 && joins.test(said(items[before]))) before -= 1
  return before
}

const factors: Readonly<Record<string, number>> = { half: 0.5, twice: 2, double: 2 }

/** "75% of the", "half", "twice": how much of the second column is meant. */
function readFactor(items: readonly Item[], at: number) {
  const number = items[at]
  if (number?.kind === 'number' && said(items[at + 1]) === 'of') {
    return { factor: number.number / 100, next: pastDeterminers(items, at + 2) }
  }
  const factor = factors[said(number)]
  if (factor === undefined) return { next: pastDeterminers(items, at) }
  const of = said(items[at + 1]) === 'of' ? 2 : 1
  return { factor, next: pastDeterminers(items, at + of) }
}

const orders: Readonly<Record<string, Comparator>> = { after: '>', before: '<' }

/** "after the closing date": of a date named before, else of what the rows were dated by. */
function datesApart(items: readonly Item[], at: number, catalog: Catalog): ColumnBound | undefined {
  const comparator = orders[said(items[at])]
  const next = pastDeterminers(items, at + 1)
  const second = mentionAt(items, next)
  if (!comparator || !second || items.slice(at - 2, at).some(isLength)) return undefined
  const from = pastBack(items, at)
  const first = mentionAt(items, from)
  const pair = first && relatedPair(first, second, catalog, ['date', 'timestamp'])
  if (pair) return { ...pair, from, next: next + 1, comparator }
  const rows = items.slice(0, at).findLast((item) => item.kind === 'mention')
  const table = rows?.kind === 'mention' ? rows.candidates[0]?.table : undefined
  const left = table === undefined ? undefined : nearestDate(catalog, table)
  const right =
    left &&
    columnsOf(second, catalog, ['date', 'timestamp']).find((column) =>
      areRelated(left, column, catalog),
    )
  if (!left || left.table !== table || !right) return undefined
  return { from: at, next: next + 1, left, right, comparator }
}

/** "20 days after" is a length of time. */
function isLength(item: Item): boolean {
  return item.kind === 'number' || /^(days?|weeks?|months?|years?)$/.test(said(item))
}

function relatedPair(
  first: MentionItem,
  second: MentionItem,
  catalog: Catalog,
  kinds: readonly string[],
) {
  const rights = columnsOf(second, catalog, kinds)
  const pairs = columnsOf(first, catalog, kinds).flatMap((left) =>
    rights.filter((right) => areRelated(left, right, catalog)).map((right) => ({ left, right })),
  )
  return pairs.find(({ left, right }) => left.table === right.table) ?? pairs[0]
}

function columnsOf(
  { candidates }: MentionItem,
  catalog: Catalog,
  kinds: readonly string[],
): readonly ColumnReference[] {
  return candidates.flatMap(({ kind, table, column, computed }) => {
    const reference = { table, column: column ?? '' }
    const found = kind === 'column' && !computed ? findColumn(catalog, reference) : undefined
    return found && kinds.includes(found.kind) && !isKeyLike(catalog, reference) ? [reference] : []
  })
}

/** Both are known of one row: they differ, and one's row leads to the other's. */
function areRelated(left: ColumnReference, right: ColumnReference, catalog: Catalog): boolean {
  if (left.table === right.table) return left.column !== right.column
  return (
    parentsOf(catalog, left.table).has(right.table) ||
    parentsOf(catalog, right.table).has(left.table)
  )
}
