/** A SQLite file as a Database: read-only, guarded by the engine's own program, in processes that can be killed. */
import type { Catalog } from '../catalog.js'
import type { CatalogWatch } from '../catalog-watch.js'
import type { Database, QueryFailure, QueryOptions, QueryOutcome } from '../database.js'
import { DatabaseWork } from '../database-work.js'
import {
  EngineError,
  type EngineProcess,
  ProcessEndedError,
} from '../engine-process/engine-process.js'
import { ProcessPool } from '../engine-process/process-pool.js'
import { joinSignals } from '../join-signals.js'
import type { ReadOptions, ReadOutcome } from '../read-all.js'
import type { ResultLimits } from '../result-limits.js'
import {
  closedFailure,
  endedAtOpenFailure,
  replacementFailure,
  stopFailure,
} from '../state-failure.js'
import { lockedFailure } from './engine-failure.js'
import { sqliteFileVersion } from './file-version.js'
import { checkSelect, runSelect } from './guarded-select.js'
import { introspectSqlite } from './introspect.js'
import { readAllOfFile } from './read-all.js'
import { rowReader } from './read-rows.js'
import { readSchemaFacts, type SchemaFacts } from './schema-facts.js'
import { singleSelect } from './single-select.js'
import {
  type FileToOpen,
  type OpenedFile,
  sqliteProgram,
  usualFileLimits,
} from './sqlite-program.js'

export interface SqliteLimits extends ResultLimits, Omit<FileToOpen, 'path'> {
  readonly timeoutMs: number
  /** Queries that run at the same time. */
  readonly children: number
}

const defaultSqliteLimits: SqliteLimits = {
  maxRows: 1_000,
  timeoutMs: 5_000,
  maxColumns: 200,
  maxBytes: 2_000_000,
  maxCellCharacters: 10_000,
  children: 2,
  ...usualFileLimits,
}

/**
 * Opens the file read-only; rejects when it is missing, damaged or locked by a writer. `limits` replace the defaults one
 * by one. Virtual tables cannot be read.
 */
export async function openSqliteDatabase(
  path: string,
  options: { readonly label: string; readonly limits?: Partial<SqliteLimits> },
): Promise<Database> {
  const limits = { ...defaultSqliteLimits, ...options.limits }
  const database = new SqliteDatabase(path, options.label, limits)
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
type Work<Outcome> = (process: EngineProcess, sql: string, facts: SchemaFacts) => Promise<Outcome>

/** A file that was written while it was read without locks is read again, at most so many times in all. */
const mostReads = 3

class SqliteDatabase implements Database {
  readonly dialect = 'sqlite'
  private readonly pool: ProcessPool<OpenedFile>
  private readonly file: FileToOpen
  private readonly work = new DatabaseWork()
  private lastVersion = ''
  private known: { readonly version: string; readonly facts: SchemaFacts } | undefined

  constructor(
    private readonly path: string,
    readonly label: string,
    private readonly limits: SqliteLimits,
  ) {
    const { children, busyTimeoutMs, maxHeapBytes, maxMemoryBytes } = limits
    this.file = { path, busyTimeoutMs, maxHeapBytes, maxMemoryBytes }
    this.pool = new ProcessPool({ program: sqliteProgram, open: this.file, children })
  }

  /** Rejects when the file cannot be opened and read. */
  async open(): Promise<void> {
    const version = await sqliteFileVersion(this.path)
    const { signal } = this.work
    const timeoutMs = this.limits.timeoutMs + this.limits.busyTimeoutMs
    const opened = await this.pool.use({ version, timeoutMs, signal }, (process) =>
      this.factsOf(process, version),
    )
    if (opened.stopped) throw new Error('The file could not be opened in time.')
  }

  /** In a process of its own, so that questions need not wait. */
  introspect(signal?: AbortSignal, watch?: CatalogWatch): Promise<Catalog> {
    return this.work.catalog(
      () => this.version(),
      () => introspectSqlite(this.path, this.work.signal, watch),
      signal,
    )
  }

  async version(): Promise<string> {
    this.lastVersion = await sqliteFileVersion(this.path).catch(() => this.lastVersion)
    return this.lastVersion
  }

  async explain(
    sql: string,
    signal?: AbortSignal,
    timeoutMs?: number,
  ): Promise<QueryFailure | undefined> {
    const outcome = await this.attempt(sql, { signal, timeoutMs }, (process, select, facts) =>
      checkSelect(process, select, facts, this.limits),
    )
    return outcome.ok ? undefined : outcome.failure
  }

  async query(sql: string, options: QueryOptions = {}): Promise<QueryOutcome> {
    const start = performance.now()
    const limits = { ...this.limits, maxRows: options.maxRows ?? this.limits.maxRows }
    const outcome = await this.attempt(sql, options, (process, select, facts) =>
      runSelect(process, select, facts, limits),
    )
    if (!outcome.ok) return outcome
    return { ok: true, result: { ...outcome.result, elapsedMs: performance.now() - start } }
  }

  async readAll(sql: string, options: ReadOptions): Promise<ReadOutcome> {
    if (this.work.isClosed) return failed(closedFailure)
    const { signal, release } = joinSignals([this.work.signal, options.signal])
    try {
      return await this.work.track(readAllOfFile(this.file, sql, { ...options, signal }))
    } catch (error) {
      return failed(openFailure(error))
    } finally {
      release()
    }
  }

  async close(): Promise<void> {
    await this.work.close()
    this.pool.close()
  }

  private attempt<Outcome>(
    text: string,
    options: Stopping,
    work: Work<Outcome>,
  ): Promise<Outcome | Failed> {
    return this.work.track(this.guardAndRun(text, options, work))
  }

  private async guardAndRun<Outcome>(
    text: string,
    options: Stopping,
    work: Work<Outcome>,
  ): Promise<Outcome | Failed> {
    if (this.work.isClosed) return failed(closedFailure)
    if (options.signal?.aborted) return failed(stopFailure('cancelled', 0))
    const single = singleSelect(text)
    if (!single.ok) return single
    for (let reads = 1; ; reads++) {
      const version = await this.version()
      const outcome = await this.runOnce(single.sql, version, options, work)
      const isSure = !('isUnlocked' in outcome) || !outcome.isUnlocked || reads === mostReads
      if (isSure || (await this.version()) === version) return outcome.result
    }
  }

  private async runOnce<Outcome>(
    sql: string,
    version: string,
    options: Stopping,
    work: Work<Outcome>,
  ): Promise<{ readonly result: Outcome | Failed; readonly isUnlocked?: boolean }> {
    const timeoutMs = options.timeoutMs ?? this.limits.timeoutMs
    const joined = joinSignals([this.work.signal, options.signal])
    try {
      const limited = await this.pool.use(
        { version, timeoutMs, signal: joined.signal },
        async (process, { isUnlocked }) => ({
          result: await work(process, sql, await this.factsOf(process, version)),
          isUnlocked,
        }),
      )
      if (!limited.stopped) return limited.result
      return { result: failed(stopFailure(limited.reason, timeoutMs)) }
    } catch (error) {
      return { result: failed(openFailure(error)) }
    } finally {
      joined.release()
    }
  }

  private async factsOf(process: EngineProcess, version: string): Promise<SchemaFacts> {
    if (this.known?.version !== version) {
      this.known = { version, facts: await readSchemaFacts(rowReader(process)) }
    }
    return this.known.facts
  }
}

function failed(failure: QueryFailure): Failed {
  return { ok: false, failure }
}

function openFailure(error: unknown): QueryFailure {
  if (error instanceof ProcessEndedError) return endedAtOpenFailure
  const isLocked = error instanceof EngineError && /^SQLITE_(BUSY|LOCKED)/.test(error.code)
  return isLocked ? lockedFailure : replacementFailure(error)
}
