/** A measure as part of the whole, or against the period before. */
import type { Catalog } from '../../../data/catalog.js'
import type { Entities, Measure } from '../../entities/entities.js'
import type { Conditions } from './conditions.js'
import { dimensionItem, dimensionSql, filterSql, measureAlias, measureSql } from './expressions.js'
import type { SelectParts } from './select-parts.js'

/** Per group: percent of all groups together. Without groups: percent of the rows that the filters choose. */
export function shareOfWhole(
  entities: Entities,
  catalog: Catalog,
  grouped: SelectParts,
  conditions: Conditions,
): SelectParts {
  const [measure] = entities.measures
  if (!measure) return grouped
  const total = measureSql(catalog, measure)
  if (measure.costs) return marginOf(measure, catalog, grouped, entities)
  const filter = conditions.chosen.join(' and ')
  const overTime = entities.dimensions.length === 1 && entities.dimensions[0]?.grain !== undefined
  if (entities.dimensions.length > 0 && !(overTime && filter !== '')) {
    const shown = entities.dimensions.map((dimension) => dimensionItem(catalog, dimension))
    const share = `100.0 * ${total} / sum(${total}) over () as share_percent`
    return { ...grouped, items: [...shown, share] }
  }
  if (filter === '') return grouped
  const part = measureSql(catalog, measure, { filter })
  return {
    ...grouped,
    items: [
      ...entities.dimensions.map((dimension) => dimensionItem(catalog, dimension)),
      `100.0 * ${part} / ${total} as share_percent`,
    ],
    where: conditions.timed,
  }
}

/** Profit in percent of the amounts it is part of. */
function marginOf(
  measure: Measure,
  catalog: Catalog,
  grouped: SelectParts,
  { dimensions }: Entities,
): SelectParts {
  const amount = measureSql(catalog, { ...measure, costs: undefined })
  const margin = `100.0 * ${measureSql(catalog, measure)} / ${amount} as margin_percent`
  const shown = dimensions.map((dimension) => dimensionItem(catalog, dimension))
  return { ...grouped, items: [...shown, margin] }
}

/** "Difference between North and South": the first value's total less the second's. Undefined without two values. */
export function differenceOfValues(
  entities: Entities,
  catalog: Catalog,
  grouped: SelectParts,
): SelectParts | undefined {
  const [measure] = entities.measures
  const pair = entities.filters.find((f) => f.comparator === '=' && f.values.length === 2)
  if (!measure || !pair || entities.dimensions.length > 0) return undefined
  const [first, second] = pair.values.map((value) =>
    measureSql(catalog, measure, { filter: filterSql(catalog, { ...pair, values: [value] }) }),
  )
  return { ...grouped, items: [`${first} - ${second} as difference`] }
}

/** Each bucket of time beside its change from the one before, in percent. */
export function growthOverTime(
  entities: Entities,
  catalog: Catalog,
  grouped: SelectParts,
): SelectParts {
  const [measure] = entities.measures
  const time = entities.dimensions.find((dimension) => dimension.grain)
  if (!measure || !time) return grouped
  const total = measureSql(catalog, measure)
  const bucket = dimensionSql(catalog, time)
  const before = `lag(${total}) over (order by ${bucket})`
  return {
    ...grouped,
    items: [
      dimensionItem(catalog, time),
      `${total} as ${measureAlias(measure, catalog.dialect)}`,
      `100.0 * (${total} - ${before}) / ${before} as growth_percent`,
    ],
    orderBy: [bucket],
  }
}

/** Each bucket of time with the total up to and including it. */
export function runningTotal(
  entities: Entities,
  catalog: Catalog,
  grouped: SelectParts,
): SelectParts {
  const [measure] = entities.measures
  const time = entities.dimensions.find((dimension) => dimension.grain)
  if (!measure || !time) return grouped
  const bucket = dimensionSql(catalog, time)
  const total = measureSql(catalog, measure)
  return {
    ...grouped,
    items: [
      dimensionItem(catalog, time),
      `sum(${total}) over (order by ${bucket}) as running_total`,
    ],
    orderBy: [bucket],
  }
}
