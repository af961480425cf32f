/** Lets one process at a time do a piece of work; the others wait for it. */
import { setTimeout as delay } from 'node:timers/promises'
import { type ProcessLock, takeLock } from '../process-lock.js'

const pollMs = 250

export interface FileLockOptions {
  readonly signal?: AbortSignal
  /** Called once when another process holds the lock. */
  readonly onWait?: () => void
}

/**
 * Runs `work` while holding the lock at `path`; waits for as long as a living process has it.
 * Throws the signal's reason when aborted while waiting, when the lock file cannot be made, and whatever `work` throws.
 */
export async function withFileLock<Result>(
  path: string,
  options: FileLockOptions,
  work: () => Promise<Result>,
): Promise<Result> {
  const lock = await acquire(path, options)
  try {
    return await work()
  } finally {
    lock.release()
  }
}

async function acquire(path: string, { signal, onWait }: FileLockOptions): Promise<ProcessLock> {
  for (let attempt = 0; ; attempt++) {
    signal?.throwIfAborted()
    const taken = takeLock(path)
    if (taken.ok) return taken.lock
    if (taken.cause !== undefined) throw taken.cause
    if (attempt === 0) onWait?.()
    await delay(pollMs, undefined, { signal })
  }
}
