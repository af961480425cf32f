/** Remembers, for all that happens on behalf of a request, which one it is and who sent it. */
import { AsyncLocalStorage } from 'node:async_hooks'
import type { AskedBy } from './observer.js'

export interface RequestContext {
  /** `who` is asked late: a request is begun before its sender is known. */
  run(who: () => AskedBy, work: () => void): void
  askedBy(): AskedBy | undefined
}

export function createRequestContext(): RequestContext {
  const storage = new AsyncLocalStorage<() => AskedBy>()
  return {
    run: (who, work) => storage.run(who, work),
    askedBy: () => storage.getStore()?.(),
  }
}
