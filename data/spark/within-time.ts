/** Gives one piece of work its time, and tells afterwards why it was stopped. */
import { joinSignals } from '../join-signals.js'
import type { StopReason } from '../state-failure.js'

export type TimedWork<Result> =
  | { readonly stopped: false; readonly result: Result }
  | { readonly stopped: true; readonly reason: StopReason }

/** `timeoutMs` may be infinite. Rejects as the work does, unless that was stopped. */
export async function withinTime<Result>(
  timeoutMs: number,
  signals: readonly (AbortSignal | undefined)[],
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<TimedWork<Result>> {
  const late = new AbortController()
  const joined = joinSignals([...signals, late.signal])
  const timer = Number.isFinite(timeoutMs) ? setTimeout(() => late.abort(), timeoutMs) : undefined
  try {
    const result = await work(joined.signal)
    return { stopped: false, result }
  } catch (error) {
    if (!joined.signal.aborted) throw error
    return { stopped: true, reason: late.signal.aborted ? 'sql_timeout' : 'cancelled' }
  } finally {
    clearTimeout(timer)
    joined.release()
  }
}
