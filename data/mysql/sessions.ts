/** Connections to a MySQL or MariaDB server; their transactions are read-only and have the settings that the guard counts on. */
import mysql from 'mysql2'
import { createSessionPool, graceMs, type SessionPool } from '../servers/session-pool.js'
import type { WorkStop } from '../servers/watch-work.js'
import type { ColumnField } from './column-kind.js'
import { isLostConnection } from './engine-failure.js'

/** A transaction depends on nothing but its limits. */
export type NoPlace = object

/** Cells as the server writes them. */
export type CellRow = readonly (Buffer | null)[]

export interface SessionRows {
  readonly fields: readonly ColumnField[]
  readonly rows: readonly CellRow[]
}

export interface Session {
  /** One statement, and no more than one: the server itself refuses a second. */
  run(sql: string): Promise<SessionRows>
  /** Row after row; the next ones come when `take` has resolved, and none after it said false. Tells the columns. */
  stream(sql: string, take: TakeRow): Promise<readonly ColumnField[]>
  readonly stopped: boolean
}

export type TakeRow = (row: CellRow, fields: readonly ColumnField[]) => boolean | Promise<boolean>

export type Sessions = SessionPool<Session, NoPlace>

/** The server's own limit comes a little later than ours, for when we cannot reach it any more. */
const spareMs = 1_000
const lockTimeoutSeconds = 2
const idleMs = 60_000

/**
 * SQL is read as the standard has it: `"x"` is a name, `||` joins texts, a backslash is a backslash. The guard reads it so,
 * and so does all other code here.
 */
const sqlMode =
  'ANSI_QUOTES,PIPES_AS_CONCAT,NO_BACKSLASH_ESCAPES,ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'
/** Digits that a division adds; four of them, as is usual, would round shares. */
const divisionDigits = 10
/** Bytes of one GROUP_CONCAT; what is longer is told as a warning. */
export const longestConcat = 16_000_000

const settings: Readonly<Record<string, string | number>> = {
  sql_mode: `'${sqlMode}'`,
  character_set_client: 'utf8mb4',
  character_set_connection: 'utf8mb4',
  character_set_results: 'utf8mb4',
  time_zone: "'+00:00'",
  lc_time_names: "'en_US'",
  div_precision_increment: divisionDigits,
  group_concat_max_len: longestConcat,
  sql_auto_is_null: 0,
  sql_select_limit: 'DEFAULT',
  lock_wait_timeout: lockTimeoutSeconds,
  innodb_lock_wait_timeout: lockTimeoutSeconds,
}

export function openSessions(config: mysql.PoolOptions, size: number): Sessions {
  const pool = mysql.createPool({ ...config, connectionLimit: size, idleTimeout: idleMs })
  const spent = new WeakSet<mysql.PoolConnection>()
  let limitOf: ((timeoutMs: number) => string) | undefined
  return createSessionPool<mysql.PoolConnection, Session, NoPlace>(
    {
      connect: () => connect(pool),
      release: (client, isBroken) => (isBroken ? client.destroy() : client.release()),
      received: bytesRead,
      async begin(client, { timeoutMs }) {
        limitOf ??= await findTimeLimit(client)
        const all = Object.entries(settings).map(([name, value]) => `${name} = ${value}`)
        await run(client, `SET SESSION ${[...all, limitOf(timeoutMs)].join(', ')}`)
        await run(client, 'START TRANSACTION READ ONLY')
        return client.threadId
      },
      sessionOn: (client, reason) => sessionOn(client, reason, () => spent.add(client)),
      async cancel(client, backend) {
        // An order that comes late would end whatever the connection did next.
        spent.add(client)
        await kill(config, backend)
      },
      async rollBack(client) {
        if (!spent.has(client)) return run(client, 'ROLLBACK')
        await kill(config, client.threadId)
        throw new Error('The connection was given up.')
      },
      isLost: isLostConnection,
      close: () => new Promise((resolve) => pool.end(() => resolve())),
    },
    size,
  )
}

function connect(pool: mysql.Pool): Promise<mysql.PoolConnection> {
  return new Promise((resolve, reject) => {
    pool.getConnection((error, client) => {
      if (error) return reject(error)
      // What ends a connection is told by the work on it.
      if (client.listenerCount('error') < 2) client.on('error', () => {})
      resolve(client)
    })
  })
}

/** MariaDB counts seconds, MySQL milliseconds; zero is without end. */
async function findTimeLimit(client: mysql.PoolConnection): Promise<(timeoutMs: number) => string> {
  const { rows } = await run(client, 'SELECT VERSION()')
  const isMariaDb = /mariadb/i.test(String(rows[0]?.[0]))
  return (timeoutMs) => {
    const ms = Number.isFinite(timeoutMs) ? Math.ceil(timeoutMs) + spareMs : 0
    return isMariaDb ? `max_statement_time = ${ms / 1_000}` : `max_execution_time = ${ms}`
  }
}

async function kill(config: mysql.PoolOptions, backend: number): Promise<void> {
  const client = mysql.createConnection({ ...config, connectTimeout: graceMs })
  client.on('error', () => {})
  try {
    await run(client, `KILL QUERY ${backend}`)
  } finally {
    client.destroy()
  }
}

function sessionOn(
  client: mysql.PoolConnection,
  reason: () => WorkStop | undefined,
  giveUp: () => void,
): Session {
  let isGivenUp = false
  return {
    get stopped() {
      return isGivenUp || reason() !== undefined
    },
    run: (sql) => run(client, sql),
    stream: (sql, take) =>
      stream(client, sql, take, () => {
        isGivenUp = true
        giveUp()
      }),
  }
}

function run(client: mysql.Connection, sql: string): Promise<SessionRows> {
  return new Promise((resolve, reject) => {
    client.query(sql, (error: mysql.QueryError | null, rows: unknown, fields: unknown) => {
      if (error) reject(error)
      else
        resolve({
          fields: (fields ?? []) as readonly ColumnField[],
          rows: Array.isArray(rows) ? (rows as CellRow[]) : [],
        })
    })
  })
}

/** Said without a callback, a query tells of each row; a connection that is paused takes no more from the network. */
async function stream(
  client: mysql.PoolConnection,
  sql: string,
  take: TakeRow,
  giveUp: () => void,
): Promise<readonly ColumnField[]> {
  const query = client.query(sql)
  let fields: readonly ColumnField[] = []
  let isOver = false
  let lost = (_: Error) => {}
  await new Promise<void>((resolve, reject) => {
    // Of a connection that ends, a query without a callback hears nothing.
    lost = reject
    client.on('error', lost)
    const stop = () => {
      isOver = true
      giveUp()
      resolve()
    }
    const onTaken = (isWanted: boolean) => (isWanted ? client.resume() : stop())
    query.on('fields', (found) => {
      fields = (found ?? []) as unknown as readonly ColumnField[]
    })
    query.on('result', (row) => {
      if (isOver) return
      const taken = take(row as unknown as CellRow, fields)
      if (taken === false) stop()
      if (typeof taken !== 'object') return
      client.pause()
      taken.then(onTaken, reject)
    })
    query.on('error', reject)
    query.on('end', resolve)
  }).finally(() => client.off('error', lost))
  return fields
}

function bytesRead(client: mysql.PoolConnection): number {
  const { stream } = client as unknown as { stream: { bytesRead: number } }
  return stream.bytesRead
}
