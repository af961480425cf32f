/** Refuses names that are not ours: a web page elsewhere could point its own name at this machine (DNS rebinding). */
import type { RequestHandler } from 'express'
import { HttpError } from './http-error.js'

const loopbackNames = ['localhost', '127.0.0.1', '[::1]']

/** `allowedHosts` adds names, without port, under which the service may be reached. */
export function hostCheck(allowedHosts: readonly string[] = []): RequestHandler {
  const allowed = new Set([...loopbackNames, ...allowedHosts].map((name) => name.toLowerCase()))
  return (request, _response, next) => {
    // Two programs on the way could each believe another of two names.
    const names = request.rawHeaders.filter((text, at) => at % 2 === 0 && /^host$/i.test(text))
    if (names.length > 1 || !request.originalUrl.startsWith('/')) {
      throw new HttpError('invalid_request', 'The request names its host in an unusual way.')
    }
    const name = (request.headers.host ?? '').toLowerCase().replace(/:\d+$/, '')
    if (allowed.has(name)) return next()
    throw new HttpError('host_not_allowed', 'This service does not answer to that host name.', [
      'Open it as localhost, or add the name to PARLEY_ALLOWED_HOSTS.',
    ])
  }
}
