/** A few connections to one server; each piece of work runs in a read-only transaction that is always rolled back. */
import pg from 'pg'
import { quoteName } from '../quote.js'
import { createTurns } from '../turns.js'
import { connectTimeoutMs } from './connect-failure.js'
import { type WatchedLimits, type WorkStop, watchWork } from './watch-work.js'

export type SessionWork<Result> =
  | { readonly stopped: false; readonly result: Result }
  | { readonly stopped: true; readonly reason: WorkStop }

/** Time counts from when the work has a connection. */
export interface WorkLimits extends WatchedLimits {
  /** Where bare names are looked for. Empty: as the server has it. */
  readonly searchPath: readonly string[]
}

export interface SessionRows {
  readonly fields: readonly pg.FieldDef[]
  /** Cells as the server writes them. */
  readonly rows: readonly (readonly (string | null)[])[]
}

export interface Session {
  /** One statement, and no more than one: the server itself refuses a second. */
  run(sql: string): Promise<SessionRows>
  readonly stopped: boolean
}

/** Milliseconds that the server has to stop in, and to take the order to. */
const graceMs = 1_000
/** The server's own limit comes a little later than ours, for when we cannot reach it any more. */
const spareMs = 1_000
const lockTimeoutMs = 2_000
const idleMs = 60_000

export class Sessions {
  private readonly pool: pg.Pool
  private readonly takeTurn: ReturnType<typeof createTurns>

  constructor(
    private readonly config: pg.ClientConfig,
    size: number,
  ) {
    this.takeTurn = createTurns(size)
    this.pool = new pg.Pool({
      ...config,
      max: size,
      idleTimeoutMillis: idleMs,
      connectionTimeoutMillis: connectTimeoutMs,
      allowExitOnIdle: true,
      types: { getTypeParser: () => (text: string) => text },
    })
    // A connection that ends is told by the work on it; one at rest is replaced.
    this.pool.on('error', () => {})
    this.pool.on('connect', (client) => client.on('error', () => {}))
  }

  /** Rejects as connecting or the work does. */
  async use<Result>(
    limits: WorkLimits,
    work: (session: Session) => Promise<Result>,
  ): Promise<SessionWork<Result>> {
    const release = await this.takeTurn(limits.signal)
    if (!release) return { stopped: true, reason: 'cancelled' }
    try {
      const client = await this.connect(limits.signal)
      if (!client) return { stopped: true, reason: 'cancelled' }
      return await this.workOn(client, limits, work)
    } finally {
      release()
    }
  }

  close(): Promise<void> {
    return this.pool.end()
  }

  /** Undefined when the signal came first; the connection then goes back as soon as it is there. */
  private async connect(signal: AbortSignal): Promise<pg.PoolClient | undefined> {
    const connecting = this.pool.connect()
    let giveUp = () => {}
    const givenUp = new Promise<undefined>((resolve) => {
      giveUp = () => resolve(undefined)
      signal.addEventListener('abort', giveUp, { once: true })
    })
    try {
      const client = await Promise.race([connecting, givenUp])
      if (client === undefined) {
        connecting.then(
          (late) => late.release(),
          () => {},
        )
      }
      return client
    } finally {
      signal.removeEventListener('abort', giveUp)
    }
  }

  private async workOn<Result>(
    client: pg.PoolClient,
    limits: WorkLimits,
    work: (session: Session) => Promise<Result>,
  ): Promise<SessionWork<Result>> {
    const watch = watchWork(client, limits)
    let backend: number | undefined
    const running = (async () => {
      backend = await begin(client, limits)
      return work(sessionOn(client, watch.reason))
    })()
    const settled = running.then(
      () => undefined,
      () => undefined,
    )
    try {
      await Promise.race([settled, watch.told])
      if (watch.reason() !== undefined) {
        await Promise.race([Promise.all([settled, this.cancel(backend)]), delay(graceMs)])
      }
      const reason = watch.reason()
      if (reason !== undefined) return { stopped: true, reason }
      return { stopped: false, result: await running }
    } finally {
      watch.end()
      const isEnded = await Promise.race([settled.then(() => true), delay(0).then(() => false)])
      const isClean = isEnded && (await rollBack(client))
      client.release(!isClean)
    }
  }

  /** By a connection of its own, as the other one is busy; where it fails, the server's own limit ends the query. */
  private async cancel(backend: number | undefined): Promise<void> {
    if (backend === undefined) return
    const client = new pg.Client({ ...this.config, connectionTimeoutMillis: graceMs })
    client.on('error', () => {})
    try {
      await client.connect()
      await client.query('SELECT pg_cancel_backend($1)', [backend])
    } catch {
      // The caller gives the connection up.
    } finally {
      await client.end().catch(() => {})
    }
  }
}

/** The number of the server's process. Settings hold for this transaction alone, also behind a pooler. */
async function begin(
  client: pg.PoolClient,
  { timeoutMs, searchPath }: WorkLimits,
): Promise<number> {
  const statementMs = Number.isFinite(timeoutMs) ? Math.ceil(timeoutMs) + spareMs : 0
  const settings = {
    statement_timeout: statementMs,
    lock_timeout: lockTimeoutMs,
    idle_in_transaction_session_timeout: statementMs + idleMs,
    // The parser of the guard reads text so; the server must, too.
    client_encoding: "'UTF8'",
    standard_conforming_strings: 'on',
    datestyle: "'ISO, YMD'",
    intervalstyle: 'postgres',
    extra_float_digits: 1,
    bytea_output: 'hex',
    xmloption: 'content',
    ...(searchPath.length > 0 && { search_path: searchPath.map(quoteName).join(', ') }),
  }
  const lines = Object.entries(settings).map(([name, value]) => `SET LOCAL ${name} = ${value}`)
  // Several statements at once have a result each, which the driver's types do not say.
  const text = `BEGIN READ ONLY; ${lines.join('; ')}; SELECT pg_backend_pid() AS process`
  const results: unknown = await client.query(text)
  const last = (results as readonly pg.QueryResult<{ process: string }>[]).at(-1)
  return Number(last?.rows[0]?.process)
}

function sessionOn(client: pg.PoolClient, reason: () => WorkStop | undefined): Session {
  return {
    get stopped() {
      return reason() !== undefined
    },
    async run(sql) {
      // Said with a list of values, even an empty one, a query is sent as one prepared statement.
      const query = { text: sql, values: [], rowMode: 'array', queryMode: 'extended' } as const
      const { fields, rows } = await client.query<(string | null)[]>(query)
      return { fields, rows }
    },
  }
}

async function rollBack(client: pg.PoolClient): Promise<boolean> {
  const rolledBack = client.query('ROLLBACK').then(
    () => true,
    () => false,
  )
  return Promise.race([rolledBack, delay(graceMs).then(() => false)])
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref()
  })
}
