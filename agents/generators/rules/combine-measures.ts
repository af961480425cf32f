/** Two measures that become one number: a ratio, a difference, a sum. */
import type { Catalog } from '../../../data/catalog.js'
import type { Entities, Relation } from '../../entities/entities.js'
import { dimensionItem, dimensionSql, measureSql } from './expressions.js'
import type { SelectParts } from './select-parts.js'

interface Combination {
  readonly alias: string
  readonly of: (first: string, second: string) => string
}

/** A group that has none of one kind has 0 of it, and nothing is divided by 0. */
export const combinations: Readonly<Partial<Record<Relation, Combination>>> = {
  ratio: {
    alias: 'ratio',
    of: (first, second) => `coalesce(${first}, 0) * 1.0 / nullif(${second}, 0)`,
  },
  difference: {
    alias: 'difference',
    of: (first, second) => `coalesce(${first}, 0) - coalesce(${second}, 0)`,
  },
  sum: { alias: 'total', of: (first, second) => `coalesce(${first}, 0) + coalesce(${second}, 0)` },
}

/** For measures of one table; undefined where nothing is combined. */
export function combineMeasures(
  entities: Entities,
  catalog: Catalog,
  grouped: SelectParts,
): SelectParts | undefined {
  const [first, second] = entities.measures
  const combination = entities.relation && combinations[entities.relation]
  if (!combination || !first || !second) return undefined
  const { alias } = combination
  const value = combination.of(measureSql(catalog, first), measureSql(catalog, second))
  const { dimensions, order } = entities
  const names = dimensions.map((dimension) => dimensionSql(catalog, dimension))
  return {
    ...grouped,
    items: [
      ...dimensions.map((dimension) => dimensionItem(catalog, dimension)),
      `${value} as ${alias}`,
    ],
    orderBy:
      order?.by === 'measure' && names.length > 0
        ? [`${alias} ${order.direction}`, ...names]
        : grouped.orderBy,
  }
}
