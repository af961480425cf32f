/** Finds the smallest and largest values of a SQLite table's columns without a look at all rows of a large one. */
import type { Column, Value } from '../catalog.js'
import type { ColumnProfile } from '../introspection/column-profile.js'
import { isOrdered, type Range, withFurtherDates } from '../introspection/scale-profiles.js'
import { quoteName, quoteText } from '../quote.js'
import type { DeclaredTable } from './introspect-schema.js'
import type { ReadRows } from './read-rows.js'
import type { RowSource } from './sampled-rows.js'

/** Up to this many rows the ends of numbers and dates are read from the whole table. */
const RANGE_ROWS = 2_000_000
/** Rows at the end of a larger one that are looked at for newer dates: the newest mostly stand there. */
const LAST_ROWS = 1_000

/** SQLite takes at most 2,000 result columns. */
const COLUMNS_PER_QUERY = 500

export type FoundRange = Pick<ColumnProfile, 'min' | 'max' | 'rangeIsSampled'>

/** In the order of the columns. Beyond the limit exact for columns that an index begins with, else those of the sample. */
export async function readRanges(
  read: ReadRows,
  table: DeclaredTable,
  source: RowSource,
): Promise<FoundRange[]> {
  const name = quoteName(table.name)
  if (table.rowCount <= RANGE_ROWS) return (await readEnds(read, table.columns, name)).map(given)
  const sampled = await readEnds(read, table.columns, source.from)
  const last = await readEnds(read, table.columns, await lastRows(read, table))
  const indexed = await readIndexed(read, table)
  const found: FoundRange[] = []
  for (const [at, column] of table.columns.entries()) {
    const range = indexed.has(column.name) ? await indexEnds(read, name, column) : undefined
    found.push(range ?? ofSample(column, sampled[at], last[at]))
  }
  return found
}

function given(range: Range | undefined): FoundRange {
  return range ?? {}
}

function ofSample(column: Column, range?: Range, last?: Range): FoundRange {
  if (!range) return {}
  const profile = { filled: 0, distinctCount: 0, samples: [], ...range }
  const { min, max } = withFurtherDates(column, profile, last)
  return { min, max, rangeIsSampled: true }
}

async function readEnds(
  read: ReadRows,
  columns: readonly Column[],
  from: string,
): Promise<(Range | undefined)[]> {
  const ends: (Range | undefined)[] = []
  for (let start = 0; start < columns.length; start += COLUMNS_PER_QUERY) {
    const group = columns.slice(start, start + COLUMNS_PER_QUERY)
    const values = group.map(rangeValue)
    const expressions = values.flatMap((value) => [`min(${value})`, `max(${value})`])
    const [row = []] = await read(`SELECT ${expressions.join(', ')} FROM ${from}`)
    ends.push(...group.map((_, at) => toRange(row[at * 2], row[at * 2 + 1])))
  }
  return ends
}

/** What of a cell may be the end of a range: not the few texts among numbers, nor empty dates. */
function rangeValue({ name, kind }: Column): string {
  const column = quoteName(name)
  if (kind === 'number') {
    return `CASE WHEN typeof(${column}) IN ('integer', 'real') THEN ${column} END`
  }
  return kind === 'date' || kind === 'timestamp' ? `nullif(${column}, '')` : 'NULL'
}

function toRange(min: Value = null, max: Value = null): Range | undefined {
  return min === null || max === null ? undefined : { min: String(min), max: String(max) }
}

async function lastRows(read: ReadRows, { name, rowId }: DeclaredTable): Promise<string> {
  const table = quoteName(name)
  if (rowId === undefined) return `(SELECT * FROM ${table} LIMIT 0)`
  const [[last] = []] = await read(`SELECT max(${rowId}) FROM ${table}`)
  return `(SELECT * FROM ${table} WHERE ${rowId} > ${Number(last ?? 0)} - ${LAST_ROWS})`
}

/** Names of columns that an index over all rows begins with, or that are the number of the row. */
async function readIndexed(read: ReadRows, table: DeclaredTable): Promise<ReadonlySet<string>> {
  const found = await read(
    `SELECT c.name FROM pragma_index_list(${quoteText(table.name)}) i, pragma_index_info(i.name) c
     WHERE i.partial = 0 AND c.seqno = 0 AND c.name IS NOT NULL`,
  )
  const [key, ...further] = table.primaryKey
  const isRowId = ({ name, type }: Column) =>
    name === key && further.length === 0 && type === 'INTEGER'
  const numbers = table.columns.filter(isRowId).map(({ name }) => name)
  return new Set([...found.map(([name]) => String(name)), ...numbers])
}

/** Each end by itself: only so does SQLite go to it through the index. Texts among numbers stand behind them. */
async function indexEnds(
  read: ReadRows,
  table: string,
  column: Column,
): Promise<Range | undefined> {
  if (!isOrdered(column)) return undefined
  const name = quoteName(column.name)
  const isEnd = column.kind === 'number' ? `${name} < ''` : `${name} > ''`
  const end = (of: string) => `(SELECT ${of}(${name}) FROM ${table} WHERE ${isEnd})`
  const [[min, max] = []] = await read(`SELECT ${end('min')}, ${end('max')}`)
  return toRange(min, max)
}
