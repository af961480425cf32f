/** Lets one process at a time do a piece of work, by a lock file that its holder keeps fresh. */
import { open, rm, stat, utimes } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'

const beatMs = 1_000
/** A lock not touched for so long belongs to a process that died. */
const staleMs = 10_000
const pollMs = 250

export interface FileLockOptions {
  readonly signal?: AbortSignal
  /** Called once when another process holds the lock. */
  readonly onWait?: () => void
}

/**
 * Runs `work` while holding the lock at `path`; waits for as long as another process keeps it fresh.
 * Throws the signal's reason when aborted while waiting, and whatever `work` throws.
 */
export async function withFileLock<Result>(
  path: string,
  options: FileLockOptions,
  work: () => Promise<Result>,
): Promise<Result> {
  await acquire(path, options)
  const beat = setInterval(() => touch(path), beatMs)
  try {
    return await work()
  } finally {
    clearInterval(beat)
    await rm(path, { force: true })
  }
}

async function acquire(path: string, options: FileLockOptions): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    options.signal?.throwIfAborted()
    if (await create(path)) return
    if (attempt === 0) options.onWait?.()
    if (await isStale(path)) await rm(path, { force: true })
    else await delay(pollMs, undefined, { signal: options.signal })
  }
}

async function create(path: string): Promise<boolean> {
  try {
    await (await open(path, 'wx')).close()
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

async function isStale(path: string): Promise<boolean> {
  try {
    return Date.now() - (await stat(path)).mtimeMs > staleMs
  } catch {
    return false
  }
}

/** A missed beat is harmless, a removed lock is not ours to mend. */
function touch(path: string): void {
  const now = new Date()
  utimes(path, now, now).catch(() => undefined)
}
