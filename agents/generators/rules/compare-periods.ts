/** Periods side by side: one row each, or one column each when something else is on the rows. */
import type { Catalog, ColumnReference } from '../../../data/catalog.js'
import { quoteIdentifier } from '../../../data/join-free/quote-identifier.js'
import type { Dimension, Entities, Grain, Measure, Period } from '../../entities/entities.js'
import { daysBetween } from '../../entities/words/calendar.js'
import type { Conditions } from './conditions.js'
import { dimensionItem, dimensionSql, groupSql, measureSql, periodSql } from './expressions.js'
import type { SelectParts } from './select-parts.js'

export function comparePeriods(
  entities: Entities,
  catalog: Catalog,
  grouped: SelectParts,
  conditions: Conditions,
): SelectParts {
  const [measure] = entities.measures
  const { timeColumn, dimensions } = entities
  if (!measure || !timeColumn) return grouped
  if (entities.presentation === 'growth' || entities.presentation === 'difference') {
    return changeBetween(entities, catalog, grouped, measure, timeColumn)
  }
  if (entities.presentation === 'more' || entities.presentation === 'less') {
    return keepChanged(entities, catalog, grouped, measure, timeColumn)
  }
  if (dimensions.length > 0 && !isPeriodGrain(entities)) {
    return sideBySide(entities, catalog, grouped, conditions, measure, timeColumn)
  }
  return onePerRow(entities, catalog, grouped, timeColumn)
}

/** "Compare 2023 and 2024 by year" groups by the periods themselves. */
function isPeriodGrain({ dimensions, periods }: Entities): boolean {
  const grain = commonGrain(periods)
  return (
    dimensions.length === 1 && dimensions[0]?.grain !== undefined && dimensions[0].grain === grain
  )
}

function onePerRow(
  entities: Entities,
  catalog: Catalog,
  grouped: SelectParts,
  column: ColumnReference,
): SelectParts {
  if (entities.dimensions.length > 0) return grouped
  const grain = commonGrain(entities.periods)
  const dimension: Dimension | undefined = grain && { column, grain, phrase: grain }
  const shown = dimension
    ? dimensionItem(catalog, dimension)
    : `${periodCase(entities, catalog, column)} as period`
  const group = dimension ? dimensionSql(catalog, dimension) : periodCase(entities, catalog, column)
  return { ...grouped, items: [shown, ...grouped.items], groupBy: [group], orderBy: [group] }
}

/** Months of different years line up by calendar month. */
function sideBySide(
  entities: Entities,
  catalog: Catalog,
  grouped: SelectParts,
  conditions: Conditions,
  measure: Measure,
  column: ColumnReference,
): SelectParts {
  const dimensions = entities.dimensions.map((dimension) =>
    dimension.grain === 'month' ? { ...dimension, grain: 'month_of_year' as const } : dimension,
  )
  const columns = entities.periods.map((period) => {
    const filter = periodSql(catalog, column, period)
    return `${measureSql(catalog, measure, { filter })} as ${periodAlias(measure, period, catalog)}`
  })
  return {
    ...grouped,
    items: [...dimensions.map((dimension) => dimensionItem(catalog, dimension)), ...columns],
    where: [...conditions.chosen, ...conditions.timed],
    groupBy: dimensions.flatMap((dimension) => groupSql(catalog, dimension)),
    orderBy: dimensions.map((dimension) => dimensionSql(catalog, dimension)),
  }
}

/** `sales_2023`, `revenue_march_2024`. */
function periodAlias({ phrase }: Measure, { label }: Period, catalog: Catalog): string {
  const words = `${phrase} ${label}`.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? ['value']
  return quoteIdentifier(words.join('_'), catalog.dialect)
}

/** Groups with more (or less) in the period named first. */
function keepChanged(
  entities: Entities,
  catalog: Catalog,
  grouped: SelectParts,
  measure: Measure,
  column: ColumnReference,
): SelectParts {
  const totals = entities.periods.map((period) =>
    measureSql(catalog, measure, { filter: periodSql(catalog, column, period) }),
  )
  const sign = entities.presentation === 'more' ? '>' : '<'
  const items = entities.dimensions.map((dimension) => dimensionItem(catalog, dimension))
  const names = entities.dimensions.map((dimension) => dimensionSql(catalog, dimension))
  return { ...grouped, items, having: [`${totals[0]} ${sign} ${totals[1]}`], orderBy: names }
}

/** The later period against the earlier: in percent of it, or as a plain difference. */
function changeBetween(
  entities: Entities,
  catalog: Catalog,
  grouped: SelectParts,
  measure: Measure,
  column: ColumnReference,
): SelectParts {
  const inPeriod = (period: Period | undefined) =>
    measureSql(catalog, measure, {
      filter: period ? periodSql(catalog, column, period) : 'true',
    })
  const sorted = [...entities.periods].sort((a, b) => a.start.localeCompare(b.start))
  const before = inPeriod(sorted[0])
  const after = inPeriod(sorted.at(-1))
  const alias = entities.presentation === 'growth' ? 'growth_percent' : 'difference'
  const change =
    entities.presentation === 'growth'
      ? `100.0 * (${after} - ${before}) / ${before}`
      : `${after} - ${before}`
  const shown = entities.dimensions.map((dimension) => dimensionItem(catalog, dimension))
  const direction = entities.order?.direction ?? 'desc'
  const ordered = entities.dimensions.length > 0 ? [`${alias} ${direction}`] : []
  return { ...grouped, items: [...shown, `${change} as ${alias}`], orderBy: ordered }
}

/** The calendar unit all periods are one of, if they are. */
function commonGrain(periods: readonly Period[]): Grain | undefined {
  const grains = new Set(periods.map(grainOf))
  const [grain] = grains
  return grains.size === 1 ? grain : undefined
}

function grainOf({ start, end }: Period): Grain | undefined {
  const days = daysBetween(start, end)
  if (days >= 365 && days <= 366 && start.endsWith('-01-01')) return 'year'
  if (days >= 90 && days <= 92 && start.endsWith('-01')) return 'quarter'
  if (days >= 28 && days <= 31 && start.endsWith('-01')) return 'month'
  return undefined
}

function periodCase({ periods }: Entities, catalog: Catalog, column: ColumnReference): string {
  const cases = periods.map(
    (period) =>
      `when ${periodSql(catalog, column, period)} then '${period.label.replaceAll("'", "''")}'`,
  )
  return `case ${cases.join(' ')} end`
}
