/** Profiles the columns of one table: distinct counts, ranges, value lists and samples. */
import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api'
import type { Column, Table } from '../catalog.js'
import {
  type ColumnCounts,
  type ColumnProfile,
  FIRST_ROWS,
  listLimit,
  type Profile,
  toProfile,
  VALUE_LISTS_PER_TABLE,
} from '../introspection/column-profile.js'
import { quoteName } from '../quote.js'
import { toValue } from './cell-value.js'

/** Aggregates of more columns at once run out of a small memory limit. */
const COLUMNS_PER_QUERY = 100
/** Above this many cells distinct values are estimated (a few per cent off) instead of counted. */
const EXACT_CELLS = 4_000_000

/** Throws what the engine throws, for instance for a view over a table that is gone. */
export async function profileTable(connection: DuckDBConnection, table: Table): Promise<Profile> {
  const from = quoteName(table.name)
  const [[count] = []] = await rows(connection, `SELECT count(*) FROM ${from}`)
  const rowCount = Number(count)
  const isExact = rowCount * table.columns.length <= EXACT_CELLS
  const aggregates = await aggregateColumns(connection, table, isExact)
  const firstRows = await rows(connection, `SELECT * FROM ${from} LIMIT ${FIRST_ROWS}`)
  const columns: ColumnProfile[] = []
  let lists = 0
  for (const [index, column] of table.columns.entries()) {
    const aggregate = aggregates[index]!
    const limit = lists < VALUE_LISTS_PER_TABLE ? listLimit(column, aggregate) : 0
    const values = limit > 0 ? await listValues(connection, from, column, limit) : undefined
    if (limit > 0) lists += 1
    const firstCells = firstRows.map((row) => row[index] ?? null)
    columns.push(
      toProfile(aggregate, values, firstCells.filter((cell) => cell !== null).map(asText)),
    )
  }
  return { rowCount, columns }
}

async function aggregateColumns(
  connection: DuckDBConnection,
  table: Table,
  isExact: boolean,
): Promise<ColumnCounts[]> {
  const aggregates: ColumnCounts[] = []
  for (let start = 0; start < table.columns.length; start += COLUMNS_PER_QUERY) {
    const group = table.columns.slice(start, start + COLUMNS_PER_QUERY)
    const expressions = group.flatMap((column) => aggregateExpressions(column, isExact))
    const sql = `SELECT ${expressions.join(', ')} FROM ${quoteName(table.name)}`
    const [row = []] = await rows(connection, sql)
    for (const [index, { type }] of group.entries()) {
      const [filled, distinct, min = null, max = null, meanLength] = row.slice(index * 5)
      aggregates.push({
        filled: Number(filled),
        distinct: Number(distinct),
        meanLength: Number(meanLength),
        isInteger: /INT/.test(type),
        ...(min !== null && { min: asText(min) }),
        ...(max !== null && { max: asText(max) }),
      })
    }
  }
  return aggregates
}

/** Five expressions for every column, so that the row can be cut evenly. */
function aggregateExpressions({ name, kind }: Column, isExact: boolean): string[] {
  const column = quoteName(name)
  const distinct = isExact ? `count(DISTINCT ${column})` : `approx_count_distinct(${column})`
  const ordered = kind === 'number' || kind === 'date' || kind === 'timestamp'
  return [
    `count(${column})`,
    kind === 'other' ? '0' : distinct,
    ordered ? `min(${column})` : 'NULL',
    ordered ? `max(${column})` : 'NULL',
    kind === 'text' ? `avg(length(${column}::VARCHAR))` : '0',
  ]
}

/** Most frequent first; undefined when an estimate was too low and there are more than the limit. */
async function listValues(
  connection: DuckDBConnection,
  from: string,
  column: Column,
  limit: number,
): Promise<string[] | undefined> {
  const name = quoteName(column.name)
  const found = await rows(
    connection,
    `SELECT ${name} FROM ${from} WHERE ${name} IS NOT NULL
     GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT ${limit + 1}`,
  )
  return found.length > limit ? undefined : found.map(([value]) => asText(value ?? null))
}

function asText(cell: DuckDBValue): string {
  return String(toValue(cell))
}

async function rows(connection: DuckDBConnection, sql: string): Promise<DuckDBValue[][]> {
  return (await connection.runAndReadAll(sql)).getRows()
}
