/** Describes a DuckDB file through its processes, one statement at a time, so that questions need not wait. */
import type { Catalog } from '../catalog.js'
import type { ProcessPool } from '../engine-process/process-pool.js'
import { type OpenedFile, runSelect } from './duckdb-program.js'
import { leavesEngineSpent } from './engine-failure.js'
import { introspectDuckDb } from './introspect.js'
import { readAnswer } from './read-answer.js'
import type { ReadRows } from './read-rows.js'

/** Counting the distinct values of a table of a billion rows takes minutes. */
const statementTimeoutMs = 3_600_000

const limits = {
  maxRows: 1_000_000,
  maxColumns: 10_000,
  maxBytes: 200_000_000,
  maxCellCharacters: 1_000_000,
}

/** Rejects when the file cannot be read, or when `signal` is aborted. `version` is the file's. */
export async function describeDuckDb(
  pool: ProcessPool<OpenedFile>,
  version: string,
  signal: AbortSignal,
): Promise<Catalog> {
  return { ...(await introspectDuckDb(rowsThrough(pool, version, signal), signal)), version }
}

function rowsThrough(
  pool: ProcessPool<OpenedFile>,
  version: string,
  signal: AbortSignal,
): ReadRows {
  return async (sql, timeoutMs = statementTimeoutMs) => {
    const read = await pool.use({ version, timeoutMs, signal }, async (process) => {
      try {
        return readAnswer(await runSelect(process, sql, limits), limits).rows
      } catch (error) {
        if (leavesEngineSpent(error)) process.close()
        throw error
      }
    })
    if (read.stopped) throw new Error(`The description was stopped: ${read.reason}.`)
    return read.result
  }
}
