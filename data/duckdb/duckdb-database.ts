/** A DuckDB file as a Database: guarded, locked down, limited, and reopened when the file is replaced. */
import type { DuckDBConnection, DuckDBPreparedStatement } from '@duckdb/node-api'
import { StatementType } from '@duckdb/node-api'
import type { Catalog } from '../catalog.js'
import type { Database, QueryFailure, QueryOptions, QueryOutcome } from '../database.js'
import { fileVersion } from '../file-version.js'
import { type GuardRules, guardSql } from '../guard/guard-sql.js'
import { denied } from '../guard/refusal.js'
import { rejectOnAbort } from '../reject-on-abort.js'
import { closedFailure, replacementFailure, stopFailure } from '../state-failure.js'
import { DuckDbEngine } from './duckdb-engine.js'
import { engineFailure } from './engine-failure.js'
import { type ReadRows, readResult } from './read-result.js'
import { runLimited } from './run-limited.js'
import { openSqlParser, type SqlParser } from './sql-parser.js'

export interface DuckDbLimits {
  readonly maxRows: number
  readonly timeoutMs: number
  readonly maxColumns: number
  /** UTF-8 bytes of all cells together. */
  readonly maxBytes: number
  readonly maxCellCharacters: number
  readonly memoryMegabytes: number
  readonly threads: number
}

export const defaultLimits: DuckDbLimits = {
  maxRows: 1_000,
  timeoutMs: 5_000,
  maxColumns: 200,
  maxBytes: 2_000_000,
  maxCellCharacters: 10_000,
  memoryMegabytes: 512,
  threads: 2,
}

/**
 * Opens the file read-only; rejects when it is missing, damaged or being written. `limits` replace the
 * defaults one by one.
 */
export async function openDuckDbDatabase(
  path: string,
  options: { readonly label: string; readonly limits?: Partial<DuckDbLimits> },
): Promise<Database> {
  const limits = { ...defaultLimits, ...options.limits }
  const engine = await DuckDbEngine.open(path, await fileVersion(path), limits)
  try {
    return new DuckDbDatabase(path, options.label, limits, engine, await openSqlParser())
  } catch (error) {
    engine.close()
    throw error
  }
}

type Prepared<Result> = (
  statement: DuckDBPreparedStatement,
  stopped: () => boolean,
) => Promise<Result>

type Attempt<Result> =
  | { readonly ok: true; readonly result: Result }
  | { readonly ok: false; readonly failure: QueryFailure }

class DuckDbDatabase implements Database {
  readonly dialect = 'duckdb'
  private readonly closing = new AbortController()
  private reopening: Promise<unknown> = Promise.resolve()
  private engineIsSpent = false
  private readonly running = new Set<Promise<unknown>>()

  constructor(
    private readonly path: string,
    readonly label: string,
    private readonly limits: DuckDbLimits,
    private engine: DuckDbEngine,
    private readonly parser: SqlParser,
  ) {}

  async introspect(signal?: AbortSignal): Promise<Catalog> {
    signal?.throwIfAborted()
    if (this.closing.signal.aborted) throw new Error('The database is closed.')
    const engine = await this.acquireEngine()
    const catalog = engine.describe().finally(() => engine.release())
    return signal === undefined ? catalog : Promise.race([catalog, rejectOnAbort(signal)])
  }

  version(): Promise<string> {
    return fileVersion(this.path).catch(() => this.engine.version)
  }

  async explain(sql: string, signal?: AbortSignal): Promise<QueryFailure | undefined> {
    const attempt = await this.attempt(sql, { signal }, async () => undefined)
    return attempt.ok ? undefined : attempt.failure
  }

  async query(sql: string, options: QueryOptions = {}): Promise<QueryOutcome> {
    const start = performance.now()
    const limits = { ...this.limits, maxRows: options.maxRows ?? this.limits.maxRows }
    const attempt = await this.attempt(
      sql,
      options,
      async (statement, stopped): Promise<ReadRows> =>
        readResult(await statement.stream(), limits, stopped),
    )
    if (!attempt.ok) return attempt
    const elapsedMs = performance.now() - start
    return {
      ok: true,
      result: { ...attempt.result, rowCount: attempt.result.rows.length, elapsedMs },
    }
  }

  async close(): Promise<void> {
    if (this.closing.signal.aborted) return
    this.closing.abort()
    await Promise.allSettled(this.running)
    await this.reopening
    this.engine.close()
    this.parser.close()
  }

  private attempt<Result>(
    sql: string,
    options: Pick<QueryOptions, 'signal' | 'timeoutMs'>,
    work: Prepared<Result>,
  ): Promise<Attempt<Result>> {
    const attempt = this.guardAndRun(sql, options, work)
    this.running.add(attempt)
    return attempt.finally(() => this.running.delete(attempt))
  }

  private async guardAndRun<Result>(
    sql: string,
    options: Pick<QueryOptions, 'signal' | 'timeoutMs'>,
    work: Prepared<Result>,
  ): Promise<Attempt<Result>> {
    if (this.closing.signal.aborted) return failed(closedFailure)
    if (options.signal?.aborted) return failed(stopFailure('cancelled', 0))
    const engine = await this.acquireEngine().catch(replacementFailure)
    if (!(engine instanceof DuckDbEngine)) return failed(engine)
    try {
      const refused = await guardSql(sql, this.rulesFor(engine), this.parser.parse)
      return refused === undefined ? await this.runOn(engine, sql, options, work) : failed(refused)
    } finally {
      engine.release()
    }
  }

  /** A macro of the file may hide a built-in function, so its name is no longer trusted. */
  private rulesFor({ tables, macros }: DuckDbEngine): GuardRules {
    const { functions } = this.parser
    const trusted = [...functions].filter((name) => !macros.has(name))
    return { tables, functions: macros.size === 0 ? functions : new Set(trusted) }
  }

  private async runOn<Result>(
    engine: DuckDbEngine,
    sql: string,
    options: Pick<QueryOptions, 'signal' | 'timeoutMs'>,
    work: Prepared<Result>,
  ): Promise<Attempt<Result>> {
    const connection = await engine.connect()
    const signal = AbortSignal.any([
      this.closing.signal,
      ...(options.signal ? [options.signal] : []),
    ])
    const timeoutMs = options.timeoutMs ?? this.limits.timeoutMs
    try {
      const limited = await runLimited(connection, { timeoutMs, signal }, (stopped) =>
        prepareOne(connection, sql, stopped, work),
      )
      if (!limited.stopped) return limited.result
      this.engineIsSpent ||= limited.abandoned
      return failed(stopFailure(limited.reason, timeoutMs))
    } catch (error) {
      const failure = engineFailure(error, engine.columnsByTable)
      // Later queries on an engine that ran out of memory may fail for no reason of their own.
      this.engineIsSpent ||= failure.code === 'sql_out_of_memory'
      return failed(failure)
    }
  }

  /** The engine of the file as it is now, to be released; a replaced file is opened only once. */
  private acquireEngine(): Promise<DuckDbEngine> {
    const next = this.reopening.then(async () => {
      const engine = await this.reopenWhenChanged()
      engine.acquire()
      return engine
    })
    this.reopening = next.catch(() => {})
    return next
  }

  private async reopenWhenChanged(): Promise<DuckDbEngine> {
    const version = await this.version()
    if (version === this.engine.version && !this.engineIsSpent) return this.engine
    const engine = await DuckDbEngine.open(this.path, version, this.limits)
    this.engine.close()
    this.engineIsSpent = false
    this.engine = engine
    return engine
  }
}

/** The statement's kind is a second check behind the guard. */
async function prepareOne<Result>(
  connection: DuckDBConnection,
  sql: string,
  stopped: () => boolean,
  work: Prepared<Result>,
): Promise<Attempt<Result>> {
  const statements = await connection.extractStatements(sql)
  if (statements.count !== 1) return failed(denied('Only one statement is allowed.', []))
  const statement = await statements.prepare(0)
  if (statement.statementType !== StatementType.SELECT) {
    return failed(denied('Only a SELECT that reads the data is allowed.', []))
  }
  return { ok: true, result: await work(statement, stopped) }
}

function failed(failure: QueryFailure): { readonly ok: false; readonly failure: QueryFailure } {
  return { ok: false, failure }
}
