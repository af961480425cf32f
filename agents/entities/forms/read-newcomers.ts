/** "revenue from new customers in 2025": those who came in that time. */
import { type Catalog, findTable } from '../../../data/catalog.js'
import type { Filter } from '../entities.js'
import type { Item } from '../items/item.js'
import { said } from '../items/item-words.js'
import { hasNames } from '../schema/schema-terms.js'
import { nearestDate } from '../settle/resolve-time.js'

export function readNewcomers(items: readonly Item[], catalog: Catalog): readonly Item[] {
  const at = items.findIndex((item) => /^(new|newly)$/.test(said(item)))
  const named = items[at + 1]
  const word = items[at]
  const periods = items.filter((item) => item.kind === 'period')
  const [time] = periods
  if (!word || named?.kind !== 'mention' || time?.kind !== 'period' || periods.length > 1)
    return items
  const table = findTable(catalog, named.candidates[0]?.table ?? '')
  const column = table && nearestDate(catalog, table.name)
  if (!table || !hasNames(table) || named.candidates[0]?.kind !== 'table') return items
  // Where nothing else happened, the period is theirs as it is.
  if (column?.table !== table.name || !isAboutMore(items, table.name)) return items
  const { start, end } = time.period
  const { phrase, from, to } = word
  const filters: readonly Filter[] = [
    { column, comparator: '>=', values: [start], phrase },
    { column, comparator: '<', values: [end], phrase },
  ]
  return [
    ...items.slice(0, at),
    { kind: 'filters', phrase, from, to, filters },
    ...items.slice(at + 1),
  ]
}

function isAboutMore(items: readonly Item[], table: string): boolean {
  return items.some(
    (item) =>
      item.kind === 'mention' &&
      (item.money || item.verb || item.candidates.every((candidate) => candidate.table !== table)),
  )
}
