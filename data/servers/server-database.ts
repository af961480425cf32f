/** A server's database as a Database: guarded, read-only, limited, and connected anew when it must be. */
import type { Catalog, Dialect } from '../catalog.js'
import type { CatalogWatch } from '../catalog-watch.js'
import type { Database, QueryFailure, QueryOptions, QueryOutcome } from '../database.js'
import { DatabaseWork } from '../database-work.js'
import { joinSignals } from '../join-signals.js'
import { createBatches, type ReadOptions, type ReadOutcome } from '../read-all.js'
import { rejectOnAbort } from '../reject-on-abort.js'
import type { ResultLimits } from '../result-limits.js'
import { closedFailure, outOfMemoryFailure, stopFailure } from '../state-failure.js'
import { createFactsReader, type FactsReader } from './facts-reader.js'
import { NoAnswerError } from './no-answer-error.js'
import type { DataVersion, Guarded, ServerEngine, WholeReading } from './server-engine.js'
import type { SessionPool } from './session-pool.js'
import type { WatchedLimits } from './watch-work.js'

export interface ServerLimits extends ResultLimits {
  readonly timeoutMs: number
  /** Connections at the same time; further queries wait for their turn. */
  readonly connections: number
  /** Milliseconds that the rows a catalog was read from count as unchanged, at least. */
  readonly catalogHoldMs: number
}

const defaultLimits: ServerLimits = {
  maxRows: 1_000,
  timeoutMs: 5_000,
  maxColumns: 200,
  maxBytes: 2_000_000,
  maxCellCharacters: 10_000,
  connections: 4,
  catalogHoldMs: 10_000,
}

/** A catalog is read anew so seldom that it takes at most one part in so many of the time. */
const catalogShare = 20
const ownConnections = 2
/** Milliseconds for what Parley itself asks of the server. */
const ownQueryMs = 30_000
/** What a server may send before it is told that no more is wanted. */
const aheadBytes = 8_000_000

/** Rejects when the database cannot be read. `limits` replace the defaults one by one. */
export async function openServerDatabase<Session, Place, Facts>(
  label: string,
  engine: ServerEngine<Session, Place, Facts>,
  limits: Partial<ServerLimits> = {},
): Promise<Database> {
  const database = new ServerDatabase(label, engine, { ...defaultLimits, ...limits })
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
type Work<Session, Result> = (session: Session, sql: string) => Promise<Result>

class ServerDatabase<Session, Place, Facts> implements Database {
  readonly dialect: Dialect
  private readonly work = new DatabaseWork()
  private readonly sessions: SessionPool<Session, Place>
  /** For what Parley itself asks, so that it need not wait for long queries. */
  private readonly own: SessionPool<Session, Place>
  private readonly facts: FactsReader<Facts>
  private seen: { readonly version: DataVersion; readonly until: number } | undefined

  constructor(
    readonly label: string,
    private readonly engine: ServerEngine<Session, Place, Facts>,
    private readonly limits: ServerLimits,
  ) {
    this.dialect = engine.dialect
    this.sessions = engine.openSessions(limits.connections)
    this.own = engine.openSessions(ownConnections)
    this.facts = createFactsReader(() => engine.readFacts((place, asked) => this.ask(place, asked)))
  }

  /** Beside the questions. */
  introspect(signal?: AbortSignal, watch?: CatalogWatch): Promise<Catalog> {
    return this.work.catalog(
      () => this.version(),
      (version) => this.readCatalog(version, watch),
      signal,
    )
  }

  /**
   * Changed tables show at once, changed rows after a while: a catalog that is read anew at every row that somebody
   * writes would keep a busy server busier.
   */
  async version(): Promise<string> {
    try {
      const now = await this.ask(this.engine.placeOf(), this.engine.readVersion)
      const isHeld = this.seen?.version.shape === now.shape && Date.now() < this.seen.until
      if (!isHeld && !sameVersion(this.seen?.version, now)) {
        this.seen = { version: now, until: Date.now() + this.limits.catalogHoldMs }
      }
    } catch (error) {
      // An unreachable server has the data that it had; the next question says what is wrong.
      if (this.seen === undefined) throw error
    }
    const { shape, rows } = this.seen!.version
    return `${shape}-${rows}`
  }

  async explain(
    sql: string,
    signal?: AbortSignal,
    timeoutMs?: number,
  ): Promise<QueryFailure | undefined> {
    const attempt = await this.attempt(sql, { signal, timeoutMs }, this.engine.explain)
    return attempt.ok ? undefined : attempt.failure
  }

  async query(sql: string, options: QueryOptions = {}): Promise<QueryOutcome> {
    const start = performance.now()
    const limits = { ...this.limits, maxRows: options.maxRows ?? this.limits.maxRows }
    const attempt = await this.attempt(sql, options, (session, text) =>
      this.engine.select(session, text, limits),
    )
    if (!attempt.ok) return attempt
    const { rows } = attempt.result
    const elapsedMs = performance.now() - start
    return { ok: true, result: { ...attempt.result, rowCount: rows.length, elapsedMs } }
  }

  async readAll(sql: string, options: ReadOptions): Promise<ReadOutcome> {
    const { signal, limits } = options
    const batches = createBatches(options)
    const reading: WholeReading = { limits, batches, read: { columns: [] } }
    // What travels is longer than the cells, as each has a length before it, and comes some rows at a time.
    const maxReceivedBytes = limits.maxBytes * 2 + aheadBytes
    const watched = { signal, timeoutMs: limits.timeoutMs, maxReceivedBytes }
    const done = await this.attempt(sql, watched, (session, text) =>
      this.engine.readWhole(session, text, reading),
    )
    if (done.ok) return done.result
    const isLate = done.failure.code === 'sql_timeout' && batches.rowCount > 0
    return isLate ? batches.outcome(reading.read.columns, 'time') : done
  }

  async close(): Promise<void> {
    if (this.work.isClosed) return
    await this.work.close()
    await Promise.all([this.sessions.close(), this.own.close()])
    await this.engine.close()
  }

  private attempt<Result>(
    sql: string,
    options: Partial<WatchedLimits>,
    work: Work<Session, Result>,
  ): Promise<Attempt<Result>> {
    return this.work.track(this.guardAndRun(sql, options, work))
  }

  private async guardAndRun<Result>(
    sql: string,
    { signal, timeoutMs = this.limits.timeoutMs, maxReceivedBytes }: Partial<WatchedLimits>,
    work: Work<Session, Result>,
  ): Promise<Attempt<Result>> {
    if (this.work.isClosed) return failed(closedFailure)
    if (signal?.aborted) return failed(stopFailure('cancelled', 0))
    let facts: Facts | undefined
    const joined = joinSignals([this.work.signal, signal])
    try {
      // Neither the server's answer about names nor the parser can be hurried.
      const checked = await Promise.race([this.guard(sql), rejectOnAbort(joined.signal)])
      facts = checked.facts
      const { guarded } = checked
      if (!guarded.ok) return failed(guarded.failure)
      const watched = { timeoutMs, signal: joined.signal, maxReceivedBytes }
      const limits = { ...watched, ...this.engine.placeOf(facts) }
      const done = await this.sessions.use(limits, (session) => work(session, guarded.sql))
      if (!done.stopped) return { ok: true, result: done.result }
      const isTooLarge = done.reason === 'sql_out_of_memory'
      return failed(isTooLarge ? outOfMemoryFailure : stopFailure(done.reason, timeoutMs))
    } catch (error) {
      if (joined.signal.aborted) return failed(stopFailure('cancelled', 0))
      const columns = facts === undefined ? new Map() : this.engine.columnsByTable(facts)
      return failed(this.failureOf(error, columns, timeoutMs))
    } finally {
      joined.release()
    }
  }

  private failureOf(
    error: unknown,
    columns: ReadonlyMap<string, readonly string[]>,
    timeoutMs: number,
  ): QueryFailure {
    if (error instanceof NoAnswerError) return stopFailure('sql_timeout', timeoutMs)
    return this.engine.failureOf(error, columns, timeoutMs)
  }

  private async guard(sql: string): Promise<{ readonly facts: Facts; readonly guarded: Guarded }> {
    let facts = await this.facts.current()
    const guarded = await this.engine.guard(sql, facts, async () => {
      facts = await this.facts.newer()
      return facts
    })
    return { facts, guarded }
  }

  /** Of Parley's own, and trusted. Rejects where there is no answer. */
  private async ask<Result>(
    place: Place,
    work: (session: Session) => Promise<Result>,
  ): Promise<Result> {
    const limits = { timeoutMs: ownQueryMs, signal: this.work.signal, ...place }
    const done = await this.work.track(this.own.use(limits, work))
    if (done.stopped) throw new NoAnswerError()
    return done.result
  }

  private async readCatalog(version: string, watch?: CatalogWatch): Promise<Catalog> {
    const start = Date.now()
    this.facts.forget()
    const place = this.engine.placeOf(await this.facts.current())
    let lost: unknown
    const read = (sql: string) =>
      this.ask(place, (session) => this.engine.readTexts(session, sql)).catch((error: unknown) => {
        if (this.engine.isLostConnection(error)) lost ??= error
        throw error
      })
    const catalog = await this.engine.introspect(read, this.work.signal, watch)
    // What could not be read is left out of a catalog; what the network swallowed must not be.
    if (lost !== undefined) throw lost
    const holdMs = Math.max(this.limits.catalogHoldMs, (Date.now() - start) * catalogShare)
    if (this.seen) this.seen = { ...this.seen, until: Date.now() + holdMs }
    return { ...catalog, version }
  }
}

function sameVersion(one: DataVersion | undefined, other: DataVersion): boolean {
  return one?.shape === other.shape && one.rows === other.rows
}

function failed(failure: QueryFailure): Failed {
  return { ok: false, failure }
}
