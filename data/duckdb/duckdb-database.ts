/** A DuckDB file as a Database: guarded, locked down and limited, in processes that can be killed. */
import { basename } from 'node:path'
import type { Catalog } from '../catalog.js'
import type { CatalogWatch } from '../catalog-watch.js'
import type { Database, QueryFailure, QueryOptions, QueryOutcome } from '../database.js'
import { DatabaseWork } from '../database-work.js'
import { EngineError, EngineProcess, ProcessEndedError } from '../engine-process/engine-process.js'
import { ProcessPool } from '../engine-process/process-pool.js'
import { fileVersion } from '../file-version.js'
import { joinSignals } from '../join-signals.js'
import { policyMark, type RowPolicy } from '../policies/row-policy.js'
import type { ReadOptions, ReadOutcome } from '../read-all.js'
import type { ResultLimits } from '../result-limits.js'
import {
  closedFailure,
  endedAtOpenFailure,
  replacementFailure,
  stopFailure,
} from '../state-failure.js'
import { checkRowPolicy } from './check-row-policy.js'
import { describeDuckDb } from './describe-duckdb.js'
import {
  duckDbProgram,
  type EngineLimits,
  fileToOpen,
  type OpenedFile,
  readFunctions,
} from './duckdb-program.js'
import { guardedSelect, rulesOf, type SelectOutcome } from './guarded-select.js'
import { readAllOfFile } from './read-all.js'

export interface DuckDbLimits extends ResultLimits, EngineLimits {
  readonly timeoutMs: number
  /** Queries that run at the same time. */
  readonly children: number
}

export const defaultLimits: DuckDbLimits = {
  maxRows: 1_000,
  timeoutMs: 5_000,
  maxColumns: 200,
  maxBytes: 2_000_000,
  maxCellCharacters: 10_000,
  memoryMegabytes: 512,
  threads: 2,
  children: 2,
}

export interface DuckDbOptions {
  readonly label: string
  /** Replace the defaults one by one. */
  readonly limits?: Partial<DuckDbLimits>
  /** Only the rows that it allows can be read, described or counted, whatever the SQL. */
  readonly policy?: RowPolicy
}

/**
 * Opens the file read-only; rejects when it is missing, damaged or being written, and with a RowPolicyError when the
 * policy cannot be used.
 */
export async function openDuckDbDatabase(path: string, options: DuckDbOptions): Promise<Database> {
  const limits = { ...defaultLimits, ...options.limits }
  if (options.policy) await checkPolicy(options.policy)
  const database = new DuckDbDatabase(path, options, limits)
  try {
    await database.open()
    return database
  } catch (error) {
    await database.close()
    throw error
  }
}

type Stopping = Pick<QueryOptions, 'signal' | 'timeoutMs'>
type Failed = { readonly ok: false; readonly failure: QueryFailure }

/** In a process of its own, which opens no file. */
async function checkPolicy(policy: RowPolicy): Promise<void> {
  const process = new EngineProcess(duckDbProgram)
  try {
    await checkRowPolicy(process, policy, await readFunctions(process))
  } finally {
    process.close()
  }
}

class DuckDbDatabase implements Database {
  readonly dialect = 'duckdb'
  readonly label: string
  private readonly pool: ProcessPool<OpenedFile>
  private readonly file: object
  private readonly work = new DatabaseWork()
  /** Set after the version: what two users may see is never taken for the same. */
  private readonly policyMark: string
  private builtIn: ReadonlySet<string> = new Set()
  private lastVersion = ''

  constructor(
    private readonly path: string,
    { label, policy }: DuckDbOptions,
    private readonly limits: DuckDbLimits,
  ) {
    this.label = label
    this.policyMark = policy === undefined ? '' : `-${policyMark(policy)}`
    this.file = fileToOpen(path, limits, policy)
    const { children } = limits
    this.pool = new ProcessPool({ program: duckDbProgram, open: this.file, children })
  }

  /** Rejects when the file cannot be opened and read. */
  async open(): Promise<void> {
    const version = (await fileVersion(this.path)) + this.policyMark
    const { signal } = this.work
    const { timeoutMs } = this.limits
    const opened = await this.pool.use({ version, timeoutMs, signal }, readFunctions)
    if (opened.stopped) throw new Error('The file could not be opened in time.')
    this.builtIn = opened.result
    this.lastVersion = version
    void this.pool.warm(version)
  }

  introspect(signal?: AbortSignal, watch?: CatalogWatch): Promise<Catalog> {
    return this.work.catalog(
      () => this.version(),
      (version) => this.describe(version, watch),
      signal,
    )
  }

  async version(): Promise<string> {
    const file = await fileVersion(this.path).catch(() => undefined)
    if (file !== undefined) this.lastVersion = file + this.policyMark
    return this.lastVersion
  }

  async explain(
    sql: string,
    signal?: AbortSignal,
    timeoutMs?: number,
  ): Promise<QueryFailure | undefined> {
    const outcome = await this.attempt(sql, { signal, timeoutMs }, undefined)
    return outcome.ok ? undefined : outcome.failure
  }

  async query(sql: string, options: QueryOptions = {}): Promise<QueryOutcome> {
    const start = performance.now()
    const limits = { ...this.limits, maxRows: options.maxRows ?? this.limits.maxRows }
    const outcome = await this.attempt(sql, options, limits)
    if (!outcome.ok) return outcome
    return { ok: true, result: { ...outcome.result!, elapsedMs: performance.now() - start } }
  }

  readAll(sql: string, options: ReadOptions): Promise<ReadOutcome> {
    return this.work.track(this.readFile(sql, options))
  }

  async close(): Promise<void> {
    await this.work.close()
    this.pool.close()
  }

  private describe(version: string, watch?: CatalogWatch): Promise<Catalog> {
    const { pool, file, work } = this
    return describeDuckDb({ pool, file, version }, work.signal, watch)
  }

  private async readFile(sql: string, options: ReadOptions): Promise<ReadOutcome> {
    if (this.work.isClosed) return failed(closedFailure)
    const { signal, release } = joinSignals([this.work.signal, options.signal])
    try {
      return await readAllOfFile(this.file, this.builtIn, sql, { ...options, signal })
    } catch (error) {
      return failed(this.openFailure(error))
    } finally {
      release()
    }
  }

  private attempt(
    sql: string,
    options: Stopping,
    limits: ResultLimits | undefined,
  ): Promise<SelectOutcome> {
    return this.work.track(this.guardAndRun(sql, options, limits))
  }

  private async guardAndRun(
    sql: string,
    { signal, timeoutMs = this.limits.timeoutMs }: Stopping,
    limits: ResultLimits | undefined,
  ): Promise<SelectOutcome> {
    if (this.work.isClosed) return failed(closedFailure)
    if (signal?.aborted) return failed(stopFailure('cancelled', 0))
    const version = await this.version()
    const joined = joinSignals([this.work.signal, signal])
    try {
      const limited = await this.pool.use(
        { version, timeoutMs, signal: joined.signal },
        (process, opened) => guardedSelect(process, sql, rulesOf(opened, this.builtIn), limits),
      )
      return limited.stopped ? failed(stopFailure(limited.reason, timeoutMs)) : limited.result
    } catch (error) {
      return failed(this.openFailure(error))
    } finally {
      joined.release()
    }
  }

  /** The engine names the file by its whole path. */
  private openFailure(error: unknown): QueryFailure {
    if (error instanceof ProcessEndedError) return endedAtOpenFailure
    if (!(error instanceof EngineError)) throw error
    return replacementFailure(new Error(error.message.replaceAll(this.path, basename(this.path))))
  }
}

function failed(failure: QueryFailure): Failed {
  return { ok: false, failure }
}
