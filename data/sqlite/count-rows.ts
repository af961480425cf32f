/** Counts the rows of a table, or guesses them where a count would be a look at all of a large file. */
import { quoteName } from '../quote.js'
import type { DeclaredTable } from './introspect-schema.js'
import type { ReadRows } from './read-rows.js'
import { rowIdRuns } from './sampled-rows.js'

/** SQLite counts some 20 million rows a second where they stand side by side. */
const COUNTED_ROWS = 5_000_000
/** Of each run, row numbers that are looked at to see how dense they are. */
const DENSITY_ROWS = 1_000

/** Exact up to some million rows; of more, as their row numbers tell; of a view that has more, so many as were counted. */
export async function countRows(read: ReadRows, table: DeclaredTable): Promise<number> {
  const name = quoteName(table.name)
  const counted = `SELECT count(*) FROM (SELECT 1 FROM ${name} LIMIT ${COUNTED_ROWS + 1})`
  const [[count] = []] = await read(counted)
  const { rowId } = table
  if (Number(count) <= COUNTED_ROWS || rowId === undefined) return Number(count)
  const runs = await rowIdRuns(read, table.name, rowId)
  const parts = runs.map(
    ([start, end]) =>
      `SELECT count(*) AS rows, max(id) AS last FROM (SELECT ${rowId} AS id FROM ${name}
       WHERE ${rowId} >= ${start} AND ${rowId} < ${end} ORDER BY ${rowId} LIMIT ${DENSITY_ROWS})`,
  )
  const found = await read(parts.join(' UNION ALL '))
  const guesses = runs.map(([start, end], at) => {
    const [rows, last] = found[at] ?? []
    if (Number(rows) < DENSITY_ROWS) return Number(rows ?? 0)
    return ((end - start) * DENSITY_ROWS) / (Number(last) - start + 1)
  })
  const total = guesses.reduce((sum, guess) => sum + guess, 0)
  return Math.max(Number(count), Math.round(total))
}
