/** Why a request to the service failed. */

/** A refusal by the service in its own words, or a code of `messages.failures` where there is no answer to quote. */
export class RequestError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly hints: readonly string[] = [],
  ) {
    super(message)
  }
}

export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError'
}
