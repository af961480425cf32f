/** A request that cannot be served: thrown by a route, turned into `{"error": …}` by the error handler. */
import type { ErrorCode } from './error-codes.js'

export class HttpError extends Error {
  override readonly name = 'HttpError'

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly hints: readonly string[] = [],
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}
