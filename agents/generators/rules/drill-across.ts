/**
 * Measures of tables that do not determine each other ("sales against target by region"): each is added up on its own,
 * then set side by side, so that no row counts twice. Known as drilling across (Kimball & Ross, The Data Warehouse
 * Toolkit, ch. 4).
 */
import type { Catalog } from '../../../data/catalog.js'
import { quoteIdentifier } from '../../../data/join-free/quote-identifier.js'
import { parentsOf } from '../../../data/relationship-graph.js'
import type { Dimension, Entities, Grain, Measure, Relation } from '../../entities/entities.js'
import { nearestDate } from '../../entities/resolve-time.js'
import { conditionsOf } from './conditions.js'
import { dimensionItem, dimensionSql, groupSql, measureAlias, measureSql } from './expressions.js'
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
  const combined = entities.relation && combinations[entities.relation]
  if (combined && entities.dimensions.length === 0 && first && second) {
    return { sql: `select ${combined(`(${first.sql})`, `(${second.sql})`)}` }
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
    dimensions.every((dimension) => parents.has(dimension.column.table) && !tooFine(dimension))
  const groups = dimensions.flatMap((dimension) => groupSql(catalog, dimension))
  const keys = groups.map((group, at) => `${group} as key_${at + 1}`)
  const sql = selectSql({
    distinct: false,
    items: [...keys, `${measureSql(catalog, measure)} as value`],
    from: quoteIdentifier(table, catalog.dialect),
    where: [...conditions.chosen, ...conditions.timed],
    groupBy: groups,
    having: [],
    orderBy: [],
  })
  return { table, sql, alias: measureAlias(measure, catalog.dialect), reachable }
}

const finerThanMonth: ReadonlySet<Grain | undefined> = new Set(['day', 'week', 'weekday'])

/** Amounts kept by month (`budget_month`) say nothing of a day. */
function tooFine({ column, grain }: Dimension): boolean {
  const coarse = /month|quarter|year/i.test(column.column)
  return coarse && finerThanMonth.has(grain)
}

/** Groups found in either fact; a comparison keeps the ones it holds for. */
function joined(entities: Entities, catalog: Catalog, facts: readonly Fact[]): string {
  const { dimensions, relation, countsGroups, limit } = entities
  const groups = dimensions.flatMap((dimension) =>
    groupSql(catalog, dimension).map((sql) => ({ sql, dimension })),
  )
  const keys = groups.map((_, at) => `key_${at + 1}`)
  const shown = dimensions.map((dimension) => {
    const at = groups.findIndex(({ sql }) => sql === dimensionSql(catalog, dimension))
    const either = facts.map((_, fact) => `fact_${fact + 1}.${keys[at]}`).join(', ')
    return `coalesce(${either}) as ${nameOf(dimension, catalog)}`
  })
  const values = facts.map((fact, at) => `fact_${at + 1}.value as ${fact.alias}`)
  const sources = facts.map((fact, at) => {
    const source = `(${fact.sql}) as fact_${at + 1}`
    const on = keys.map((key) => `fact_1.${key} = fact_${at + 1}.${key}`).join(' and ')
    return at === 0 ? source : `full join ${source} on ${on}`
  })
  const from = `from ${sources.join(' ')}`
  const order = shown.map((_, at) => at + 1).join(', ')
  const combined = relation && combinations[relation]
  if (combined) {
    return `select ${[...shown, combined('fact_1.value', 'fact_2.value')].join(', ')} ${from} order by ${order}`
  }
  // What had a plan and brought in nothing fell short of it.
  const kept = relation && `where coalesce(fact_1.value, 0) ${relation} fact_2.value`
  if (kept && countsGroups) return `select count(*) as number_of_groups ${from} ${kept}`
  if (kept) return `select ${shown.join(', ')} ${from} ${kept} order by ${order}`
  const ranked = limit === undefined ? order : `${shown.length + 1} desc, ${order} limit ${limit}`
  return `select ${[...shown, ...values].join(', ')} ${from} order by ${ranked}`
}

/** Measures that become one; a group that has none of one kind has 0 of it. */
const combinations: Readonly<Partial<Record<Relation, (first: string, second: string) => string>>> =
  {
    ratio: (first, second) => `coalesce(${first}, 0) * 1.0 / nullif(${second}, 0) as ratio`,
    difference: (first, second) => `coalesce(${first}, 0) - coalesce(${second}, 0) as difference`,
    sum: (first, second) => `coalesce(${first}, 0) + coalesce(${second}, 0) as total`,
  }

function nameOf(dimension: Dimension, catalog: Catalog): string {
  const alias = / as (\S+)$/.exec(dimensionItem(catalog, dimension))?.[1]
  return alias ?? quoteIdentifier(dimension.column.column, catalog.dialect)
}
