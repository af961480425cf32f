/** Chooses which rows of a table are looked at. */
import type { Value } from '../catalog.js'
import { quoteName } from '../quote.js'
import type { DeclaredTable } from './introspect-schema.js'
import type { ReadRows } from './read-rows.js'

/** Cells of one table that are counted exactly; of larger tables a sample of about so many is read. */
const EXACT_CELLS = 1_000_000
/** Places of a table, evenly spread, where runs of rows are read: neighbours are often alike. */
const RUNS = 50
const FEWEST_ROWS = 1_000

export interface RowSource {
  /** What stands behind FROM. */
  readonly from: string
  /** False when rows are left out. */
  readonly isWhole: boolean
}

export async function chooseRows(
  read: ReadRows,
  table: DeclaredTable,
  rowCount: number,
): Promise<RowSource> {
  const name = quoteName(table.name)
  if (rowCount * table.columns.length <= EXACT_CELLS) return { from: name, isWhole: true }
  const rows = Math.max(FEWEST_ROWS, Math.floor(EXACT_CELLS / table.columns.length))
  const { rowId } = table
  if (rowId === undefined) return { from: `(SELECT * FROM ${name} LIMIT ${rows})`, isWhole: false }
  const runs = (await rowIdRuns(read, table.name, rowId)).map(
    ([start, end]) =>
      `SELECT * FROM (SELECT * FROM ${name} WHERE ${rowId} >= ${start} AND ${rowId} < ${end} LIMIT ${Math.ceil(rows / RUNS)})`,
  )
  return { from: `(${runs.join(' UNION ALL ')})`, isWhole: false }
}

/** Each end by itself: only so does SQLite go to it without a look at all rows. */
export async function rowIdRuns(
  read: ReadRows,
  table: string,
  rowId: string,
): Promise<readonly Run[]> {
  const end = (of: string) => `(SELECT ${of}(${rowId}) FROM ${quoteName(table)})`
  const [[least, greatest] = []] = await read(`SELECT ${end('min')}, ${end('max')}`)
  return spread(least ?? 0, greatest ?? 0)
}

type Run = readonly [start: number, end: number]

/** Even parts of the row numbers from least to greatest, each with its end. */
function spread(least: Value, greatest: Value): Run[] {
  const [first, last] = [Number(least), Number(greatest)]
  const width = (last - first + 1) / RUNS
  return Array.from({ length: RUNS }, (_, index) => [
    Math.floor(first + index * width),
    index === RUNS - 1 ? last + 1 : Math.floor(first + (index + 1) * width),
  ])
}
