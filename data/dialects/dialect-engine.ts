/** The port to an engine that converted SQL is tried on. */
import type { RowsOutcome } from '../evaluation/score-sql.js'
import type { TypedTable } from './typed-table.js'

export type TargetDialect = 'postgres' | 'duckdb'

export interface DialectEngine {
  readonly dialect: TargetDialect
  /** What runs, with its version, for reports. */
  readonly label: string
  /** Takes the place of what was loaded before. Rejects with what the engine says. */
  load(tables: readonly TypedTable[]): Promise<void>
  /** What fails or takes too long is a value. */
  run(sql: string): Promise<RowsOutcome>
  close(): Promise<void>
}

/** For one query: a conversion that takes longer is of no use. */
export const engineTimeoutMs = 10_000

/** Rows of one result; more are cut off, and then nothing is compared. */
export const maxResultRows = 100_000
