/** SQL fragments of the rules generator: columns, literals, time grains, aggregates. Join-free form. */
import { type Catalog, type ColumnReference, findColumn, findTable } from '../../../data/catalog.js'
import { quoteIdentifier } from '../../../data/join-free/quote-identifier.js'
import { quoteTextFor } from '../../../data/quote.js'
import { dateWords, withColumn } from '../../../models/grammar/date-words.js'
import type { Dimension, Filter, Grain, Measure, Period } from '../../entities/entities.js'
import { operatorWords } from '../../entities/forms/read-arithmetic.js'
import { type ComputedColumn, isComputed } from '../../entities/schema/computed-column.js'
import { displayColumn, keyColumn } from '../../entities/schema/schema-terms.js'

export function columnSql(catalog: Catalog, reference: ColumnReference): string {
  if (isComputed(reference)) return computedSql(catalog, reference)
  const { table, column } = reference
  return `${quoteIdentifier(table, catalog.dialect)}.${quoteIdentifier(column, catalog.dialect)}`
}

/** A whole division would cut the fraction off, and nothing divides by 0. */
function computedSql(catalog: Catalog, { operator, left, right }: ComputedColumn): string {
  const [first, second] = [left, right].map((column) => columnSql(catalog, column))
  if (operator === '/') return `(${first} * 1.0 / nullif(${second}, 0))`
  if (operator === 'days' || operator === 'days_with_last') {
    const day = (sql = '') => withColumn(dateWords(catalog.dialect).dayNumber, sql)
    return `(${day(second)} - ${day(first)}${operator === 'days' ? '' : ' + 1'})`
  }
  return `(${first} ${operator} ${second})`
}

/** A column of a listing; what is computed gets a name. */
export function listedItem(catalog: Catalog, reference: ColumnReference): string {
  const sql = columnSql(catalog, reference)
  if (!isComputed(reference)) return sql
  const { operator, left, right } = reference
  const words = `${left.column} ${operatorWords[operator]} ${right.column}`
  const name = operator.startsWith('days') ? 'days' : words.replaceAll(/\W+/g, '_')
  return `${sql} as ${quoteIdentifier(name, catalog.dialect)}`
}

function literalSql({ dialect }: Catalog, value: string | number | boolean): string {
  return typeof value === 'string' ? quoteTextFor(dialect, value) : String(value)
}

/** How each grain buckets a date. */
function grainSql({ dialect }: Catalog, grain: Grain, column: string): string {
  return grain === 'presence'
    ? `${column} is not null`
    : withColumn(dateWords(dialect)[grain], column)
}

const grainAliases: Readonly<Record<Grain, string>> = {
  presence: 'present',
  year: 'year',
  quarter: 'quarter',
  month: 'month',
  week: 'week',
  day: 'day',
  weekday: 'weekday',
  month_of_year: 'month',
  day_kind: 'day_kind',
}

export function dimensionSql(catalog: Catalog, dimension: Dimension): string {
  const column = columnSql(catalog, dimension.column)
  const isYear =
    dimension.grain !== 'presence' && findColumn(catalog, dimension.column)?.kind === 'number'
  return dimension.grain && !isYear ? grainSql(catalog, dimension.grain, column) : column
}

/** A select item: grains get a name, plain columns keep theirs. */
export function dimensionItem(catalog: Catalog, dimension: Dimension): string {
  const sql = dimensionSql(catalog, dimension)
  return dimension.grain ? `${sql} as ${grainAliases[dimension.grain]}` : sql
}

/**
 * What rows are grouped by: the shown expression, the key beside a name that several rows share (two customers
 * called Kim stay two), and what puts weekdays in order.
 */
export function groupSql(catalog: Catalog, dimension: Dimension): readonly string[] {
  const shown = dimensionSql(catalog, dimension)
  if (dimension.grain === 'weekday') {
    const column = columnSql(catalog, dimension.column)
    return [shown, withColumn(dateWords(catalog.dialect).weekdayOrder, column)]
  }
  if (dimension.grain || dimension.byValue) return [shown]
  const table = findTable(catalog, dimension.column.table)
  const key = table && keyColumn(table)
  const column = findColumn(catalog, dimension.column)
  const shared = column?.kind === 'text' && /name|title/i.test(column.name) && !column.unique
  const repeats = shared && column.distinctCount !== table?.rowCount
  return table && key && repeats && key.name !== column.name
    ? [columnSql(catalog, { table: table.name, column: key.name }), shown]
    : [shown]
}

/** `repeats`: joins multiply the measured rows, so they are counted by key. */
export function measureSql(
  catalog: Catalog,
  measure: Measure,
  options: { readonly repeats?: boolean; readonly filter?: string } = {},
): string {
  const filter = options.filter === undefined ? '' : ` filter (where ${options.filter})`
  const total = `${aggregateSql(catalog, measure, options.repeats === true)}${filter}`
  if (!measure.per) return total
  return `${total} * 1.0 / count(distinct ${unitSql(catalog, measure.per)})`
}

/** Units are told apart by key, not by a name two of them may share. */
function unitSql(catalog: Catalog, unit: Dimension): string {
  const table = unit.grain ? undefined : findTable(catalog, unit.column.table)
  const key = table && displayColumn(table)?.name === unit.column.column && keyColumn(table)
  return table && key
    ? columnSql(catalog, { table: table.name, column: key.name })
    : dimensionSql(catalog, unit)
}

function aggregateSql(catalog: Catalog, measure: Measure, repeats: boolean): string {
  if (measure.column && measure.costs) {
    const [amount, quantity, cost] = [
      measure.column,
      measure.costs.quantity,
      measure.costs.cost,
    ].map((column) => columnSql(catalog, column))
    return `${measure.aggregate}(${amount} - ${quantity} * ${cost})`
  }
  if (measure.column) {
    const column = columnSql(catalog, measure.column)
    if (measure.aggregate === 'median' && catalog.dialect === 'postgres') {
      return `percentile_cont(0.5) within group (order by ${column})`
    }
    return `${measure.aggregate}(${measure.distinct ? 'distinct ' : ''}${column})`
  }
  const table = findTable(catalog, measure.table)
  const key = table && keyColumn(table)
  if (!repeats || !key) return 'count(*)'
  return `count(distinct ${columnSql(catalog, { table: measure.table, column: key.name })})`
}

const aliasPrefixes: Readonly<Record<Measure['aggregate'], string>> = {
  sum: 'total',
  count: 'number_of',
  avg: 'average',
  min: 'lowest',
  max: 'highest',
  median: 'median',
}

/** A name for the result column made of the user's own words. */
export function measureAlias(measure: Measure, dialect: Catalog['dialect']): string {
  const words = measure.phrase
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu)
    ?.filter((word) => word !== 'total' && word !== 'average')
  const prefix = measure.per ? 'average' : aliasPrefixes[measure.aggregate]
  return quoteIdentifier([prefix, ...(words ?? [])].join('_'), dialect)
}

export function filterSql(catalog: Catalog, filter: Filter): string {
  const column = columnSql(catalog, filter.column)
  if (filter.average)
    return `${column} ${filter.comparator} (select avg(${column}) from ${quoteIdentifier(filter.column.table, catalog.dialect)})`
  if (filter.against) {
    const { column: other, factor } = filter.against
    const times = factor === undefined ? '' : `${factor} * `
    return `${column} ${filter.comparator} ${times}${columnSql(catalog, other)}`
  }
  if (filter.values.length === 0) return `${column} ${filter.comparator}`
  if (filter.comparator === 'like' || filter.comparator === 'not like') {
    const text = textSql(catalog, filter.column)
    return `lower(${text}) ${filter.comparator} ${literalSql(catalog, String(filter.values[0]))}`
  }
  const values = filter.values.map((value) => comparable(catalog, filter.column, value))
  if (filter.orMissing) return `(${column} ${filter.comparator} ${values[0]} or ${column} is null)`
  if (values.length === 1) return `${column} ${filter.comparator} ${values[0]}`
  return `${column} ${filter.comparator === '<>' ? 'not in' : 'in'} (${values.join(', ')})`
}

/** PostgreSQL's own lists of values, UUIDs and addresses are no texts until they are cast. */
function textSql(catalog: Catalog, reference: ColumnReference): string {
  const column = columnSql(catalog, reference)
  const type = findColumn(catalog, reference)?.type ?? 'TEXT'
  const isText = catalog.dialect !== 'postgres' || /^(TEXT|CHARACTER|CITEXT|NAME)/.test(type)
  return isText ? column : `cast(${column} as text)`
}

/** Stored values arrive as text; numbers and booleans are written as such. */
function comparable(
  catalog: Catalog,
  reference: ColumnReference,
  value: string | number | boolean,
): string {
  const kind = findColumn(catalog, reference)?.kind
  const dated = kind === 'date' || kind === 'timestamp'
  if (dated && typeof value === 'string' && !isComputed(reference))
    return withColumn(dateWords(catalog.dialect).literal, String(value))
  const bare = kind === 'number' || kind === 'boolean'
  return bare && typeof value === 'string' ? value : literalSql(catalog, value)
}

/** Bounds so far out that they mean "open". */
const earliest = '1000-01-01'
const latest = '9000-01-01'

export function periodSql(catalog: Catalog, column: ColumnReference, period: Period): string {
  const sql = columnSql(catalog, column)
  if (findColumn(catalog, column)?.kind === 'number') return yearsSql(sql, period)
  const literal = (date: string) => withColumn(dateWords(catalog.dialect).literal, date)
  const bounds = [
    ...(period.start > earliest ? [`${sql} >= ${literal(period.start)}`] : []),
    ...(period.end < latest ? [`${sql} < ${literal(period.end)}`] : []),
  ]
  return bounds.join(' and ')
}

/** The same for a column of plain year numbers; parts of a year widen to the whole year. */
function yearsSql(sql: string, { start, end }: Period): string {
  const first = Number(start.slice(0, 4))
  const last = Number(end.slice(0, 4)) - (end.endsWith('-01-01') ? 1 : 0)
  if (first === last) return `${sql} = ${first}`
  const bounds = [
    ...(start > earliest ? [`${sql} >= ${first}`] : []),
    ...(end < latest ? [`${sql} <= ${last}`] : []),
  ]
  return bounds.join(' and ')
}
