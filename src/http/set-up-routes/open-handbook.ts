/** The handbook that a request may use: its caller's view of the dataset it names. */
import type { Told } from '../../handbook.js'
import type { ErrorCode } from '../error-codes.js'
import { HttpError } from '../http-error.js'
import { onKept } from '../on-kept.js'

export const onHandbook = onKept((orchestrator, keyId) => orchestrator.handbook(keyId))

/** Throws what became of it as an error of HTTP, unless it was told. */
export function mustBeTold<Entry>(told: Told<Entry>): Entry {
  if (told.ok) return told.entry
  const { code, message, hints } = told.failure
  const status: ErrorCode = code === 'unknown' ? 'not_found' : 'invalid_request'
  throw new HttpError(status, message, hints)
}
