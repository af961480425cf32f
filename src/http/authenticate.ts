/** Finds out who sends a request, and keeps each route to those who have the right for it. */
import type { RequestHandler } from 'express'
import type { KeyStore, Scope } from '../key-store.js'
import { callerOfKey, keylessCaller } from './caller.js'
import { HttpError } from './http-error.js'

export interface Keys {
  readonly store: Pick<KeyStore, 'verify'>
  /** False: who sends none may do everything; one that is sent must be right all the same. */
  readonly required: boolean
}

/** What clients send that insist on some key, where none is needed. */
const noKey = 'none'

/** `open` needs no key, ever. */
export type RouteScope = Scope | 'open'

/** Sets `request.caller`; refuses nobody, so that open routes answer whatever is sent, and however it is with the keys. */
export function authenticate(keys?: Keys): RequestHandler {
  return async (request, _response, next) => {
    const { authorization } = request.headers
    const [, token = ''] = /^Bearer +(\S+)$/i.exec(authorization ?? '') ?? []
    if (!keys?.required && (authorization === undefined || token === noKey)) {
      request.caller = keylessCaller
    } else if (authorization !== undefined) {
      try {
        const key = await keys?.store.verify(token)
        if (key) request.caller = callerOfKey(key)
      } catch (cause) {
        request.keyFailure = cause
      }
    }
    next()
  }
}

export function requireScope(scope: RouteScope): RequestHandler {
  return ({ caller, headers, keyFailure }, response, next) => {
    if (scope === 'open' || caller?.scopes.includes(scope)) return next()
    if (keyFailure !== undefined) {
      throw new HttpError('not_ready', 'The API keys cannot be read.', [], { cause: keyFailure })
    }
    if (caller) {
      const hint = `Make one with: parley key create --name NAME --scope ${scope}`
      throw new HttpError('forbidden', `This needs a key with the scope ${scope}.`, [hint])
    }
    response.setHeader('WWW-Authenticate', 'Bearer realm="Parley"')
    throw new HttpError(
      'unauthorized',
      headers.authorization ? 'This API key is not valid.' : 'An API key is needed.',
      ['Send it as "Authorization: Bearer parley_…".'],
    )
  }
}
