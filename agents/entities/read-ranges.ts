/** "running on 10 December", "valid in March": rows that hold at a time, from one of their dates to another. */
import type { Catalog } from '../../data/catalog.js'
import { type DateRange, rangeInQuestion } from './date-ranges.js'
import type { Filter, Period } from './entities.js'
import type { Item } from './item.js'
import { said } from './item-words.js'

const holding =
  /^(running|valid|ongoing|live|active|applied|applying|applicable|effective|employed|in effect|in force|under way)$/

export function readRanges(items: readonly Item[], catalog: Catalog): readonly Item[] {
  const periods = items.filter((item) => item.kind === 'period')
  const [only] = periods
  const range = rangeInQuestion(items, catalog)
  if (only?.kind !== 'period' || periods.length > 1 || !range || !isBounded(only.period))
    return items
  const words = holdingWords(items, range)
  if (words.length === 0) return items
  const { from, to, phrase } = only
  const filters = filtersFor(range, only.period, phrase)
  const held: Item = { kind: 'filters', from, to, phrase, filters }
  return items.filter((item) => !words.includes(item)).map((item) => (item === only ? held : item))
}

/** A stored value ("active stores") is a value; "open" holds only when it says how things were. */
function holdingWords(items: readonly Item[], { withLast }: DateRange): readonly Item[] {
  const at = items.findIndex((item, index) => {
    if (item.kind === 'value' || (item.kind === 'mention' && item.values)) return false
    const was = /^(is|are|was|were|still)$/.test(said(items[index - 1]))
    const there = withLast && said(item) === 'there' && was
    return holding.test(said(item)) || (said(item) === 'open' && was) || there
  })
  if (at !== -1) return items.slice(at, at + 1)
  const two = items.findIndex((item, index) =>
    holding.test(`${said(item)} ${said(items[index + 1])}`),
  )
  return two === -1 ? [] : items.slice(two, two + 2)
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
