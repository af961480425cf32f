/** One replica's own connection to the shared store: its locks go with it when the replica dies, and others call it there. */
import pg from 'pg'
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
    const fresh = new pg.Client(config)
    fresh.on('error', () => {})
    fresh.on('notification', ({ payload = '' }) => {
      for (const listener of listeners) listener(payload)
    })
    await fresh.connect()
    await fresh.query(`LISTEN ${channel}`)
    await fresh.query('SELECT pg_advisory_lock($1)', [replica])
    fresh.once('end', renew)
    return fresh
  }
  const renew = () => {
    if (closed) return
    const later = new Promise((resolve) => setTimeout(resolve, renewMs).unref())
    client = later.then(connect)
    client.catch(renew)
  }
  const ask = async (line: Pick<pg.Client, 'query'>, sql: string, value: string) => {
    const { rows } = await line.query<{ yes: boolean }>(sql, [value])
    return rows[0]?.yes === true
  }
  const orSay = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    try {
      return await work()
    } catch (error) {
      throw sharedStoreErrorOf(error) ?? error
    }
  }
  client = connect()
  await orSay(() => client)
  return {
    replica,
    lock: (name, signal) =>
      orSay(async () => {
        const number = lockNumber(`lock ${name}`)
        while (!signal?.aborted) {
          if (await ask(await client, 'SELECT pg_try_advisory_lock($1) AS yes', number)) return true
          await pause()
        }
        return false
      }),
    unlock: async (name) => {
      // A line that broke holds no lock any more.
      const line = await client.catch(() => undefined)
      await line
        ?.query('SELECT pg_advisory_unlock($1)', [lockNumber(`lock ${name}`)])
        .catch(() => {})
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

/** Taken for the statement alone. */
const freeSql = 'SELECT pg_try_advisory_xact_lock_shared($1) AS yes'

function pause(): Promise<void> {
  const ms = shortestPauseMs + Math.random() * (longestPauseMs - shortestPauseMs)
  return new Promise((resolve) => setTimeout(resolve, ms))
}
