/** Turns entities into one join-free SELECT; says in words when they ask for something it cannot express. */
import { type Catalog, findColumn, findTable } from '../../../data/catalog.js'
import { quoteIdentifier } from '../../../data/join-free/quote-identifier.js'
import { oneToOneWith, parentsOf } from '../../../data/relationship-graph.js'
import { dateWords, withColumn } from '../../../models/grammar/date-words.js'
import type { Dimension, Entities, Having, Measure } from '../../entities/entities.js'
import { displayColumn } from '../../entities/schema/schema-terms.js'
import { bandColumns, bandsOutOfReach } from './band-columns.js'
import { combineMeasures } from './combine-measures.js'
import { comparePeriods } from './compare-periods.js'
import { boundsOnDetails, type Conditions, conditionsOf } from './conditions.js'
import { countInEvents } from './count-in-events.js'
import { drillAcross } from './drill-across.js'
import {
  columnSql,
  dimensionItem,
  dimensionSql,
  groupSql,
  listedItem,
  measureAlias,
  measureSql,
} from './expressions.js'
import { differenceOfValues, growthOverTime, runningTotal, shareOfWhole } from './presentations.js'
import { rankWithin } from './rank-within.js'
import { type SelectParts, selectSql } from './select-parts.js'

export type BuiltQuery =
  | { readonly ok: true; readonly joinFree: string }
  | { readonly ok: false; readonly reason: string }

export function buildQuery(read: Entities, catalog: Catalog): BuiltQuery {
  const entities = countInEvents(read, catalog)
  const { base } = entities
  if (base === undefined) return refuse('The question names no table or column of this data.')
  const [omission] = entities.omissions ?? []
  if (omission !== undefined) return refuse(omission)
  if (entities.timeless || (entities.periods.length > 0 && !entities.timeColumn)) {
    return refuse('The question asks about a time, but this data has no date to apply it to.')
  }
  if (entities.having.some(({ mean }) => mean) && entities.dimensions.length === 0) {
    return refuse('It is not clear which groups are held against their average.')
  }
  const across = drillAcross(entities, catalog)
  if (across) return 'sql' in across ? { ok: true, joinFree: across.sql } : refuse(across.reason)
  const repeated = repeatingDimension(entities, catalog, base)
  if (
    repeated &&
    entities.measures.some((measure) => measure.column && measure.aggregate !== 'count')
  ) {
    return refuse(
      `Rows of ${base} repeat for each ${repeated.phrase}, so adding them up would count them twice.`,
    )
  }
  const conditions = conditionsOf(catalog, entities, base)
  const [stray] = [...conditions.unplaced, ...bandsOutOfReach(entities, catalog, base)]
  if (stray !== undefined) return refuse(`Nothing links ${base} to ${stray}.`)
  const apart = listedApart(entities, catalog, base)
  if (apart !== undefined) return refuse(`A row of ${base} does not belong to one row of ${apart}.`)
  const joinFree = writeSelect(entities, catalog, base, conditions, repeated !== undefined)
  return { ok: true, joinFree }
}

function refuse(reason: string): BuiltQuery {
  return { ok: false, reason }
}

/** A table whose columns are to be shown though no row of the others tells which row of it. */
function listedApart(entities: Entities, catalog: Catalog, base: string): string | undefined {
  const tables = [...new Set([base, ...entities.listed.map(({ table }) => table)])]
  const strays = tables.map((from) => {
    const reached = oneToOneWith(catalog, from)
    return tables.find((table) => !reached.has(table))
  })
  if (strays.some((stray) => stray === undefined)) return undefined
  return linksOf(tables, catalog).length === 1 ? undefined : strays[0]
}

/** Tables whose rows tie one row of each: those of who repaired what. */
function linksOf(tables: readonly string[], { relationships, tables: all }: Catalog) {
  return all.filter(({ name }) =>
    tables.every((table) =>
      relationships.some(({ from, to }) => from.table === name && to.table === table),
    ),
  )
}

/** A dimension that one row of the base has several of. */
function repeatingDimension(
  entities: Entities,
  catalog: Catalog,
  base: string,
): Dimension | undefined {
  const parents = parentsOf(catalog, base)
  return entities.dimensions.find((dimension) => !parents.has(dimension.column.table))
}

function writeSelect(
  entities: Entities,
  catalog: Catalog,
  base: string,
  conditions: Conditions,
  repeats: boolean,
): string {
  if (entities.listed.length > 0) return listing(entities, catalog, base, conditions)
  const grouped = groupedParts(entities, catalog, base, conditions, repeats)
  const bands = bandColumns(entities, catalog, grouped, repeats)
  if (bands) return selectSql(bands)
  const combined = combineMeasures(entities, catalog, grouped)
  if (combined) return selectSql(combined)
  if (entities.presentation === 'share')
    return selectSql(shareOfWhole(entities, catalog, grouped, conditions))
  if (entities.periods.length > 1) {
    return selectSql(comparePeriods(entities, catalog, grouped, conditions))
  }
  if (entities.presentation === 'difference') {
    return selectSql(differenceOfValues(entities, catalog, grouped) ?? grouped)
  }
  if (entities.presentation === 'cumulative') {
    return selectSql(runningTotal(entities, catalog, grouped))
  }
  if (entities.presentation === 'growth')
    return selectSql(growthOverTime(entities, catalog, grouped))
  if (entities.limitWithin) return rankWithin(entities, catalog, grouped)
  return selectSql(grouped)
}

function listing(
  entities: Entities,
  catalog: Catalog,
  base: string,
  conditions: Conditions,
): string {
  const { order, limit } = entities
  const columns = entities.listed.map((reference) => columnSql(catalog, reference))
  const orderBy = order?.column ? [`${columnSql(catalog, order.column)} ${order.direction}`] : []
  const fallback = order && !order.column && columns[0] ? [`${columns[0]} ${order.direction}`] : []
  const ranked = order?.column ? [`${columnSql(catalog, order.column)} is not null`] : []
  return selectSql({
    distinct:
      entities.distinct ||
      (entities.presentation !== 'distribution' && repeatsValues(entities, catalog, base)),
    items: entities.listed.map((reference) => listedItem(catalog, reference)),
    from: quoteIdentifier(base, catalog.dialect),
    where: [...conditions.chosen, ...conditions.timed, ...ranked],
    groupBy: [],
    having: [],
    orderBy: [...orderBy, ...fallback],
    limit,
    offset: entities.offset,
  })
}

/** "Which payment methods are there": one row each, unless rows are named by the column. */
function repeatsValues(entities: Entities, catalog: Catalog, base: string): boolean {
  const table = findTable(catalog, base)
  const display = table && displayColumn(table)
  const identifies = entities.listed.some(
    (reference) =>
      findColumn(catalog, reference)?.unique ||
      (reference.table === base && reference.column === display?.name),
  )
  return !identifies && entities.listed.length === 1 && entities.order?.column === undefined
}

function groupedParts(
  entities: Entities,
  catalog: Catalog,
  base: string,
  conditions: Conditions,
  repeats: boolean,
): SelectParts {
  const { dimensions, measures, having } = entities
  const items = [
    ...dimensions.map((dimension) => dimensionItem(catalog, dimension)),
    ...measures.map((m) => measureItem(catalog, m, repeats)),
  ]
  return {
    distinct: false,
    items,
    from: quoteIdentifier(base, catalog.dialect),
    where: [...conditions.chosen, ...conditions.timed],
    groupBy: dimensions.flatMap((dimension) => groupSql(catalog, dimension)),
    having: having
      .filter((bound) => !boundsOnDetails(entities).includes(bound))
      .map((bound) => havingSql(entities, catalog, bound, conditions, repeats)),
    orderBy: orderBy(entities, catalog, repeats),
    limit: entities.limit,
    offset: entities.offset,
  }
}

/** The mean of all groups is taken over the same rows, grouped the same way. */
function havingSql(
  { dimensions, base = '' }: Entities,
  catalog: Catalog,
  { measure, comparator, value, mean }: Having,
  conditions: Conditions,
  repeats: boolean,
): string {
  const total = measureSql(catalog, measure, { repeats })
  if (!mean) return `${total} ${comparator} ${value}`
  const totals = selectSql({
    distinct: false,
    items: [`${total} as value`],
    from: quoteIdentifier(base, catalog.dialect),
    where: [...conditions.chosen, ...conditions.timed],
    groupBy: dimensions.flatMap((dimension) => groupSql(catalog, dimension)),
    having: [],
    orderBy: [],
  })
  return `${total} ${comparator} (select avg(totals.value) from (${totals}) as totals)`
}

function measureItem(catalog: Catalog, measure: Measure, repeats: boolean): string {
  return `${measureSql(catalog, measure, { repeats })} as ${measureAlias(measure, catalog.dialect)}`
}

/** Ties are broken by the dimension, so that the same question gives the same rows. */
function orderBy(entities: Entities, catalog: Catalog, repeats: boolean): readonly string[] {
  const { order, dimensions, measures } = entities
  const [measure] = measures
  if (!order || dimensions.length === 0) return []
  const byDimension = dimensions.map((dimension) =>
    dimension.grain === 'weekday'
      ? withColumn(dateWords(catalog.dialect).weekdayOrder, columnSql(catalog, dimension.column))
      : dimensionSql(catalog, dimension),
  )
  if (order.by === 'measure' && measure) {
    return [`${measureSql(catalog, measure, { repeats })} ${order.direction}`, ...byDimension]
  }
  return byDimension.map((sql, at) =>
    at === 0 && order.direction === 'desc' ? `${sql} desc` : sql,
  )
}
