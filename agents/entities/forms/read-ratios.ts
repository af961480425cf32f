/** "ratio of returns to sales", "revenue per square metre", "complaints per booking": one total over another. */
import { type Catalog, findTable } from '../../../data/catalog.js'
import { parentsOf } from '../../../data/relationship-graph.js'
import { stem } from '../../../rag/words.js'
import type { DraftMeasure } from '../draft.js'
import type { Item, MentionItem } from '../items/item.js'
import { mentionAt, pastDeterminers, said, spanOf } from '../items/item-words.js'
import { principalAmount } from '../schema/principal-amount.js'
import { hasNames, identifierStems, isKeyLike } from '../schema/schema-terms.js'
import { additiveWords, averagedWords } from '../words/business-words.js'
import { measuredIn } from '../words/concepts.js'

export function readRatios(items: readonly Item[], catalog: Catalog): readonly Item[] {
  return namedRatio(items, catalog) ?? perUnit(rankFirst(items), catalog) ?? items
}

/** "ratio of A to B", "ratio between A and B". */
function namedRatio(items: readonly Item[], catalog: Catalog): readonly Item[] | undefined {
  const at = items.findIndex((item) => /^ratios?$/.test(said(item)))
  if (at === -1 || !/^(of|between)$/.test(said(items[at + 1]))) return undefined
  const from = pastCounting(items, at + 2)
  const first = mentionAt(items, from)
  if (!first || !/^(to|and|against|over)$/.test(said(items[from + 1]))) return undefined
  const next = pastCounting(items, from + 2)
  const second = mentionAt(items, next)
  if (!second) return undefined
  // "returns to sales" counts both, "refunds to revenue" sums both.
  const counts = [first, second].some((mention) => isRows(mention) && !mention.money)
  const [upper, lower] = [first, second].map((mention) => measureOf(mention, counts, catalog))
  if (!upper || !lower) return undefined
  return paired(items, at, next + 1, upper, lower)
}

/** Past small words and "number of". */
function pastCounting(items: readonly Item[], at: number): number {
  const next = pastDeterminers(items, at)
  const item = items[next]
  const counts = item?.kind === 'cue' && ['how_many', 'aggregate'].includes(item.cue.kind)
  return counts ? pastDeterminers(items, next + 1) : next
}

/** A table that the name may stand for as a whole. */
function isRows({ candidates }: MentionItem): boolean {
  return candidates.some(({ kind, weight }) => kind === 'table' && weight >= 0.5)
}

function measureOf(
  mention: MentionItem,
  counts: boolean,
  catalog: Catalog,
): DraftMeasure | undefined {
  const { phrase } = mention
  const table = mention.candidates.find(({ kind }) => kind === 'table')
  if (counts && table && (mention.money || mention.candidates[0] === table)) {
    const rows = { ...mention, money: false, candidates: [table] }
    return { aggregate: 'count', distinct: false, mention: rows, phrase }
  }
  const adds = mention.money || additive(mention, catalog)
  return adds ? { aggregate: 'sum', distinct: false, mention, phrase } : undefined
}

const sizes = ['size', 'area', 'weight', 'distance', 'duration', 'capacity'].map(stem)

/** A number that may be added up; prices and rates may not, sizes may. */
function additive({ candidates }: MentionItem, catalog: Catalog): boolean {
  const [best] = candidates
  if (best?.kind !== 'column' || best.column === undefined) return false
  const column = findTable(catalog, best.table)?.columns.find(({ name }) => name === best.column)
  const reference = { table: best.table, column: best.column }
  const words = identifierStems(best.column)
  const averaged = words.some((word) => averagedWords.has(word) && !sizes.includes(word))
  return column?.kind === 'number' && !isKeyLike(catalog, reference) && !averaged
}

/** "per season" groups by the season, "per room" divides by the number of rooms: a plural, an amount or a size. */
function tellsHowMany(mention: MentionItem, catalog: Catalog): boolean {
  const name = mention.candidates[0]?.column ?? ''
  const words = identifierStems(name)
  const numbered = ['number', 'num', 'no'].includes(words.at(-1) ?? '')
  const amount = words.some((word) => additiveWords.has(word) || sizes.includes(word))
  return additive(mention, catalog) && !numbered && (amount || /[^s]s$/i.test(name))
}

/** "who spends more per order": the rank stands before what it ranks. */
function rankFirst(items: readonly Item[]): readonly Item[] {
  const at = items.findIndex((item) => said(item) === 'per')
  const [named, rank] = items.slice(Math.max(at - 2, 0), at)
  if (named?.kind !== 'mention' || rank?.kind !== 'cue' || rank.cue.kind !== 'rank') return items
  return [...items.slice(0, at - 2), rank, named, ...items.slice(at)]
}

/** "A per B" where rows of B have no name to be listed by, or B is a number or a unit of one. */
function perUnit(items: readonly Item[], catalog: Catalog): readonly Item[] | undefined {
  const at = items.findIndex((item) => said(item) === 'per')
  const first = mentionAt(items, at - 1)
  if (!first) return undefined
  const [before] = items.slice(Math.max(at - 2, 0), at - 1)
  const aggregate =
    before?.kind === 'cue' && before.cue.kind === 'aggregate' ? before.cue.aggregate : undefined
  const counted = before?.kind === 'cue' && before.cue.kind === 'how_many'
  const unit = unitAfter(items, at + 1, first, catalog)
  const rows = unit ? undefined : namelessRows(items, at + 1, catalog)
  // "average passengers per flight": each flight has one number of them.
  const own = rows?.mention?.candidates[0]?.table === first.candidates[0]?.table
  if (rows && own && aggregate === 'avg') return [...items.slice(0, at), ...items.slice(at + 2)]
  // "total amount per visit" asks for the total of each, "average … per …" spreads a total over them.
  const averaged = aggregate === 'avg' && !first.money && additive(first, catalog)
  const total = (aggregate !== undefined && !averaged) || counted || /^total\b/i.test(first.phrase)
  if (!unit && (!rows || total)) return undefined
  const lower = unit?.measure ?? rows
  const upper = measureOf(first, counted || (!first.money && isRows(first)), catalog)
  if (!lower || !upper) return undefined
  const from = aggregate === 'avg' ? at - 2 : at - 1
  return paired(items, from, unit?.next ?? at + 2, upper, lower)
}

function namelessRows(
  items: readonly Item[],
  at: number,
  catalog: Catalog,
): DraftMeasure | undefined {
  const mention = mentionAt(items, at)
  const best = mention?.candidates.find(({ kind }) => kind === 'table')
  const table = best && findTable(catalog, best.table)
  if (!mention || !table || hasNames(table)) return undefined
  return measureOf(mention, true, catalog)
}

interface Unit {
  readonly measure: DraftMeasure
  readonly next: number
}

/** "square metre", "kg": the number measured in it, in a table that the question names or that a row above determines. */
function unitAfter(
  items: readonly Item[],
  at: number,
  first: MentionItem,
  catalog: Catalog,
): Unit | undefined {
  const mention = mentionAt(items, at)
  const number = mention && !mention.money && tellsHowMany(mention, catalog)
  if (mention && number) {
    return {
      measure: { aggregate: 'sum', distinct: false, mention, phrase: mention.phrase },
      next: at + 1,
    }
  }
  const words = measuredIn.get(said(items[at]))
  const column = words && columnIn(words.map(stem), items, first, catalog)
  if (!column) return undefined
  const long = /^(square|cubic)$/.test(said(items[at])) ? 2 : 1
  const span = spanOf(items, at, at + long)
  const candidates = [{ kind: 'column' as const, ...column, weight: 2 }]
  const meant: MentionItem = { kind: 'mention', ...span, candidates, money: false, verb: false }
  return {
    measure: { aggregate: 'sum', distinct: false, mention: meant, phrase: span.phrase },
    next: at + long,
  }
}

function columnIn(
  words: readonly string[],
  items: readonly Item[],
  first: MentionItem,
  catalog: Catalog,
) {
  const amount = first.money ? principalAmount(catalog, []) : undefined
  const tables = items.flatMap((item) =>
    item.kind === 'mention' ? item.candidates.map(({ table }) => table) : [],
  )
  const reached = [...(amount ? [amount.table] : []), ...tables].flatMap((table) => [
    ...parentsOf(catalog, table).keys(),
  ])
  const columns = [...new Set([...tables, ...reached])].flatMap((table) =>
    (findTable(catalog, table)?.columns ?? [])
      .filter(({ kind }) => kind === 'number')
      .map(({ name }) => ({ table, column: name })),
  )
  return columns.find(({ column }) => identifierStems(column).some((word) => words.includes(word)))
}

function paired(
  items: readonly Item[],
  from: number,
  to: number,
  first: DraftMeasure,
  second: DraftMeasure,
): readonly Item[] {
  const pair: Item = { kind: 'pair', ...spanOf(items, from, to), first, second, relation: 'ratio' }
  // "over all open hotels" says of which rows, not how to split them.
  const rest = items
    .slice(to)
    .filter((item, at, after) => !(said(item) === 'over' && said(after[at + 1]) === 'all'))
  return [...items.slice(0, from), pair, ...rest]
}
