/** One replica's own connection to the shared store: its locks go with it when the replica dies, and others call it there. */
import pg from 'pg'
import { isLostConnection } from '../../postgres/engine-failure.js'
import { lockNumber } from './lock-number.js'
import type { SharedStore } from './open-shared-store.js'
import { sharedStoreErrorOf } from './shared-store-error.js'

export interface ReplicaLine {
  /** While this number is locked, the replica lives. */
  readonly replica: string
  /** Waits for the lock of that name, in turn with the other replicas; of this one, the caller sees to it that nobody else asks. */
  lock(name: string, signal?: AbortSignal): Promise<boolean>
  unlock(name: string): Promise<void>
  /** Calls all replicas. */
  call(message: string): Promise<void>
  /** Until `close`. */
  onCall(take: (message: string) => void): void
  /** Whether the replica with that number still lives. */
  lives(replica: string): Promise<boolean>
  close(): Promise<void>
}

const channel = 'parley_calls'
/** Milliseconds between two looks at a lock that another replica has: a turn takes a second or more. */
const shortestPauseMs = 15
const longestPauseMs = 45
/** A line that broke is made anew this much later. */
const renewMs = 1_000
/** Of one statement; none of them takes more than milliseconds but where the server is at a loss. */
const statementMs = 5_000
/** The server's own limit comes first, unless nothing comes through any more. */
const answerMs = statementMs + 2_000

/** Rejects with `StoreError`. */
export async function openReplicaLine({
  pool,
  config,
}: Pick<SharedStore, 'pool' | 'config'>): Promise<ReplicaLine> {
  const replica = lockNumber(`replica ${crypto.randomUUID()}`)
  const listeners = new Set<(message: string) => void>()
  let closed = false
  let client: Promise<pg.Client>
  const connect = async (): Promise<pg.Client> => {
    const line = await connectLine(config, replica, (message) => {
      for (const listener of listeners) listener(message)
    })
    line.once('end', renew)
    return line
  }
  const renew = () => {
    if (closed) return
    const later = new Promise((resolve) => setTimeout(resolve, renewMs).unref())
    client = later.then(connect)
    client.catch(renew)
  }
  client = connect()
  await orSay(() => client)
  return {
    replica,
    lock: (name, signal) => orSay(() => takeLock(() => client, lockNumber(`lock ${name}`), signal)),
    unlock: async (name) => {
      const line = await client.catch(() => undefined)
      if (line) await giveBack(line, lockNumber(`lock ${name}`))
    },
    call: (message) =>
      orSay(async () => void (await pool.query('SELECT pg_notify($1, $2)', [channel, message]))),
    onCall: (take) => void listeners.add(take),
    lives: (other) =>
      orSay(async () => {
        if (other === replica) return true
        return !(await ask(pool, freeSql, other))
      }),
    close: async () => {
      closed = true
      const line = await client.catch(() => undefined)
      await line?.end().catch(() => {})
    },
  }
}

/** Listens, and holds the replica's number. Rejects as connecting does, and then leaves nothing open. */
async function connectLine(
  config: pg.ClientConfig,
  replica: string,
  onMessage: (message: string) => void,
): Promise<pg.Client> {
  const line = new pg.Client({
    ...config,
    statement_timeout: statementMs,
    query_timeout: answerMs,
  })
  line.on('error', () => {})
  line.on('notification', ({ payload = '' }) => onMessage(payload))
  try {
    await line.connect()
    await line.query(`LISTEN ${channel}`)
    await line.query(endFormerSql, [replica])
    await line.query('SELECT pg_advisory_lock($1)', [replica])
    return line
  } catch (error) {
    void line.end().catch(() => {})
    throw error
  }
}

/** False when the signal came first. */
async function takeLock(
  line: () => Promise<pg.Client>,
  number: string,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  while (!signal?.aborted) {
    const asking = line().then(async (client) => ({
      client,
      isTaken: await unlessBroken(client, () =>
        ask(client, 'SELECT pg_try_advisory_lock($1) AS yes', number),
      ),
    }))
    const asked = await unlessAborted(asking, signal)
    if (asked === undefined) {
      // The answer may still come, and nobody would give back what it brings.
      asking.then(
        ({ client, isTaken }) => (isTaken ? giveBack(client, number) : undefined),
        () => {},
      )
      return false
    }
    if (asked.isTaken) return true
    await pause()
  }
  return false
}

async function unlessAborted<Result>(
  work: Promise<Result>,
  signal: AbortSignal | undefined,
): Promise<Result | undefined> {
  if (signal === undefined) return work
  let stop = () => {}
  const stopped = new Promise<undefined>((resolve) => {
    stop = () => resolve(undefined)
    signal.addEventListener('abort', stop, { once: true })
  })
  try {
    return await Promise.race([work, stopped])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

/** A line that broke holds no lock any more. */
async function giveBack(line: pg.Client, number: string): Promise<void> {
  await unlessBroken(line, () => line.query('SELECT pg_advisory_unlock($1)', [number])).catch(
    () => {},
  )
}

/** A line on which nothing comes through looks whole until it is ended; then it is made anew. */
async function unlessBroken<Result>(line: pg.Client, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (isLostConnection(error)) void line.end().catch(() => {})
    throw error
  }
}

async function ask(line: Pick<pg.Client, 'query'>, sql: string, value: string): Promise<boolean> {
  const { rows } = await line.query<{ yes: boolean }>(sql, [value])
  return rows[0]?.yes === true
}

async function orSay<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    throw sharedStoreErrorOf(error) ?? error
  }
}

/** A break that the server has not noticed leaves a session there with the replica's number. */
const endFormerSql = `
  SELECT pg_terminate_backend(pid) FROM pg_locks
  WHERE locktype = 'advisory' AND granted AND objsubid = 1 AND pid <> pg_backend_pid()
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND (classid::bigint << 32) | objid::bigint = $1::bigint`

/** Taken for the statement alone. */
const freeSql = 'SELECT pg_try_advisory_xact_lock_shared($1) AS yes'

function pause(): Promise<void> {
  const ms = shortestPauseMs + Math.random() * (longestPauseMs - shortestPauseMs)
  return new Promise((resolve) => setTimeout(resolve, ms))
}
