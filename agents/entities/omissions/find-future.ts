/** "What will sales be in 2027?": data tells what was. */
import { type Catalog, findColumn } from '../../../data/catalog.js'
import type { Entities } from '../entities.js'
import type { Item } from '../items/item.js'
import { said } from '../items/item-words.js'

export function findFuture(
  items: readonly Item[],
  { periods, timeColumn }: Entities,
  catalog: Catalog,
): readonly string[] {
  const asksAhead = items.some((item) => said(item) === 'will')
  const column = timeColumn && findColumn(catalog, timeColumn)
  const newest = column?.rangeIsSampled ? undefined : column?.max?.slice(0, 10)
  const ahead = newest === undefined ? undefined : periods.find(({ start }) => start > newest)
  return asksAhead && ahead
    ? [`This data ends on ${newest}; it does not tell what will be in ${ahead.label}.`]
    : []
}
