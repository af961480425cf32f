/** "days between a sale and its return", "lasted longer than 14 days", "how long did it last": days between two dates. */
import { type Catalog, type ColumnReference, findTable } from '../../../data/catalog.js'
import { stem } from '../../../rag/words.js'
import type { Item, MentionItem } from '../items/item.js'
import { mentionAt, pastDeterminers, said, spanOf } from '../items/item-words.js'
import { columnsNamed, computedCandidates, type WeightedColumn } from '../schema/computed-column.js'
import { identifierStems } from '../schema/schema-terms.js'
import { nearestDate } from '../settle/resolve-time.js'
import { type DateRange, rangeInQuestion } from './date-ranges.js'
import { having } from './read-arithmetic.js'

export function readDurations(read: readonly Item[], catalog: Catalog): readonly Item[] {
  const items = read.map((item, at) => oneUnit(read, item, at))
  return (
    betweenDates(items, catalog) ?? afterDate(items, catalog) ?? lasting(items, catalog) ?? items
  )
}

/** "longer than a week". */
function oneUnit(items: readonly Item[], item: Item, at: number): Item {
  const before = items[at - 1]
  const bounds = before !== undefined && isBound(before) && daysIn.get(said(items[at + 1]))
  return bounds && /^(a|an)$/.test(said(item)) ? { ...item, kind: 'number', number: 1 } : item
}

const spanOfTime = /^(days?|time|long|how long|duration|gap)$/

/** Words that only say that time goes by. */
const passing =
  /^(pass|passes|passed|passing|lie|lies|are|is|does|did|do|it|take|takes|took|there|elapse|elapses|elapsed|go|goes|by|usually|gone)$/

function betweenDates(items: readonly Item[], catalog: Catalog): readonly Item[] | undefined {
  const opens = items.findIndex((item) => spanOfTime.test(said(item)))
  const at = items.findIndex((item, index) => index > opens && /^(between|from)$/.test(said(item)))
  if (opens === -1 || at === -1) return undefined
  const from = pastDeterminers(items, at + 1)
  const to = pastDeterminers(items, from + 2)
  const [first, second] = [mentionAt(items, from), mentionAt(items, to)]
  if (!first || !second || !/^(and|to|until)$/.test(said(items[from + 1]))) return undefined
  const between = items.slice(opens + 1, at)
  if (!between.every((item) => passing.test(said(item)) || isAverage(item))) return undefined
  const [left, right] = [first, second].map((mention) => datesOf(mention, catalog))
  const candidates = computedCandidates(catalog, 'days', left ?? [], right ?? [])
  if (candidates.length === 0) return undefined
  const phrase = `days from ${first.phrase} to ${second.phrase}`
  const mention = daysMention(items, opens, to + 1, phrase, candidates)
  const asks = /^(how many|number of|count of)$/.test(said(items[opens - 1])) ? 1 : 0
  const extreme = extremes.get(said(items[opens - asks - 1]))
  const before = items.slice(0, opens - asks - (extreme ? 1 : 0))
  const after = items.slice(to + 1)
  const averages = [...between, ...after].filter(isAverage).slice(0, 1)
  const figures = extreme ? [aggregateCue(extreme, mention)] : averages
  return [...before, ...figures, mention, ...after.filter((item) => !averages.includes(item))]
}

const extremes: ReadonlyMap<string, 'max' | 'min'> = new Map([
  ['longest', 'max'],
  ['maximum', 'max'],
  ['shortest', 'min'],
  ['minimum', 'min'],
])

function aggregateCue(aggregate: 'max' | 'min', { from }: Item): Item {
  return { kind: 'cue', cue: { kind: 'aggregate', aggregate }, phrase: aggregate, from, to: from }
}

function isAverage(item: Item): boolean {
  return item.kind === 'cue' && item.cue.kind === 'aggregate' && item.cue.aggregate === 'avg'
}

/** "returns more than 30 days after the sale". */
function afterDate(items: readonly Item[], catalog: Catalog): readonly Item[] | undefined {
  const at = items.findIndex(
    (item, index) =>
      /^(after|before|later than)$/.test(said(item)) && items[index - 2]?.kind === 'number',
  )
  const [sign, number, unit] = items.slice(Math.max(at - 3, 0), at)
  const days = daysIn.get(said(unit))
  const next = pastDeterminers(items, at + 1)
  const second = mentionAt(items, next)
  const first = items
    .slice(0, at - 3)
    .findLast((item) => item.kind === 'mention' && datesOf(item, catalog).length > 0)
  if (at === -1 || !sign || !isBound(sign) || number?.kind !== 'number' || !days || !second)
    return undefined
  if (first?.kind !== 'mention') return undefined
  const order = said(items[at]) === 'before' ? [first, second] : [second, first]
  const [left, right] = order.map((mention) => datesOf(mention, catalog))
  const candidates = computedCandidates(catalog, 'days', left ?? [], right ?? [])
  if (candidates.length === 0) return undefined
  const phrase = `days from ${order[0]?.phrase} to ${order[1]?.phrase}`
  const length = daysMention(items, at - 3, next + 1, phrase, candidates)
  const bound: Item = { ...number, number: number.number * days }
  return [...items.slice(0, at - 3), having(length), length, sign, bound, ...items.slice(next + 1)]
}

/** A date by its own name, or the date of a row of the table named. */
function datesOf({ candidates }: MentionItem, catalog: Catalog): readonly WeightedColumn[] {
  const named = columnsNamed(catalog, candidates, (kind) => kind === 'date' || kind === 'timestamp')
  const ofRows = candidates.flatMap(({ kind, table, weight }) => {
    const date = kind === 'table' ? nearestDate(catalog, table) : undefined
    return date && date.table === table ? [{ ...date, weight }] : []
  })
  return [...named, ...ofRows]
}

function daysMention(
  items: readonly Item[],
  from: number,
  to: number,
  phrase: string,
  candidates: MentionItem['candidates'],
): MentionItem {
  const span = spanOf(items, from, to)
  return { kind: 'mention', ...span, phrase, candidates, money: false, verb: false }
}

const lasts = /^(last|lasts|lasted|lasting|ran|run|runs|long|take|takes|took|valid)$/
const daysIn: ReadonlyMap<string, number> = new Map([
  ['day', 1],
  ['days', 1],
  ['week', 7],
  ['weeks', 7],
])

/** How long rows hold that have a first and a last day. */
function lasting(items: readonly Item[], catalog: Catalog): readonly Item[] | undefined {
  const range = rangeInQuestion(items, catalog)
  if (!range || tellsLength(catalog, range.start.table)) return undefined
  return askedLength(items, range) ?? boundLength(items, range) ?? rankedLength(items, range)
}

const lengthWords = 'length duration days minutes hours'.split(' ').map(stem)

function tellsLength(catalog: Catalog, table: string): boolean {
  return (findTable(catalog, table)?.columns ?? []).some(
    ({ kind, name }) =>
      kind === 'number' && identifierStems(name).some((word) => lengthWords.includes(word)),
  )
}

/** "how long …", "how many days … last". */
function asksLength(items: readonly Item[], item: Item, at: number): boolean {
  if (/^(how long|duration|durations)$/.test(said(item))) return true
  const lasting = items.slice(at + 1).some((later) => lasts.test(said(later)))
  return said(item) === 'how many' && /^days?$/.test(said(items[at + 1])) && lasting
}

/** "how long did X last", "average duration of X". */
function askedLength(items: readonly Item[], range: DateRange): readonly Item[] | undefined {
  const at = items.findIndex((item, index) => asksLength(items, item, index))
  if (at === -1) return undefined
  const length = rangeMention(items, at, range)
  const averages = items.filter(isAverage).slice(0, 1)
  const rest = items.filter(
    (item, index) =>
      index !== at && !averages.includes(item) && !(index > at && lasts.test(said(item))),
  )
  const shown: Item = { ...having(length), cue: { kind: 'list' }, phrase: 'show', kind: 'cue' }
  return averages.length > 0 ? [...averages, length, ...rest] : [shown, length, ...rest]
}

/** "lasted longer than 14 days", "at least two weeks long", "between 10 and 20 days". */
function boundLength(items: readonly Item[], range: DateRange): readonly Item[] | undefined {
  const at = items.findIndex((item, index) => isBound(item) && items[index + 1]?.kind === 'number')
  if (at === -1) return undefined
  const next = items[at + 3]?.kind === 'number' && said(items[at]) === 'between' ? at + 4 : at + 2
  const days = daysIn.get(said(items[next]))
  if (!days) return undefined
  const about = [items[at - 1], items[next + 1]].filter((item) => lasts.test(said(item)))
  const longer = /^(longer|shorter) than$/.test(said(items[at]))
  if (about.length === 0 && !longer) return undefined
  const length = rangeMention(items, at, range)
  const bound = items
    .slice(at, next)
    .map((item) => (item.kind === 'number' ? { ...item, number: item.number * days } : item))
  const rest = (part: readonly Item[]) => part.filter((item) => !about.includes(item))
  return [
    ...rest(items.slice(0, at)),
    having(length),
    length,
    ...bound,
    ...rest(items.slice(next + 1)),
  ]
}

function isBound(item: Item): boolean {
  return item.kind === 'cue' && ['comparator', 'between'].includes(item.cue.kind)
}

/** "the longest promotions". */
function rankedLength(items: readonly Item[], range: DateRange): readonly Item[] | undefined {
  const at = items.findIndex((item) => /^(longest|shortest)$/.test(said(item)))
  const named = items.findIndex((item, index) => index > at && item.kind === 'mention')
  if (at === -1 || named === -1) return undefined
  const length = rangeMention(items, named, range)
  return [...items.slice(0, named + 1), length, ...items.slice(named + 1)]
}

function rangeMention(
  items: readonly Item[],
  at: number,
  { start, end, withLast }: DateRange,
): MentionItem {
  const weighted = ({ table, column }: ColumnReference) => ({ table, column })
  const computed = {
    ...weighted(start),
    operator: withLast ? ('days_with_last' as const) : ('days' as const),
    left: start,
    right: end,
  }
  const candidates = [{ kind: 'column' as const, ...weighted(start), weight: 2, computed }]
  return daysMention(items, at, at + 1, 'duration', candidates)
}
