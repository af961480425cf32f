/** Profiles the columns of one table: distinct counts, ranges, value lists and samples. */
import type { Table } from '../catalog.js'
import type { Profile } from '../introspection/column-profile.js'
import { profileColumns } from '../introspection/profile-columns.js'
import { quoteName } from '../quote.js'
import type { ReadRows } from './read-rows.js'

/** Above this many cells distinct values are estimated (a few per cent off) instead of counted. */
const EXACT_CELLS = 4_000_000

/** Throws what the engine throws, for instance for a view over a table that is gone. */
export async function profileTable(rows: ReadRows, table: Table): Promise<Profile> {
  const from = quoteName(table.name)
  const read = async (sql: string) =>
    (await rows(sql)).map((row) => row.map((cell) => (cell === null ? null : String(cell))))
  const [[count] = []] = await read(`SELECT count(*) FROM ${from}`)
  const rowCount = Number(count)
  const isExact = rowCount * table.columns.length <= EXACT_CELLS
  const columns = await profileColumns(table.columns, {
    read,
    from,
    distinct: (column) =>
      isExact ? `count(DISTINCT ${column})` : `approx_count_distinct(${column})`,
    meanLength: (column) => `avg(length(${column}::VARCHAR))`,
  })
  return { rowCount, columns }
}
