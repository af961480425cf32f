/** A few connections to one server; each piece of work runs in a read-only transaction that is always rolled back. */
import { createTurns } from '../turns.js'
import { type WatchedLimits, type WorkStop, watchWork } from './watch-work.js'

export type SessionWork<Result> =
  | { readonly stopped: false; readonly result: Result }
  | { readonly stopped: true; readonly reason: WorkStop }

/** What a kind of server needs for that; `Place` is what beside the limits a transaction depends on. */
export interface SessionDriver<Client, Session, Place> {
  /** One that is free, or a new one. */
  connect(): Promise<Client>
  /** A broken one is closed. */
  release(client: Client, isBroken: boolean): void
  /** Bytes that have arrived on it so far. */
  received(client: Client): number
  /** The number that the server cancels it by. Nothing of the work has run yet. */
  begin(client: Client, limits: WatchedLimits & Place): Promise<number>
  /** `reason` tells whether the work has to stop. */
  sessionOn(client: Client, reason: () => WorkStop | undefined): Session
  /** By a connection of its own, as the other one is busy. */
  cancel(client: Client, backend: number): Promise<void>
  /** Rejects when the connection cannot be used again. */
  rollBack(client: Client): Promise<unknown>
  /** Whether an error says that the connection is gone. */
  isLost(error: unknown): boolean
  close(): Promise<void>
}

export interface SessionPool<Session, Place> {
  /** Time counts from when the work has a connection. Rejects as connecting or the work does. */
  use<Result>(
    limits: WatchedLimits & Place,
    work: (session: Session) => Promise<Result>,
  ): Promise<SessionWork<Result>>
  close(): Promise<void>
}

/** Milliseconds that the server has to stop in, and to take the order to. */
export const graceMs = 1_000

export function createSessionPool<Client, Session, Place>(
  driver: SessionDriver<Client, Session, Place>,
  size: number,
): SessionPool<Session, Place> {
  const takeTurn = createTurns(size)
  return {
    async use(limits, work) {
      const release = await takeTurn(limits.signal)
      if (!release) return { stopped: true, reason: 'cancelled' }
      try {
        // All that are at rest may have been lost there, as when a server is started anew.
        for (let others = size; ; others--) {
          const client = await connect(driver, limits.signal)
          if (!client) return { stopped: true, reason: 'cancelled' }
          try {
            return await workOn(driver, client.found, limits, work)
          } catch (error) {
            if (!(error instanceof LostAtRestError)) throw error
            if (others === 0) throw error.cause
          }
        }
      } finally {
        release()
      }
    },
    close: () => driver.close(),
  }
}

/** The connection was gone before the work began. */
class LostAtRestError extends Error {}

/** Undefined when the signal came first; the connection then goes back as soon as it is there. */
async function connect<Client, Session, Place>(
  driver: SessionDriver<Client, Session, Place>,
  signal: AbortSignal,
): Promise<{ readonly found: Client } | undefined> {
  const connecting = driver.connect().then((found) => ({ found }))
  let giveUp = () => {}
  const givenUp = new Promise<undefined>((resolve) => {
    giveUp = () => resolve(undefined)
    signal.addEventListener('abort', giveUp, { once: true })
  })
  try {
    const client = await Promise.race([connecting, givenUp])
    if (client === undefined) {
      connecting.then(
        (late) => driver.release(late.found, false),
        () => {},
      )
    }
    return client
  } finally {
    signal.removeEventListener('abort', giveUp)
  }
}

async function workOn<Client, Session, Place, Result>(
  driver: SessionDriver<Client, Session, Place>,
  client: Client,
  limits: WatchedLimits & Place,
  work: (session: Session) => Promise<Result>,
): Promise<SessionWork<Result>> {
  const watch = watchWork(() => driver.received(client), limits)
  let backend: number | undefined
  const running = (async () => {
    backend = await driver.begin(client, limits).catch((cause: unknown) => {
      throw driver.isLost(cause) ? new LostAtRestError('It is gone.', { cause }) : cause
    })
    return work(driver.sessionOn(client, watch.reason))
  })()
  const settled = running.then(
    () => undefined,
    () => undefined,
  )
  // Where the server cannot be told, its own limit ends the query; the caller gives the connection up.
  const cancel = () =>
    backend === undefined ? undefined : driver.cancel(client, backend).catch(() => undefined)
  try {
    await Promise.race([settled, watch.told])
    if (watch.reason() !== undefined) {
      await Promise.race([Promise.all([settled, cancel()]), delay(graceMs)])
    }
    const reason = watch.reason()
    if (reason !== undefined) return { stopped: true, reason }
    return { stopped: false, result: await running }
  } finally {
    watch.end()
    const isEnded = await Promise.race([settled.then(() => true), delay(0).then(() => false)])
    const isClean = isEnded && (await isRolledBack(driver.rollBack(client)))
    driver.release(client, !isClean)
  }
}

async function isRolledBack(rollingBack: Promise<unknown>): Promise<boolean> {
  const rolledBack = rollingBack.then(
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
