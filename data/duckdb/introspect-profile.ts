/** Profiles the columns of one table: distinct counts, ranges, value lists and samples. */
import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api'
import type { Column, Table } from '../catalog.js'
import { isKeyName } from '../name-words.js'
import { toValue } from './cell-value.js'
import { quoteName } from './quote.js'

/** Aggregates of more columns at once run out of a small memory limit. */
const COLUMNS_PER_QUERY = 100
/** Above this many cells distinct values are estimated (a few per cent off) instead of counted. */
const EXACT_CELLS = 4_000_000
/** Value lists cost one query each; columns behind this many have samples only. */
const VALUE_LISTS_PER_TABLE = 300
const SHORT_LIST = 200
/** Names of people, products and places are listed too: users write them into questions. */
const NAME_LIST = 5_000
const NAME_MEAN_LENGTH = 40
const LONGEST_MEAN_LENGTH = 120
const INTEGER_LIST = 50
const SAMPLE_COUNT = 5
const FIRST_ROWS = 50
const LONGEST_SAMPLE = 120

export interface Profile {
  readonly rowCount: number
  readonly columns: readonly ColumnProfile[]
}

export interface ColumnProfile {
  readonly filled: number
  readonly distinctCount: number
  readonly min?: string
  readonly max?: string
  readonly values?: readonly string[]
  readonly samples: readonly string[]
}

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
    columns.push(
      toProfile(
        aggregate,
        values,
        firstRows.map((row) => row[index] ?? null),
      ),
    )
  }
  return { rowCount, columns }
}

interface Aggregate {
  readonly filled: number
  readonly distinct: number
  readonly min: DuckDBValue
  readonly max: DuckDBValue
  readonly meanLength: number
}

async function aggregateColumns(
  connection: DuckDBConnection,
  table: Table,
  isExact: boolean,
): Promise<Aggregate[]> {
  const aggregates: Aggregate[] = []
  for (let start = 0; start < table.columns.length; start += COLUMNS_PER_QUERY) {
    const group = table.columns.slice(start, start + COLUMNS_PER_QUERY)
    const expressions = group.flatMap((column) => aggregateExpressions(column, isExact))
    const sql = `SELECT ${expressions.join(', ')} FROM ${quoteName(table.name)}`
    const [row = []] = await rows(connection, sql)
    for (const index of group.keys()) {
      const [filled, distinct, min = null, max = null, meanLength] = row.slice(index * 5)
      aggregates.push({
        filled: Number(filled),
        distinct: Number(distinct),
        min,
        max,
        meanLength: Number(meanLength),
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

/** How many distinct values a column may have to be listed; 0 when it is not worth a look. */
function listLimit(column: Column, { distinct, meanLength }: Aggregate): number {
  if (distinct === 0) return 0
  if (column.kind === 'boolean') return SHORT_LIST
  if (column.kind === 'number') {
    const isInteger = /INT/.test(column.type) && !isKeyName(column.name)
    return isInteger && distinct <= INTEGER_LIST ? INTEGER_LIST : 0
  }
  if (column.kind !== 'text' || column.type === 'UUID' || meanLength > LONGEST_MEAN_LENGTH) return 0
  const limit = meanLength <= NAME_MEAN_LENGTH ? NAME_LIST : SHORT_LIST
  return distinct <= limit ? limit : 0
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

function toProfile(
  aggregate: Aggregate,
  values: readonly string[] | undefined,
  firstCells: readonly DuckDBValue[],
): ColumnProfile {
  const { filled, min, max } = aggregate
  const seen = new Set(firstCells.filter((cell) => cell !== null).map(asText))
  const samples = [...(values ?? seen)].slice(0, SAMPLE_COUNT)
  return {
    filled,
    distinctCount: values?.length ?? aggregate.distinct,
    samples: samples.map((sample) => sample.slice(0, LONGEST_SAMPLE)),
    ...(min === null ? {} : { min: asText(min) }),
    ...(max === null ? {} : { max: asText(max) }),
    ...(values === undefined ? {} : { values }),
  }
}

function asText(cell: DuckDBValue): string {
  return String(toValue(cell))
}

async function rows(connection: DuckDBConnection, sql: string): Promise<DuckDBValue[][]> {
  return (await connection.runAndReadAll(sql)).getRows()
}
