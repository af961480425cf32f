/** Keeps a home to one `serve`. Other commands may run beside it: they share its conversations, and search in memory. */
import { join } from 'node:path'
import { type ProcessLock, takeLock } from '../models/process-lock.js'

export interface HomeInUse {
  readonly code: 'home_in_use'
  readonly message: string
  readonly hints: readonly string[]
}

export type HomeLock =
  | { readonly ok: true; readonly lock: ProcessLock }
  | { readonly ok: false; readonly failure: HomeInUse }

/** A home that cannot be written is not locked: opening it says so. */
export function lockHome(home: string): HomeLock {
  const taken = takeLock(join(home, 'serve.lock'))
  if (taken.ok) return taken
  if (taken.cause) return { ok: true, lock: { share: () => {}, tell: () => {}, release: () => {} } }
  return { ok: false, failure: inUse(home, taken.holder) }
}

function inUse(home: string, holder?: { readonly pid: number; readonly note?: string }): HomeInUse {
  const who = holder ? `process ${holder.pid}` : 'another process'
  return {
    code: 'home_in_use',
    message: `Parley serves from ${home} already: ${who}${holder?.note ? ` at ${holder.note}` : ''}.`,
    hints: [
      ...(holder?.note ? [`Open ${holder.note}.`] : []),
      'Or stop it first, or give this one a folder of its own in PARLEY_HOME.',
    ],
  }
}
