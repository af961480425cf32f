/** Words that add nothing where they stand: "a monthly target above 500" where targets are by month, "at least once". */
import { type Catalog, findTable } from '../../../data/catalog.js'
import type { Item } from './item.js'
import { said } from './item-words.js'

const units: ReadonlyMap<string, RegExp> = new Map([
  ['daily', /da(y|ily|te)/i],
  ['weekly', /week/i],
  ['monthly', /month/i],
  ['quarterly', /quarter/i],
  ['yearly', /year/i],
  ['annual', /year|annual/i],
])

export function dropAdverbs(items: readonly Item[], catalog: Catalog): readonly Item[] {
  return items.filter(
    (item, at) =>
      !isOnce(items, at) &&
      !isListedEach(items, at) &&
      !isCosting(items, at) &&
      !(item.kind === 'grain' && isKeptSo(items, at, catalog)),
  )
}

function isOnce(items: readonly Item[], at: number): boolean {
  const opens = said(items[at]) === 'at least' ? at : at - 1
  return said(items[opens]) === 'at least' && said(items[opens + 1]) === 'once'
}

/** "show every category" lists them all; with a figure beside it, it is told for each. */
function isListedEach(items: readonly Item[], at: number): boolean {
  const before = items[at - 1]
  const lists = before?.kind === 'cue' && before.cue.kind === 'list'
  const alone = items.filter(({ kind }) => kind === 'mention').length === 1
  return lists && alone && /^(each|every)$/.test(said(items[at]))
}

/** "what costs us the most refund money" names no cost. */
function isCosting(items: readonly Item[], at: number): boolean {
  return /^costs?$/.test(said(items[at])) && /^(us|me|you|them)$/.test(said(items[at + 1]))
}

/** A bounded amount of a table that has a row for each such unit of time. */
function isKeptSo(items: readonly Item[], at: number, catalog: Catalog): boolean {
  const unit = units.get(said(items[at]))
  const [named, bound, number] = items.slice(at + 1, at + 4)
  const bounded =
    bound?.kind === 'cue' && bound.cue.kind === 'comparator' && number?.kind === 'number'
  if (!unit || named?.kind !== 'mention' || !bounded) return false
  return named.candidates.some(({ table }) => {
    const columns = findTable(catalog, table)?.columns ?? []
    const dates = columns.filter(({ kind }) => kind === 'date' || kind === 'timestamp')
    return unit.test(table) || dates.some(({ name }) => unit.test(name))
  })
}
