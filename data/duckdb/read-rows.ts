/** Reads rows of SQL that Parley itself wrote; nothing is checked. */
import type { DuckDBConnection } from '@duckdb/node-api'
import type { Value } from '../catalog.js'
import { toValue } from './cell-value.js'

export interface ReadRowsOptions {
  /** A statement that takes longer is stopped. */
  readonly timeoutMs?: number
  /** On one thread: a sample of blocks is then the same each time. */
  readonly isRepeatable?: boolean
}

/** Rejects with what the engine said, when the process ended, or with a `LateError` when there was no answer in time. */
export type ReadRows = (
  sql: string,
  options?: ReadRowsOptions,
) => Promise<readonly (readonly Value[])[]>

/** The time of a statement was over. */
export class LateError extends Error {
  readonly code = 'sql_timeout'

  constructor() {
    super('The statement took longer than it may.')
    this.name = 'LateError'
  }
}

/** Of an engine in this process, for databases that Parley made itself. */
export function readerOf(connection: DuckDBConnection): ReadRows {
  return async (sql) => {
    const rows = (await connection.runAndReadAll(sql)).getRows()
    return rows.map((row) => row.map(toValue))
  }
}
