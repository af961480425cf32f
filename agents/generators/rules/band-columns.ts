/** Kinds of rows side by side: the measure of each in a column of its own. */
import type { Catalog } from '../../../data/catalog.js'
import { quoteIdentifier } from '../../../data/join-free/quote-identifier.js'
import { parentsOf } from '../../../data/relationship-graph.js'
import type { Entities } from '../../entities/entities.js'
import { dimensionItem, dimensionSql, filterSql, measureSql } from './expressions.js'
import type { SelectParts } from './select-parts.js'

/** Undefined where nothing is told side by side. */
export function bandColumns(
  { bands = [], measures, dimensions, order }: Entities,
  catalog: Catalog,
  grouped: SelectParts,
  repeats: boolean,
): SelectParts | undefined {
  const [measure] = measures
  if (bands.length === 0 || !measure) return undefined
  const columns = bands.map(({ label, filters }) => {
    const filter = filters.map((each) => filterSql(catalog, each)).join(' and ')
    const name = label.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '_')
    return `${measureSql(catalog, measure, { repeats, filter })} as ${quoteIdentifier(name, catalog.dialect)}`
  })
  const names = dimensions.map((dimension) => dimensionSql(catalog, dimension))
  return {
    ...grouped,
    items: [...dimensions.map((dimension) => dimensionItem(catalog, dimension)), ...columns],
    orderBy: order?.by === 'measure' ? names : grouped.orderBy,
  }
}

/** Tables whose values cannot be read off a measured row. */
export function bandsOutOfReach(
  { bands = [] }: Entities,
  catalog: Catalog,
  base: string,
): readonly string[] {
  const parents = parentsOf(catalog, base)
  return bands
    .flatMap(({ filters }) => filters.map(({ column }) => column.table))
    .filter((table) => !parents.has(table))
}
