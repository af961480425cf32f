/** Who sends a request: a key's holder, or whoever can reach a service that asks for no key. */
import type { Request } from 'express'
import { type ApiKey, type Scope, scopes } from '../key-store.js'
import { localUser } from '../user-names.js'

export interface Caller {
  /** The key's id; absent where no key is needed. */
  readonly keyId?: string
  readonly name: string
  readonly scopes: readonly Scope[]
}

declare module 'express-serve-static-core' {
  interface Request {
    /** Absent when a key is needed and none, or a wrong one, was sent. */
    caller?: Caller
    /** Why it cannot be told whose key was sent. */
    keyFailure?: unknown
  }
}

export const keylessCaller: Caller = { name: localUser, scopes }

export function callerOfKey({ id, name, scope }: ApiKey): Caller {
  return { keyId: id, name, scopes: scopes.slice(0, scopes.indexOf(scope) + 1) }
}

/** Of a route that needs one, which lets nobody else through. */
export function callerOf({ caller }: Request): Caller {
  if (!caller) throw new Error('A route that needs a caller let somebody else through.')
  return caller
}
