/** "running on 10 December", "valid in March": rows that hold at a time, from one of their dates to another. */
import type { Catalog } from '../../../data/catalog.js'
import type { Filter, Period } from '../entities.js'
import type { Item } from '../items/item.js'
import { said } from '../items/item-words.js'
import { unitAround } from '../words/calendar.js'
import { type DateRange, rangeInQuestion } from './date-ranges.js'

const holding =
  /^(running|valid|ongoing|live|active|applied|applying|applicable|effective|employed|in effect|in force|under way)$/

export function readRanges(
  items: readonly Item[],
  catalog: Catalog,
  asOf: string,
): readonly Item[] {
  const periods = items.filter((item) => item.kind === 'period')
  const range = periods.length > 1 ? undefined : rangeInQuestion(items, catalog)
  const words = range ? holdingWords(items, range) : []
  const [word] = words
  const [only] = periods
  if (!range || !word || (!only && !isPresent(items, word))) return items
  const period = only?.kind === 'period' ? only.period : unitAround(asOf, 'day')
  if (!isBounded(period)) return items
  const { from, to, phrase } = only ?? word
  const held: Item = {
    kind: 'filters',
    from,
    to,
    phrase,
    filters: filtersFor(range, period, phrase),
  }
  const place = only ?? word
  return items.flatMap((item) => {
    if (item === place) return [held]
    return words.includes(item) ? [] : [item]
  })
}

/** "are valid", "currently running": said of today. */
function isPresent(items: readonly Item[], word: Item): boolean {
  const before = items[items.indexOf(word) - 1]
  const now = /^(now|currently|today|current|at the moment)$/
  return (
    said(word) !== 'open' &&
    (/^(is|are|still)$/.test(said(before)) || items.some((item) => now.test(said(item))))
  )
}

/** A stored value ("active stores") is a value; "open" holds only when it says how things were. */
function holdingWords(items: readonly Item[], { withLast, start }: DateRange): readonly Item[] {
  const at = items.findIndex((item, index) => {
    if (isStored(item, start.table)) return false
    const was = /^(is|are|was|were|still)$/.test(said(items[index - 1]))
    const there = withLast && said(item) === 'there' && was
    return (
      holding.test(said(item)) ||
      (said(item) === 'open' && (was || isOnDay(items[index + 1]))) ||
      there
    )
  })
  if (at !== -1) return items.slice(at, at + 1)
  const two = items.findIndex((item, index) =>
    holding.test(`${said(item)} ${said(items[index + 1])}`),
  )
  return two === -1 ? [] : items.slice(two, two + 2)
}

/** A value of the very table that holds for a time: "active" stores, but not "active" promotions. */
function isStored(item: Item, table: string): boolean {
  const links = item.kind === 'value' ? item.links : item.kind === 'mention' ? item.values : []
  return (links ?? []).some(({ column }) => column.table === table)
}

/** "open on 1 May" is how things were that day. */
function isOnDay(item: Item | undefined): boolean {
  return item?.kind === 'period' && /^(on|at|as of)\b/i.test(item.phrase)
}

/** "since 2020" has no end: what began since then is meant. */
function isBounded({ start, end }: Period): boolean {
  return start > '1000-01-01' && end < '9000-01-01'
}

function filtersFor(range: DateRange, { start, end }: Period, phrase: string): readonly Filter[] {
  return [
    { column: range.start, comparator: '<', values: [end], phrase },
    {
      column: range.end,
      comparator: range.withLast ? '>=' : '>',
      values: [start],
      orMissing: range.openEnded,
      phrase,
    },
  ]
}
