/** Has the questions of one conversation follow each other: two at once would overwrite what the other remembers. */
import { StoreError } from '../data/store/store-error.js'
import { createTurns, type TakeTurn } from '../data/turns.js'

export interface ThreadTurns {
  /** Undefined when the signal came first; else the turn lasts until what it gives is called. */
  take(thread: string, signal?: AbortSignal): Promise<(() => Promise<void>) | undefined>
}

/** A lock that other replicas know of too. Rejects with `StoreError` where there is none to be had. */
export interface SharedLock {
  lock(name: string, signal?: AbortSignal): Promise<boolean>
  unlock(name: string): Promise<void>
}

export function createThreadTurns(shared?: SharedLock): ThreadTurns {
  const threads = new Map<string, { readonly takeTurn: TakeTurn; users: number }>()
  const enter = (thread: string) => {
    const known = threads.get(thread) ?? { takeTurn: createTurns(1), users: 0 }
    known.users += 1
    threads.set(thread, known)
    return known
  }
  return {
    take: async (thread, signal) => {
      const entry = enter(thread)
      const release = await entry.takeTurn(signal)
      const leave = () => {
        release?.()
        entry.users -= 1
        if (entry.users === 0) threads.delete(thread)
      }
      let isTaken = false
      try {
        isTaken = release !== undefined && (await lockShared(thread, shared, signal))
      } finally {
        if (!isTaken) leave()
      }
      if (!isTaken) return undefined
      return async () => {
        await shared?.unlock(thread)
        leave()
      }
    },
  }
}

async function lockShared(
  thread: string,
  shared: SharedLock | undefined,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  try {
    return shared === undefined || (await shared.lock(thread, signal))
  } catch (error) {
    // Nothing can be kept then, which the answer will say.
    if (error instanceof StoreError) return true
    throw error
  }
}
