/** A request that cannot be served: thrown by a route, turned into `{"error": …}` by the error handler. */
import type { ErrorCode } from './error-codes.js'

/** `cause` is what went wrong on our side: it is logged, never told. */
export interface HttpErrorOptions extends ErrorOptions {
  /** When it is worth coming again. */
  readonly retryAfterSeconds?: number
}

export class HttpError extends Error {
  override readonly name = 'HttpError'
  readonly retryAfterSeconds: number | undefined

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly hints: readonly string[] = [],
    options?: HttpErrorOptions,
  ) {
    super(message, options)
    this.retryAfterSeconds = options?.retryAfterSeconds
  }
}
