/** Runs work on a connection until it ends, its time is up or the caller gives up. */
import type { DuckDBConnection } from '@duckdb/node-api'
import type { StopReason } from '../state-failure.js'

export type Limited<Result> =
  | { readonly stopped: false; readonly result: Result }
  /** `abandoned` when the engine did not stop; the work goes on and its connection stays in use. */
  | { readonly stopped: true; readonly reason: StopReason; readonly abandoned: boolean }

/** Milliseconds between two interrupts: one that arrives between two calls is lost. */
const interruptEveryMs = 20
/** Milliseconds the engine has to stop in. Constant folding, for one, never looks at interrupts. */
const graceMs = 1_000

/** Closes the connection when the work has ended, however it ended. Rejects as the work does. */
export async function runLimited<Result>(
  connection: DuckDBConnection,
  limits: { readonly timeoutMs: number; readonly signal?: AbortSignal },
  work: (stopped: () => boolean) => Promise<Result>,
): Promise<Limited<Result>> {
  let reason: StopReason | undefined
  const timers: NodeJS.Timeout[] = []
  const ended = work(() => reason !== undefined).finally(() => {
    for (const timer of timers) clearInterval(timer)
    limits.signal?.removeEventListener('abort', cancel)
    connection.closeSync()
  })
  const outcome = ended.then(
    (result): Limited<Result> =>
      reason === undefined
        ? { stopped: false, result }
        : { stopped: true, reason, abandoned: false },
    (error: unknown): Limited<Result> => {
      if (reason === undefined) throw error
      return { stopped: true, reason, abandoned: false }
    },
  )
  let giveUp: (why: StopReason) => void = () => {}
  const givenUp = new Promise<Limited<Result>>((resolve) => {
    giveUp = (why) => resolve({ stopped: true, reason: why, abandoned: true })
  })
  timers.push(setTimeout(() => stop('sql_timeout'), limits.timeoutMs))
  limits.signal?.addEventListener('abort', cancel, { once: true })
  if (limits.signal?.aborted) cancel()
  return Promise.race([outcome, givenUp])

  function cancel(): void {
    stop('cancelled')
  }

  function stop(why: StopReason): void {
    if (reason !== undefined) return
    reason = why
    connection.interrupt()
    timers.push(setInterval(() => connection.interrupt(), interruptEveryMs))
    timers.push(setTimeout(() => giveUp(why), graceMs))
  }
}
