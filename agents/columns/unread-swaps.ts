/** Says where SQL leaves out a column that the asker wanted read: a model may have written something else altogether. */
import type { Catalog } from '../../data/catalog.js'
import { type ColumnSwap, isSameColumn } from '../../data/join-free/replace-columns.js'
import { columnsRead } from './columns-read.js'

/** SQL that cannot be read is searched for the column's name. */
export function unreadSwaps(
  sql: string | undefined,
  swaps: readonly ColumnSwap[],
  catalog: Catalog | undefined,
): readonly string[] {
  if (swaps.length === 0 || sql === undefined || !catalog) return []
  const read = columnsRead(sql, catalog)
  return swaps
    .filter(({ by }) =>
      read
        ? !read.columns.some((column) => isSameColumn(column, by))
        : !sql.toLowerCase().includes(by.column.toLowerCase()),
    )
    .map(
      ({ by }) =>
        `The SQL does not read ${by.table}.${by.column}: the question asks for none such.`,
    )
}
