/** Watches one piece of work on a connection: its time, whether somebody still waits for it, and what arrives. */
import type { StopReason } from '../state-failure.js'

export type WorkStop = StopReason | 'sql_out_of_memory'

export interface WatchedLimits {
  /** May be infinite. */
  readonly timeoutMs: number
  readonly signal: AbortSignal
  /** Default: enough for what is shown of a result. */
  readonly maxReceivedBytes?: number
}

export interface WorkWatch {
  /** Settles when the work must stop. */
  readonly told: Promise<void>
  /** Why it must, once it must. */
  reason(): WorkStop | undefined
  end(): void
}

/** One cell may have a gigabyte; what arrives for one piece of work may not. */
const usualMostBytes = 64_000_000
const watchMs = 20

export function watchWork(
  /** Bytes that have arrived on the connection so far. */
  received: () => number,
  { timeoutMs, signal, maxReceivedBytes = usualMostBytes }: WatchedLimits,
): WorkWatch {
  let reason: WorkStop | undefined
  let tell = () => {}
  const told = new Promise<void>((resolve) => {
    tell = resolve
  })
  const stop = (why: WorkStop) => {
    reason ??= why
    tell()
  }
  const cancel = () => stop('cancelled')
  const start = received()
  const timer = Number.isFinite(timeoutMs)
    ? setTimeout(() => stop('sql_timeout'), timeoutMs)
    : undefined
  const watching = setInterval(() => {
    if (received() - start > maxReceivedBytes) stop('sql_out_of_memory')
  }, watchMs)
  signal.addEventListener('abort', cancel, { once: true })
  if (signal.aborted) cancel()
  return {
    told,
    reason: () => reason,
    end() {
      clearTimeout(timer)
      clearInterval(watching)
      signal.removeEventListener('abort', cancel)
    },
  }
}
