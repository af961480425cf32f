/** Describes a DuckDB file through its processes, one statement at a time, so that questions need not wait. */
import type { Catalog } from '../catalog.js'
import type { CatalogWatch } from '../catalog-watch.js'
import { ProcessEndedError } from '../engine-process/engine-process.js'
import { ProcessPool } from '../engine-process/process-pool.js'
import { duckDbProgram, type OpenedFile, runSelect } from './duckdb-program.js'
import { leavesEngineSpent } from './engine-failure.js'
import { introspectDuckDb } from './introspect.js'
import { readAnswer } from './read-answer.js'
import { LateError, type ReadRows } from './read-rows.js'

/** Of statements that bring no limit of their own. */
const statementTimeoutMs = 30_000
/**
 * The engine keeps 0.4 MB or so of each table that it read, and never forgets it: of a file with 5,000 tables it ran out of
 * memory behind the first thousand. What fails so is read by another process; behind so many tables none is kept.
 */
const manyTables = 300
/** As many processes as may be spent, and one that is new. */
const tries = 3

const limits = {
  maxRows: 1_000_000,
  maxColumns: 10_000,
  maxBytes: 200_000_000,
  maxCellCharacters: 1_000_000,
}

export interface DescribedFile {
  readonly pool: ProcessPool<OpenedFile>
  /** What its processes are told to open. */
  readonly file: object
  readonly version: string
}

/** Rejects when the file cannot be read, or when `signal` is aborted. */
export async function describeDuckDb(
  { pool, file, version }: DescribedFile,
  signal: AbortSignal,
  watch?: CatalogWatch,
): Promise<Catalog> {
  const open = { ...file, threads: 1 }
  // Started by the first table that is large enough.
  const single = new ProcessPool<OpenedFile>({ program: duckDbProgram, open, children: 1 })
  const read: ReadRows = (sql, { timeoutMs = statementTimeoutMs, isRepeatable = false } = {}) =>
    readThrough(isRepeatable ? single : pool, sql, { version, timeoutMs, signal })
  try {
    const catalog = { ...(await introspectDuckDb(read, signal, watch)), version }
    if (catalog.tables.length > manyTables) void pool.renew(version)
    return catalog
  } finally {
    single.close()
  }
}

async function readThrough(
  pool: ProcessPool<OpenedFile>,
  sql: string,
  work: Parameters<ProcessPool<OpenedFile>['use']>[0],
) {
  for (let left = tries - 1; ; left--) {
    try {
      return await readOnce(pool, sql, work)
    } catch (error) {
      const isSpent = leavesEngineSpent(error) || error instanceof ProcessEndedError
      if (!isSpent || left === 0 || work.signal.aborted) throw error
    }
  }
}

async function readOnce(
  pool: ProcessPool<OpenedFile>,
  sql: string,
  work: Parameters<ProcessPool<OpenedFile>['use']>[0],
) {
  const read = await pool.use(work, async (process) => {
    try {
      return readAnswer(await runSelect(process, sql, limits), limits).rows
    } catch (error) {
      if (leavesEngineSpent(error)) process.close()
      throw error
    }
  })
  if (!read.stopped) return read.result
  throw read.reason === 'sql_timeout' ? new LateError() : new Error('The description was stopped.')
}
