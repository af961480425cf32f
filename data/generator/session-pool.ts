/** A database behind a limit of sessions: callers wait for their turn, and for a database that is away for a moment. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Database, QueryFailure } from '../database.js'
import { createTurns } from '../turns.js'

export interface SessionPool extends Pick<Database, 'explain' | 'query'> {
  /** Aborted when the database does not come back; the reason says why. */
  readonly gone: AbortSignal
}

export interface PoolSettings {
  /** Statements at the same time. */
  readonly sessions: number
  /** Waits, in milliseconds, before a database that is away is tried again. */
  readonly waitsMs?: readonly number[]
}

const usualWaitsMs = [200, 800, 3_200]
/** Binds on every engine, whatever its tables are. */
const probe = 'select 1'
const given = { code: 'cancelled', message: 'The database is gone.', hints: [] } as const

export function openSessionPool(
  database: Pick<Database, 'explain' | 'query'>,
  { sessions, waitsMs = usualWaitsMs }: PoolSettings,
): SessionPool {
  const gone = new AbortController()
  const take = createTurns(sessions)
  /** Whether to try again: a statement that fails on a database that answers is its own fault. */
  const isBack = async (failure: QueryFailure, tries: number): Promise<boolean> => {
    if (failure.code !== 'sql_failed' || !(await database.explain(probe))) return false
    const wait = waitsMs[tries]
    if (wait === undefined) gone.abort(failure.message)
    else await sleep(wait)
    return wait !== undefined
  }
  const patiently = async <Result>(
    work: () => Promise<Result>,
    failureOf: (result: Result) => QueryFailure | undefined,
    failed: Result,
  ): Promise<Result> => {
    const release = await take()
    try {
      for (let tries = 0; !gone.signal.aborted; tries++) {
        const result = await work()
        const failure = failureOf(result)
        if (!failure || !(await isBack(failure, tries)))
          return gone.signal.aborted ? failed : result
      }
      return failed
    } finally {
      release?.()
    }
  }
  return {
    gone: gone.signal,
    explain: (sql, signal) =>
      patiently(
        () => database.explain(sql, signal),
        (failure) => failure,
        given,
      ),
    query: (sql, options) =>
      patiently(
        () => database.query(sql, options),
        (outcome) => (outcome.ok ? undefined : outcome.failure),
        { ok: false, failure: given },
      ),
  }
}
