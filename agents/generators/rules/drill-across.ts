/**
 * Measures of tables that do not determine each other ("sales against target by region"): each is added up on its own,
 * then set side by side, so that no row counts twice. Known as drilling across (Kimball & Ross, The Data Warehouse
 * Toolkit, ch. 4).
 */
import { type Catalog, findTable } from '../../../data/catalog.js'
import { quoteIdentifier } from '../../../data/join-free/quote-identifier.js'
import { parentsOf } from '../../../data/relationship-graph.js'
import type { Dimension, Entities, Grain, Measure } from '../../entities/entities.js'
import { hasNames } from '../../entities/schema/schema-terms.js'
import { nearestDate } from '../../entities/settle/resolve-time.js'
import { combinations } from './combine-measures.js'
import { conditionsOf } from './conditions.js'
import { dimensionItem, dimensionSql, groupSql, measureAlias, measureSql } from './expressions.js'
import { selectSql } from './select-parts.js'
import { shareWithDetails } from './share-with-details.js'

/** Undefined when all measures can be added up in one pass; a reason when they cannot be set side by side. */
export function drillAcross(
  entities: Entities,
  catalog: Catalog,
): { readonly sql: string } | { readonly reason: string } | undefined {
  const tables = [...new Set(entities.measures.map((measure) => measure.table))]
  if (tables.length < 2) return undefined
  const details = shareWithDetails(entities, catalog)
  if (details !== undefined) return { sql: details }
  const facts = entities.measures.map((measure) => factOf(entities, catalog, measure))
  const stray = facts.find((fact) => !fact.reachable)
  if (stray)
    return { reason: `${stray.table} cannot be grouped or filtered the way the question asks.` }
  const [first, second] = facts
  const keeps = /[<>]/.test(entities.relation ?? '')
  if (keeps && entities.limit !== undefined) {
    return { reason: 'It is not clear what the kept groups are ranked by.' }
  }
  if (entities.presentation === 'share' && entities.dimensions.length === 0 && first && second) {
    return { sql: `select 100.0 * (${first.sql}) / (${second.sql}) as share_percent` }
  }
  const combined = entities.relation && combinations[entities.relation]
  if (combined && entities.dimensions.length === 0 && first && second) {
    return {
      sql: `select ${combined.of(`(${first.sql})`, `(${second.sql})`)} as ${combined.alias}`,
    }
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

function factOf(entities: Entities, catalog: Catalog, measure: Measure): Fact {
  const { table } = measure
  const parents = parentsOf(catalog, table)
  const standing = isStanding(entities, catalog, table)
  const time = standing ? undefined : nearestDate(catalog, table)
  const dimensions = entities.dimensions.map(
    (dimension): Dimension =>
      dimension.grain && time ? { ...dimension, column: time } : dimension,
  )
  const asked = standing ? withoutEvents(entities, parents) : entities
  const own: Entities = { ...asked, base: table, dimensions, timeColumn: time }
  const conditions = conditionsOf(catalog, own, table)
  const timed = own.periods.length === 0 || time !== undefined
  const reachable =
    timed &&
    conditions.unplaced.length === 0 &&
    dimensions.every((dimension) => parents.has(dimension.column.table) && !tooFine(dimension))
  const groups = dimensions.flatMap((dimension) => groupSql(catalog, dimension))
  const keys = groups.map((group, at) => `${group} as key_${at + 1}`)
  const sql = selectSql({
    distinct: false,
    items: [
      ...keys,
      `${measureSql(catalog, measure)} as ${measureAlias(measure, catalog.dialect)}`,
    ],
    from: quoteIdentifier(table, catalog.dialect),
    where: [...conditions.chosen, ...conditions.timed],
    groupBy: groups,
    having: [],
    orderBy: [],
  })
  return { table, sql, alias: measureAlias(measure, catalog.dialect), reachable }
}

/** What a total is divided by when it is no event itself: the floor space of stores, not of stores opened then. */
function isStanding({ relation, measures }: Entities, catalog: Catalog, table: string): boolean {
  const [first] = measures
  const above = first !== undefined && parentsOf(catalog, first.table).has(table)
  const found = findTable(catalog, table)
  return relation === 'ratio' && above && first.table !== table && !!found && hasNames(found)
}

/** Only what is known of the rows themselves chooses them. */
function withoutEvents(entities: Entities, parents: ReadonlyMap<string, number>): Entities {
  const filters = entities.filters.filter(({ column }) => parents.has(column.table))
  return { ...entities, filters, periods: [], existence: [], weekend: false }
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
  // Named after what they are, so that the explanation of the SQL can say so.
  const values = facts.map((fact, at) => `fact_${at + 1}.${fact.alias}`)
  const [first = '', second = ''] = values
  const from = `from ${sourcesOf(facts, keys, catalog)}`
  const order = shown.map((_, at) => at + 1).join(', ')
  const combined = relation && combinations[relation]
  if (combined) {
    const value = `${combined.of(first, second)} as ${combined.alias}`
    return `select ${[...shown, value].join(', ')} ${from} order by ${ordered(entities, shown.length)}`
  }
  // What had a plan and brought in nothing fell short of it.
  const kept =
    relation && relation !== 'beside' && `where coalesce(${first}, 0) ${relation} ${second}`
  if (kept && countsGroups) return `select count(*) as number_of_groups ${from} ${kept}`
  if (kept) return `select ${shown.join(', ')} ${from} ${kept} order by ${order}`
  const sorted = limit === undefined ? order : ordered(entities, shown.length)
  return `select ${[...shown, ...values].join(', ')} ${from} order by ${sorted}`
}

/** MySQL has no full join: the keys of all facts come first there, and each fact beside them. */
function sourcesOf(facts: readonly Fact[], keys: readonly string[], catalog: Catalog): string {
  const hasFullJoin = catalog.dialect !== 'mysql'
  const base = hasFullJoin ? 'fact_1' : 'fact_keys'
  const sources = facts.map((fact, at) => {
    const source = `(${fact.sql}) as fact_${at + 1}`
    const on = keys.map((key) => `${base}.${key} = fact_${at + 1}.${key}`).join(' and ')
    if (!hasFullJoin) return `left join ${source} on ${on}`
    return at === 0 ? source : `full join ${source} on ${on}`
  })
  if (hasFullJoin) return sources.join(' ')
  const all = facts.map(
    ({ sql }, at) =>
      `select ${keys.map((key) => `part_${at + 1}.${key}`).join(', ')} from (${sql}) as part_${at + 1}`,
  )
  return `(${all.join(' union ')}) as fact_keys ${sources.join(' ')}`
}

/** By the first measure where that is asked for, then by the names. */
function ordered({ order, limit }: Entities, names: number): string {
  const byName = Array.from({ length: names }, (_, at) => at + 1).join(', ')
  const first = order?.by === 'measure' ? `${names + 1} ${order.direction} nulls last, ` : ''
  return `${first}${byName}${limit === undefined ? '' : ` limit ${limit}`}`
}

function nameOf(dimension: Dimension, catalog: Catalog): string {
  const alias = / as (\S+)$/.exec(dimensionItem(catalog, dimension))?.[1]
  return alias ?? quoteIdentifier(dimension.column.column, catalog.dialect)
}
