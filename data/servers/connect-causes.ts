/** Finds out why a server could not be asked: by the code of the system or the server, or by what a driver complains of. */
import type { SourceFailure, SourceFailureCode } from '../sources/source.js'

export interface Cause<Place> {
  /** Of the server's and the system's codes. */
  readonly codes?: RegExp
  /** Of the driver's own complaints, which have no code. */
  readonly messages?: RegExp
  readonly code: SourceFailureCode
  readonly say: (place: Place) => string
  readonly hint: string
}

export const lostNameCodes = /^(ENOTFOUND|EAI_AGAIN)$/
export const refusedCodes = /^(ECONNREFUSED|ENOENT|EACCES)$/
export const lateCodes = /^(ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)$/
export const certificateCodes =
  /^(SELF_SIGNED|DEPTH_ZERO|UNABLE_TO|CERT_|ERR_TLS|ERR_SSL|ERR_OSSL|HOSTNAME_MISMATCH)/

/** By the first cause that fits; the last one has no condition. */
export function failureFrom<Place>(
  causes: readonly Cause<Place>[],
  error: unknown,
  place: Place,
): SourceFailure {
  const fits = ({ codes, messages }: Cause<Place>) =>
    codes?.test(codeOf(error)) || messages?.test(messageOf(error)) || (!codes && !messages)
  const { code, say, hint } = causes.find(fits)!
  return { code, message: say(place), hints: [hint] }
}

/** Empty when there is none. */
export function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
