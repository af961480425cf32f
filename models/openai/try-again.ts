/** Asks a server again after a while when it is busy, fails or hangs up, as patiently as it asks for. */
import { setTimeout as sleep } from 'node:timers/promises'
import { APIError } from 'openai'
import { type ModelCallCode, ModelCallError } from '../model-call-error.js'
import { callFailure, failure } from './call-failure.js'

export interface Wait {
  readonly ms: number
  /** Why the last attempt failed. */
  readonly reason: string
}

export interface Patience {
  readonly key?: string
  /** Longest that one attempt may take, from the request to the last byte of the answer. */
  readonly timeoutMs: number
  /** Attempts behind the first. */
  readonly retries: number
  readonly onWait?: (wait: Wait) => void
}

const passing: ReadonlySet<ModelCallCode> = new Set([
  'busy',
  'server_failed',
  'unreachable',
  'timed_out',
])
const firstWaitMs = 500
const longestWaitMs = 30_000
/** A server that asks for a longer wait is taken to be away. */
const longestAskedWaitMs = 600_000
/** Callers that were refused together should not come back together. */
const jitter = 0.25

/** Rejects with a `ModelCallError`, or the signal's reason. Where a server asks one call to wait, all of them do. */
export function createTryAgain({ key, timeoutMs, retries, onWait }: Patience) {
  let notBefore = 0
  return async <Result>(
    attempt: (signal: AbortSignal) => Promise<Result>,
    signal: AbortSignal | undefined,
  ): Promise<Result> => {
    for (let tries = 0; ; tries++) {
      signal?.throwIfAborted()
      await sleep(Math.max(0, notBefore - Date.now()), undefined, { signal }).catch(() =>
        signal?.throwIfAborted(),
      )
      const timeout = AbortSignal.timeout(timeoutMs)
      try {
        return await attempt(signal ? AbortSignal.any([signal, timeout]) : timeout)
      } catch (error) {
        signal?.throwIfAborted()
        const failed = timeout.aborted ? failure('timed_out') : callFailure(error, key)
        if (!(failed instanceof ModelCallError)) throw failed
        const asked = askedWait(error)
        if (tries >= retries || !passing.has(failed.code) || asked > longestAskedWaitMs)
          throw failed
        const ms = asked > 0 ? asked : usualWait(tries)
        notBefore = Math.max(notBefore, Date.now() + ms)
        onWait?.({ ms, reason: failed.message })
      }
    }
  }
}

function usualWait(tries: number): number {
  return Math.min(longestWaitMs, firstWaitMs * 2 ** tries) * (1 - jitter * Math.random())
}

/** Of `Retry-After`, seconds or a date, in milliseconds; 0 without. */
function askedWait(error: unknown): number {
  const headers = error instanceof APIError ? error.headers : undefined
  const exact = Number(headers?.get('retry-after-ms') ?? Number.NaN)
  if (exact > 0) return exact
  const asked = headers?.get('retry-after') ?? ''
  const ms = /^[\d.]+$/.test(asked) ? Number(asked) * 1000 : Date.parse(asked) - Date.now()
  return Number.isFinite(ms) ? Math.max(ms, 0) : 0
}
