/** A PostgreSQL database as a Database: guarded by PostgreSQL's own parser, read-only, limited, and connected anew when it must be. */
import type { ConnectionOptions } from 'node:tls'
import type { Catalog } from '../catalog.js'
import type { Database, QueryFailure, QueryOptions, QueryOutcome } from '../database.js'
import { DatabaseWork } from '../database-work.js'
import { joinSignals } from '../join-signals.js'
import type { ReadOptions, ReadOutcome } from '../read-all.js'
import { rejectOnAbort } from '../reject-on-abort.js'
import type { ResultLimits } from '../result-limits.js'
import { closedFailure, outOfMemoryFailure, stopFailure } from '../state-failure.js'
import { clientConfig, labelOf, type PostgresAddress } from './address.js'
import { engineFailure, isLostConnection } from './engine-failure.js'
import { guardSql } from './guard-sql.js'
import { introspectPostgres } from './introspect.js'
import { columnsByTable } from './known-names.js'
import { createNamesReader, type Facts } from './names-reader.js'
import { readSelect } from './read-select.js'
import { type DataVersion, readVersion } from './read-version.js'
import { explainSelect, readTexts, runSelect, type TypeNames } from './run-select.js'
import { type Session, Sessions } from './sessions.js'
import { openSqlParser, type SqlParser } from './sql-parser.js'
import type { WatchedLimits } from './watch-work.js'

export interface PostgresLimits extends ResultLimits {
  readonly timeoutMs: number
  /** Connections at the same time; further queries wait for their turn. */
  readonly connections: number
  /** Milliseconds that the rows a catalog was read from count as unchanged, at least. */
  readonly catalogHoldMs: number
}

const defaultLimits: PostgresLimits = {
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

/** `tls` is the way of the address that worked. Rejects when the database cannot be read. `limits` replace the defaults one by one. */
export async function openPostgresDatabase(
  address: PostgresAddress,
  tls: false | ConnectionOptions,
  options: { readonly limits?: Partial<PostgresLimits> } = {},
): Promise<Database> {
  const limits = { ...defaultLimits, ...options.limits }
  const config = clientConfig(address, tls)
  const pools = {
    sessions: new Sessions(config, limits.connections),
    own: new Sessions(config, ownConnections),
  }
  const database = new PostgresDatabase(labelOf(address), limits, pools, openSqlParser())
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

class PostgresDatabase implements Database {
  readonly dialect = 'postgres'
  private readonly work = new DatabaseWork()
  private readonly types: TypeNames = new Map()
  private readonly sessions: Sessions
  /** For what Parley itself asks, so that it need not wait for long queries. */
  private readonly own: Sessions
  private readonly names = createNamesReader((...asked) => this.ask(...asked))
  private seen: { readonly version: DataVersion; readonly until: number } | undefined

  constructor(
    readonly label: string,
    private readonly limits: PostgresLimits,
    pools: { readonly sessions: Sessions; readonly own: Sessions },
    private readonly parser: SqlParser,
  ) {
    this.sessions = pools.sessions
    this.own = pools.own
  }

  /** Beside the questions. */
  introspect(signal?: AbortSignal): Promise<Catalog> {
    return this.work.catalog(
      () => this.version(),
      (version) => this.readCatalog(version),
      signal,
    )
  }

  /**
   * Changed tables show at once, changed rows after a while: a catalog that is read anew at every row that somebody
   * writes would keep a busy server busier.
   */
  async version(): Promise<string> {
    try {
      const now = await this.ask([], readVersion)
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
    const attempt = await this.attempt(sql, { signal, timeoutMs }, (session) =>
      explainSelect(session, sql),
    )
    return attempt.ok ? undefined : attempt.failure
  }

  async query(sql: string, options: QueryOptions = {}): Promise<QueryOutcome> {
    const start = performance.now()
    const limits = { ...this.limits, maxRows: options.maxRows ?? this.limits.maxRows }
    const attempt = await this.attempt(sql, options, (session) =>
      runSelect(session, sql, limits, this.types),
    )
    if (!attempt.ok) return attempt
    const { rows } = attempt.result
    const elapsedMs = performance.now() - start
    return { ok: true, result: { ...attempt.result, rowCount: rows.length, elapsedMs } }
  }

  readAll(sql: string, options: ReadOptions): Promise<ReadOutcome> {
    return readSelect((...asked) => this.attempt(sql, ...asked), sql, options, this.types)
  }

  async close(): Promise<void> {
    if (this.work.isClosed) return
    await this.work.close()
    await Promise.all([this.sessions.close(), this.own.close()])
    await this.parser.close()
  }

  private attempt<Result>(
    sql: string,
    options: Partial<WatchedLimits>,
    work: (session: Session) => Promise<Result>,
  ): Promise<Attempt<Result>> {
    return this.work.track(this.guardAndRun(sql, options, work))
  }

  private async guardAndRun<Result>(
    sql: string,
    { signal, timeoutMs = this.limits.timeoutMs, maxReceivedBytes }: Partial<WatchedLimits>,
    work: (session: Session) => Promise<Result>,
  ): Promise<Attempt<Result>> {
    if (this.work.isClosed) return failed(closedFailure)
    if (signal?.aborted) return failed(stopFailure('cancelled', 0))
    let facts: Facts | undefined
    const joined = joinSignals([this.work.signal, signal])
    try {
      // Neither the server's answer about names nor the parser can be hurried.
      const checked = await Promise.race([this.guard(sql), rejectOnAbort(joined.signal)])
      facts = checked.facts
      if (checked.refused !== undefined) return failed(checked.refused)
      const { searchPath } = facts
      const limits = { timeoutMs, signal: joined.signal, searchPath, maxReceivedBytes }
      const done = await this.sessions.use(limits, work)
      if (!done.stopped) return { ok: true, result: done.result }
      const isTooLarge = done.reason === 'sql_out_of_memory'
      return failed(isTooLarge ? outOfMemoryFailure : stopFailure(done.reason, timeoutMs))
    } catch (error) {
      if (joined.signal.aborted) return failed(stopFailure('cancelled', 0))
      const columns = facts === undefined ? new Map() : columnsByTable(facts.names)
      return failed(engineFailure(error, columns, timeoutMs))
    } finally {
      joined.release()
    }
  }

  private async guard(sql: string): Promise<{ readonly facts: Facts; refused?: QueryFailure }> {
    const known = await this.names.current()
    let facts = known
    const refused = await guardSql(sql, this.parser, known.names, async () => {
      facts = await this.names.after(known)
      return facts.names
    })
    return { facts, refused }
  }

  /** Of Parley's own, and trusted. Rejects where there is no answer. */
  private async ask<Result>(
    searchPath: readonly string[],
    work: (session: Session) => Promise<Result>,
  ): Promise<Result> {
    const limits = { timeoutMs: ownQueryMs, signal: this.work.signal, searchPath }
    const done = await this.work.track(this.own.use(limits, work))
    if (done.stopped) throw new NoAnswerError()
    return done.result
  }

  private async readCatalog(version: string): Promise<Catalog> {
    const start = Date.now()
    this.names.forget()
    const { searchPath } = await this.names.current()
    let lost: unknown
    const read = (sql: string) =>
      this.ask(searchPath, (session) => readTexts(session, sql)).catch((error: unknown) => {
        if (isLostConnection(error)) lost ??= error
        throw error
      })
    const catalog = await introspectPostgres(read, this.work.signal)
    // What could not be read is left out of a catalog; what the network swallowed must not be.
    if (lost !== undefined) throw lost
    const holdMs = Math.max(this.limits.catalogHoldMs, (Date.now() - start) * catalogShare)
    if (this.seen) this.seen = { ...this.seen, until: Date.now() + holdMs }
    return { ...catalog, version }
  }
}

class NoAnswerError extends Error {
  /** As the server itself calls a query that took too long. */
  readonly code = '57014'
  constructor() {
    super('The server gave no answer in time.')
  }
}

function sameVersion(one: DataVersion | undefined, other: DataVersion): boolean {
  return one?.shape === other.shape && one.rows === other.rows
}

function failed(failure: QueryFailure): Failed {
  return { ok: false, failure }
}
