/** Reads rows of SQL that Parley itself wrote; nothing is checked. */
import type { DuckDBConnection } from '@duckdb/node-api'
import type { Value } from '../catalog.js'
import { toValue } from './cell-value.js'

/** Rejects with what the engine said, when the process ended, or when the statement took longer than `timeoutMs`. */
export type ReadRows = (sql: string, timeoutMs?: number) => Promise<readonly (readonly Value[])[]>

/** Of an engine in this process, for databases that Parley made itself. */
export function readerOf(connection: DuckDBConnection): ReadRows {
  return async (sql) => {
    const rows = (await connection.runAndReadAll(sql)).getRows()
    return rows.map((row) => row.map(toValue))
  }
}
