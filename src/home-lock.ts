/** Keeps a home to one `serve`. Other commands may run beside it: they share its conversations, and search in memory. */
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type LockHolder, type ProcessLock, staleMs, takeLock } from '../models/process-lock.js'

const pollMs = 500

export interface HomeInUse {
  readonly code: 'home_in_use'
  readonly message: string
  readonly hints: readonly string[]
}

export type HomeLock =
  | { readonly ok: true; readonly lock: ProcessLock }
  | { readonly ok: false; readonly failure: HomeInUse }

/** A home that cannot be written is not locked: opening it says so. */
export async function lockHome(home: string): Promise<HomeLock> {
  for (let waitedMs = 0; ; waitedMs += pollMs) {
    const taken = takeLock(join(home, 'serve.lock'))
    if (taken.ok) return taken
    const { holder } = taken
    if (taken.cause && !holder) return { ok: true, lock: noLock }
    // A container that was killed comes back under another name, and its lock goes stale only then.
    const mayGoStale = holder?.host !== undefined && holder.host !== hostname()
    if (!mayGoStale || waitedMs > staleMs) return { ok: false, failure: inUse(home, holder) }
    await wait(pollMs)
  }
}

const noLock: ProcessLock = { share: () => {}, tell: () => {}, release: () => {} }

function inUse(home: string, holder: LockHolder | undefined): HomeInUse {
  const note = holder?.note
  const who = holder ? `process ${holder.pid}` : 'another process'
  return {
    code: 'home_in_use',
    message: `Parley serves from ${home} already: ${who}${note === undefined ? '' : ` at ${note}`}.`,
    hints: [
      ...(note === undefined ? [] : [`Open ${note}.`]),
      'Or stop it first, or give this one a folder of its own in PARLEY_HOME.',
    ],
  }
}
