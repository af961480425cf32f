/** Fills a demo's tables one after the other, pausing often enough that other work goes on. */
import type { DuckDBConnection } from '@duckdb/node-api'
import type { DemoRows } from './demo-dataset.js'
import type { DemoTable } from './demo-table.js'
import { openTableWriter } from './table-writer.js'

/** Rows between two pauses. */
const ROWS_PER_PAUSE = 500

/** `onTable` is told how many tables are finished, first none and at last all. */
export async function writeTables(
  connection: DuckDBConnection,
  tables: readonly DemoTable[],
  rows: DemoRows,
  onTable: (finished: number) => void,
): Promise<void> {
  for (const [finished, { name }] of tables.entries()) {
    onTable(finished)
    const writer = await openTableWriter(connection, name)
    let written = 0
    for (const cells of rows[name] ?? []) {
      writer.add(cells)
      written += 1
      if (written % ROWS_PER_PAUSE === 0) await new Promise(setImmediate)
    }
    // Closing checks the keys, so the next tables may refer to this one.
    writer.close()
  }
  onTable(tables.length)
}
