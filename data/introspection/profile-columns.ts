/** Profiles the columns of one table by SQL that most engines understand: counts, ranges, value lists and samples. */
import type { Column } from '../catalog.js'
import { quoteName } from '../quote.js'
import {
  type ColumnCounts,
  type ColumnProfile,
  FIRST_ROWS,
  listLimit,
  toProfile,
  VALUE_LISTS_PER_TABLE,
} from './column-profile.js'

/** Counting distinct values takes DuckDB 1.5.6 about 12 MB a column, however few the rows are (measured); 100 at once end it. */
const COLUMNS_PER_QUERY = 25

export interface ProfiledRows {
  /** Rows with cells as text. */
  read(sql: string): Promise<readonly (readonly (string | null)[])[]>
  /** What stands behind FROM. */
  readonly from: string
  /** Counts the distinct values of a column, which comes quoted. */
  distinct(column: string): string
  /** The mean number of characters of a text column, which comes quoted. */
  meanLength(column: string): string
}

/** Rejects as `read` does. Of columns of kind `other` nothing is compared: their types may know no order. */
export async function profileColumns(
  columns: readonly Column[],
  source: ProfiledRows,
): Promise<ColumnProfile[]> {
  const counts = await countColumns(columns, source)
  const names = columns.map(({ name }) => quoteName(name)).join(', ')
  const firstRows = await source.read(`SELECT ${names} FROM ${source.from} LIMIT ${FIRST_ROWS}`)
  const profiles: ColumnProfile[] = []
  let lists = 0
  for (const [index, column] of columns.entries()) {
    const counted = counts[index]!
    const limit = lists < VALUE_LISTS_PER_TABLE ? listLimit(column, counted) : 0
    const values = limit > 0 ? await listValues(source, column, limit) : undefined
    if (limit > 0) lists += 1
    const firstCells = firstRows.flatMap((row) => row[index] ?? [])
    profiles.push(toProfile(counted, values, firstCells))
  }
  return profiles
}

async function countColumns(
  columns: readonly Column[],
  source: ProfiledRows,
): Promise<ColumnCounts[]> {
  const counts: ColumnCounts[] = []
  for (let start = 0; start < columns.length; start += COLUMNS_PER_QUERY) {
    const group = columns.slice(start, start + COLUMNS_PER_QUERY)
    const expressions = group.flatMap((column) => countExpressions(column, source))
    const [row = []] = await source.read(`SELECT ${expressions.join(', ')} FROM ${source.from}`)
    for (const [index, { type }] of group.entries()) {
      const [filled, distinct, min, max, meanLength] = row.slice(index * 5)
      counts.push({
        filled: Number(filled),
        distinct: Number(distinct),
        meanLength: Number(meanLength),
        isInteger: /INT/.test(type),
        ...(typeof min === 'string' && { min }),
        ...(typeof max === 'string' && { max }),
      })
    }
  }
  return counts
}

/** Five expressions for every column, so that the row can be cut evenly. */
function countExpressions({ name, kind }: Column, source: ProfiledRows): string[] {
  const column = quoteName(name)
  const ordered = kind === 'number' || kind === 'date' || kind === 'timestamp'
  return [
    `count(${column})`,
    kind === 'other' ? '0' : source.distinct(column),
    ordered ? `min(${column})` : 'NULL',
    ordered ? `max(${column})` : 'NULL',
    kind === 'text' ? source.meanLength(column) : '0',
  ]
}

/** Most frequent first; undefined when an estimate was too low and there are more than the limit. */
async function listValues(
  { read, from }: ProfiledRows,
  column: Column,
  limit: number,
): Promise<string[] | undefined> {
  const name = quoteName(column.name)
  const found = await read(
    `SELECT ${name} FROM ${from} WHERE ${name} IS NOT NULL
     GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT ${limit + 1}`,
  )
  return found.length > limit ? undefined : found.map(([value]) => String(value))
}
