/**
 * Measures of tables that do not determine each other ("sales against target by region"): each is added up on its own,
 * then set side by side, so that no row counts twice. Known as drilling across (Kimball & Ross, The Data Warehouse
 * Toolkit, ch. 4).
 */
import type { Catalog } from '../../../data/catalog.js'
import { quoteIdentifier } from '../../../data/join-free/quote-identifier.js'
import { parentsOf } from '../../../data/relationship-graph.js'
import type { Dimension, Entities, Measure } from '../../entities/entities.js'
import { nearestDate } from '../../entities/resolve-time.js'
import { conditionsOf } from './conditions.js'
import { dimensionItem, dimensionSql, measureAlias, measureSql } from './expressions.js'
import { selectSql } from './select-parts.js'

/** Undefined when all measures can be added up in one pass; a reason when they cannot be set side by side. */
export function drillAcross(
  entities: Entities,
  catalog: Catalog,
): { readonly sql: string } | { readonly reason: string } | undefined {
  const tables = [...new Set(entities.measures.map((measure) => measure.table))]
  if (tables.length < 2) return undefined
  const facts = tables.map((table) => factOf(entities, catalog, table))
  const stray = facts.find((fact) => !fact.reachable)
  if (stray)
    return { reason: `${stray.table} cannot be grouped or filtered the way the question asks.` }
  const [first, second] = facts
  if (entities.presentation === 'share' && entities.dimensions.length === 0 && first && second) {
    return { sql: `select 100.0 * (${first.sql}) / (${second.sql}) as share_percent` }
  }
  return entities.dimensions.length === 0
    ? { sql: `select ${facts.map((fact) => `(${fact.sql}) as ${fact.alias}`).join(', ')}` }
    : { sql: joined(entities, catalog, facts) }
}

interface Fact {
  readonly table: string
  readonly sql: string
  readonly alias: string
  readonly reachable: boolean
}

function factOf(entities: Entities, catalog: Catalog, table: string): Fact {
  const measure = entities.measures.find((candidate) => candidate.table === table) as Measure
  const time = nearestDate(catalog, table)
  const dimensions = entities.dimensions.map(
    (dimension): Dimension =>
      dimension.grain && time ? { ...dimension, column: time } : dimension,
  )
  const own: Entities = { ...entities, base: table, dimensions, timeColumn: time }
  const conditions = conditionsOf(catalog, own, table)
  const parents = parentsOf(catalog, table)
  const timed = entities.periods.length === 0 || time !== undefined
  const reachable =
    timed &&
    conditions.unplaced.length === 0 &&
    dimensions.every((dimension) => parents.has(dimension.column.table))
  const keys = dimensions.map(
    (dimension, at) => `${dimensionSql(catalog, dimension)} as key_${at + 1}`,
  )
  const sql = selectSql({
    distinct: false,
    items: [...keys, `${measureSql(catalog, measure)} as value`],
    from: quoteIdentifier(table, catalog.dialect),
    where: [...conditions.chosen, ...conditions.timed],
    groupBy: dimensions.map((dimension) => dimensionSql(catalog, dimension)),
    having: [],
    orderBy: [],
  })
  return { table, sql, alias: measureAlias(measure, catalog.dialect), reachable }
}

function joined({ dimensions }: Entities, catalog: Catalog, facts: readonly Fact[]): string {
  const keys = dimensions.map((_, at) => `key_${at + 1}`)
  const names = dimensions.map((dimension, at) => {
    const item = dimensionItem(catalog, dimension)
    const alias =
      / as (\S+)$/.exec(item)?.[1] ?? quoteIdentifier(dimension.column.column, catalog.dialect)
    const either = facts.map((_, fact) => `fact_${fact + 1}.${keys[at]}`).join(', ')
    return `coalesce(${either}) as ${alias}`
  })
  const values = facts.map((fact, at) => `fact_${at + 1}.value as ${fact.alias}`)
  const sources = facts.map((fact, at) => {
    const source = `(${fact.sql}) as fact_${at + 1}`
    const on = keys.map((key) => `fact_1.${key} = fact_${at + 1}.${key}`).join(' and ')
    return at === 0 ? source : `full join ${source} on ${on}`
  })
  const order = keys.map((_, at) => at + 1).join(', ')
  return `select ${[...names, ...values].join(', ')} from ${sources.join(' ')} order by ${order}`
}
