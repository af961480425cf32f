/** A database of Apache Spark, asked over Spark Connect, as a Database: guarded by words and by Spark's own plan, limited, stopped where it runs. */
import type { Catalog } from '../catalog.js'
import type { CatalogOutline, CatalogWatch } from '../catalog-watch.js'
import type { Database, QueryFailure, QueryOptions, QueryOutcome } from '../database.js'
import { DatabaseWork } from '../database-work.js'
import { createBatches, type ReadOptions, type ReadOutcome } from '../read-all.js'
import { rejectOnAbort } from '../reject-on-abort.js'
import type { ResultLimits } from '../result-limits.js'
import { closedFailure, outOfMemoryFailure, stopFailure } from '../state-failure.js'
import { createTurns } from '../turns.js'
import { labelOf, type SparkAddress } from './address.js'
import { checkPlan } from './check-plan.js'
import { engineFailure, readSparkError } from './engine-failure.js'
import { guardSql, withinLimit } from './guard-sql.js'
import { introspectSpark } from './introspect.js'
import { readDeclaredTables } from './introspect-schema.js'
import { planOf } from './plan-of.js'
import { TooLargeError } from './read-batches.js'
import { readSize } from './read-size.js'
import { filesOf, readVersion } from './read-version.js'
import { readSelect, readTexts, runSelect } from './run-select.js'
import { SparkSession } from './spark-session.js'
import { withinTime } from './within-time.js'

export interface SparkLimits extends ResultLimits {
  readonly timeoutMs: number
  /** Statements at the same time; further ones wait for their turn. */
  readonly statements: number
  /** Milliseconds for which the data counts as unchanged, at least. */
  readonly versionHoldMs: number
}

const defaultLimits: SparkLimits = {
  maxRows: 1_000,
  timeoutMs: 60_000,
  maxColumns: 200,
  maxBytes: 2_000_000,
  maxCellCharacters: 10_000,
  statements: 4,
  versionHoldMs: 5_000,
}

/** Milliseconds for what Parley itself asks of the server. */
const ownQueryMs = 120_000

/** Rejects when the database cannot be read. `limits` replace the defaults one by one. */
export async function openSparkDatabase(
  address: SparkAddress,
  options: { readonly limits?: Partial<SparkLimits> } = {},
): Promise<Database> {
  const limits = { ...defaultLimits, ...options.limits }
  const database = new SparkDatabase(labelOf(address), limits, new SparkSession(address))
  try {
    await database.version()
    return database
  } catch (error) {
    await database.close()
    throw error
  }
}

type Failed = { readonly ok: false; readonly failure: QueryFailure }
type Attempt<Result> = { readonly ok: true; readonly result: Result } | Failed
type Allowed = Pick<QueryOptions, 'signal' | 'timeoutMs'>

class SparkDatabase implements Database {
  readonly dialect = 'spark'
  private readonly work = new DatabaseWork()
  private readonly takeTurn: ReturnType<typeof createTurns>
  private seen: { readonly version: Promise<string>; readonly until: number } | undefined
  private known: string | undefined

  constructor(
    readonly label: string,
    private readonly limits: SparkLimits,
    private readonly session: SparkSession,
  ) {
    this.takeTurn = createTurns(limits.statements)
  }

  introspect(signal?: AbortSignal, watch?: CatalogWatch): Promise<Catalog> {
    return this.work.catalog(
      () => this.version(),
      async (version) => ({ ...(await this.readCatalog(watch)), version }),
      signal,
    )
  }

  /** An unreachable server has the data that it had; the next question says what is wrong. */
  async version(): Promise<string> {
    if (this.seen === undefined || Date.now() > this.seen.until) {
      const version = this.work.track(this.look())
      this.seen = { version, until: Date.now() + this.limits.versionHoldMs }
      version.catch(() => {
        this.seen = undefined
      })
    }
    try {
      this.known = await this.seen.version
    } catch (error) {
      if (this.known === undefined) throw error
    }
    return this.known
  }

  private async look(): Promise<string> {
    await this.session.renew()
    return readVersion(this.asking())
  }

  async explain(
    sql: string,
    signal?: AbortSignal,
    timeoutMs?: number,
  ): Promise<QueryFailure | undefined> {
    const attempt = await this.attempt(sql, { signal, timeoutMs }, async () => undefined)
    return attempt.ok ? undefined : attempt.failure
  }

  async query(sql: string, options: QueryOptions = {}): Promise<QueryOutcome> {
    const start = performance.now()
    const limits = { ...this.limits, maxRows: options.maxRows ?? this.limits.maxRows }
    const attempt = await this.attempt(sql, options, (checked, signal) =>
      runSelect(this.session, checked, limits, signal),
    )
    if (!attempt.ok) return attempt
    const { rows } = attempt.result
    const elapsedMs = performance.now() - start
    return { ok: true, result: { ...attempt.result, rowCount: rows.length, elapsedMs } }
  }

  async readAll(sql: string, options: ReadOptions): Promise<ReadOutcome> {
    const { limits, signal } = options
    const batches = createBatches(options)
    const read: Parameters<typeof readSelect>[2]['read'] = { columns: [] }
    const allowed = { signal, timeoutMs: limits.timeoutMs }
    const done = await this.attempt(sql, allowed, (checked, stop) =>
      readSelect(this.session, checked, { limits, batches, signal: stop, read }),
    )
    if (done.ok) return done.result
    const isLate = done.failure.code === 'sql_timeout' && batches.rowCount > 0
    return isLate ? batches.outcome(read.columns, 'time') : done
  }

  async close(): Promise<void> {
    if (this.work.isClosed) return
    await this.work.close()
    await this.session.close()
  }

  private attempt<Result>(
    sql: string,
    allowed: Allowed,
    work: (checked: string, signal: AbortSignal) => Promise<Result>,
  ): Promise<Attempt<Result>> {
    return this.work.track(this.guardAndRun(sql, allowed, work))
  }

  private async guardAndRun<Result>(
    sql: string,
    { signal, timeoutMs = this.limits.timeoutMs }: Allowed,
    work: (checked: string, signal: AbortSignal) => Promise<Result>,
  ): Promise<Attempt<Result>> {
    if (this.work.isClosed) return failed(closedFailure)
    if (signal?.aborted) return failed(stopFailure('cancelled', 0))
    const guarded = guardSql(sql)
    if (!guarded.ok) return guarded
    const release = await this.takeTurn(signal)
    if (release === undefined) return failed(stopFailure('cancelled', 0))
    try {
      const done = await withinTime(timeoutMs, [this.work.signal, signal], async (stop) => {
        const refused = await this.check(guarded.analysed, stop)
        return refused
          ? failed(refused)
          : { ok: true as const, result: await work(guarded.sql, stop) }
      })
      return done.stopped ? failed(stopFailure(done.reason, timeoutMs)) : done.result
    } catch (error) {
      return failed(await this.failureOf(error))
    } finally {
      release()
    }
  }

  /** Binds and plans without running. The server cannot be hurried in that. */
  private async check(sql: string, stop: AbortSignal): Promise<QueryFailure | undefined> {
    stop.throwIfAborted()
    const plan = planOf(withinLimit(sql, this.limits.maxRows + 1))
    const analysing = this.session.analyze({
      explain: { plan, explain_mode: 'EXPLAIN_MODE_EXTENDED' },
    })
    const told = await Promise.race([analysing, rejectOnAbort(stop)])
    return checkPlan(told.explain?.explain_string ?? '')
  }

  private async failureOf(error: unknown): Promise<QueryFailure> {
    if (error instanceof TooLargeError) return outOfMemoryFailure
    const isUnknownName = /^(UNRESOLVED|TABLE_OR_VIEW)/.test(readSparkError(error).condition)
    return engineFailure(error, isUnknownName ? await this.columnsByTable() : new Map())
  }

  private async columnsByTable(): Promise<ReadonlyMap<string, readonly string[]>> {
    const tables = await readDeclaredTables(this.asking().read, this.work.signal).catch(() => [])
    return new Map(tables.map(({ name, columns }) => [name, columns.map((column) => column.name)]))
  }

  private readCatalog(watch?: CatalogWatch): Promise<CatalogOutline> {
    const { read, analyze } = this.asking()
    return introspectSpark(
      {
        read,
        size: (table) => readSize(analyze, table),
        files: (table) => filesOf(analyze, [table]),
      },
      this.work.signal,
      watch,
    )
  }

  /** Of Parley's own, and trusted. Rejects where there is no answer. */
  private asking() {
    return {
      analyze: (request: Parameters<SparkSession['analyze']>[0]) => this.session.analyze(request),
      read: async (sql: string) => {
        const done = await withinTime(ownQueryMs, [this.work.signal], (stop) =>
          readTexts(this.session, sql, stop),
        )
        if (done.stopped) throw new Error('The server gave no answer in time.')
        return done.result
      },
    }
  }
}

function failed(failure: QueryFailure): Failed {
  return { ok: false, failure }
}
