/** Connections to a PostgreSQL server; their transactions are read-only and have the settings that the guard counts on. */
import pg from 'pg'
import { quoteName } from '../quote.js'
import { createSessionPool, graceMs, type SessionPool } from '../servers/session-pool.js'
import type { WatchedLimits, WorkStop } from '../servers/watch-work.js'
import { connectTimeoutMs } from './connect-failure.js'
import { isLostConnection } from './engine-failure.js'

export interface SearchPlace {
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

export type Sessions = SessionPool<Session, SearchPlace>

/** The server's own limit comes a little later than ours, for when we cannot reach it any more. */
const spareMs = 1_000
const lockTimeoutMs = 2_000
const idleMs = 60_000

export function openSessions(config: pg.ClientConfig, size: number): Sessions {
  const pool = new pg.Pool({
    ...config,
    max: size,
    idleTimeoutMillis: idleMs,
    connectionTimeoutMillis: connectTimeoutMs,
    allowExitOnIdle: true,
    types: { getTypeParser: () => (text: string) => text },
  })
  // A connection that ends is told by the work on it; one at rest is replaced.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return createSessionPool<pg.PoolClient, Session, SearchPlace>(
    {
      connect: () => pool.connect(),
      release: (client, isBroken) => client.release(isBroken),
      received: bytesRead,
      begin,
      sessionOn,
      cancel: (_, backend) => cancel(config, backend),
      rollBack: (client) => client.query('ROLLBACK'),
      isLost: isLostConnection,
      close: () => pool.end(),
    },
    size,
  )
}

async function cancel(config: pg.ClientConfig, backend: number): Promise<void> {
  const client = new pg.Client({ ...config, connectionTimeoutMillis: graceMs })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query('SELECT pg_cancel_backend($1)', [backend])
  } finally {
    await client.end().catch(() => {})
  }
}

/** The number of the server's process. Settings hold for this transaction alone, also behind a pooler. */
async function begin(
  client: pg.PoolClient,
  { timeoutMs, searchPath }: WatchedLimits & SearchPlace,
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

/** The driver does not show its connection in its types. */
function bytesRead(client: pg.PoolClient): number {
  const { connection } = client as unknown as { connection: { stream: { bytesRead: number } } }
  return connection.stream.bytesRead
}
