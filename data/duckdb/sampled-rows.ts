/** Chooses which rows of a table are looked at: all of a small one, blocks spread over a large one. */
import { quoteName } from '../quote.js'
import type { DeclaredTable } from './introspect-schema.js'

/** Cells of one table that are looked at; of larger tables a sample of about so many. */
export const SAMPLED_CELLS = 10_000_000
/** A sample is made of blocks of 2,048 rows; of very wide tables it still has some. */
const FEWEST_ROWS = 20_480

export interface RowSource {
  /** What stands behind FROM. */
  readonly from: string
  /** False when rows are left out. */
  readonly isWhole: boolean
}

/** Of a view, the first rows: a sample of its blocks would be a look at all of them. */
export function chooseRows(table: DeclaredTable, rowCount: number): RowSource {
  const name = quoteName(table.name)
  const rows = Math.max(FEWEST_ROWS, Math.floor(SAMPLED_CELLS / table.columns.length))
  if (rowCount <= rows) return { from: name, isWhole: true }
  if (!table.isStored) return { from: `(SELECT * FROM ${name} LIMIT ${rows})`, isWhole: false }
  const percent = ((100 * rows) / rowCount).toFixed(9)
  return { from: `${name} TABLESAMPLE SYSTEM (${percent}%) REPEATABLE (1)`, isWhole: false }
}
