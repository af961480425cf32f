/** The one place where an error becomes a response: `{"error": {"code", "message", "hints"?}}`, never a stack. */
import type { ErrorRequestHandler } from 'express'
import { describeError, wholeError } from '../discreet-text.js'
import { type ErrorCode, errorStatus } from './error-codes.js'
import { HttpError } from './http-error.js'
import type { HttpLogger } from './http-logger.js'
import { requestIdOf } from './request-log.js'

/** Express needs the fourth parameter to know this for an error handler. */
export function errorHandler(logger: HttpLogger): ErrorRequestHandler {
  return (thrown, _request, response, _next) => {
    const error = toHttpError(thrown)
    const reason = error.code === 'internal' ? thrown : error.cause
    if (reason !== undefined) {
      const known = { requestId: requestIdOf(response), answered: error.code }
      logger.error({ ...known, ...describeError(reason) }, 'request failed')
      logger.debug({ ...known, error: wholeError(reason) }, 'request failed')
    }
    if (response.headersSent) {
      response.destroy()
      return
    }
    const { code, message, hints, retryAfterSeconds } = error
    response.locals.errorCode = code
    if (retryAfterSeconds !== undefined) response.setHeader('Retry-After', retryAfterSeconds)
    response
      .status(errorStatus[code])
      .json({ error: { code, message, ...(hints.length > 0 && { hints }) } })
  }
}

/** `type` of the errors that express's body parser throws, as far as they say more than their status. */
const bodyErrors: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  'entity.parse.failed': ['malformed_json', 'The body is not valid JSON.'],
  'entity.too.large': ['body_too_large', 'The body is too large.'],
  'encoding.unsupported': ['unsupported_media_type', 'The content encoding is not supported.'],
  'charset.unsupported': ['unsupported_media_type', 'The charset is not supported; use UTF-8.'],
}

export function toHttpError(thrown: unknown): HttpError {
  if (thrown instanceof HttpError) return thrown
  const { type, status } = facts(thrown)
  const known = bodyErrors[type]
  if (known) return new HttpError(...known)
  if (status === 404) return new HttpError('not_found', 'There is nothing at this address.')
  if (status >= 400 && status < 500) {
    return new HttpError('invalid_request', 'The request could not be read.')
  }
  return new HttpError('internal', 'Something went wrong inside Parley. The log has the details.')
}

function facts(thrown: unknown): { readonly type: string; readonly status: number } {
  const { type, status } = Object(thrown) as { type?: unknown; status?: unknown }
  return { type: String(type), status: typeof status === 'number' ? status : 500 }
}
