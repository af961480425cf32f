/** Refuses names that are not ours: a web page elsewhere could point its own name at this machine (DNS rebinding). */
import type { RequestHandler } from 'express'
import { HttpError } from './http-error.js'

const loopbackNames = ['localhost', '127.0.0.1', '[::1]']

/** `allowedHosts` adds names, without port, under which the service may be reached. */
export function hostCheck(allowedHosts: readonly string[] = []): RequestHandler {
  const allowed = new Set([...loopbackNames, ...allowedHosts].map((name) => name.toLowerCase()))
  return (request, _response, next) => {
    const name = (request.headers.host ?? '').toLowerCase().replace(/:\d+$/, '')
    if (allowed.has(name)) return next()
    throw new HttpError('host_not_allowed', 'This service does not answer to that host name.', [
      'Open it as localhost, or add the name to the allowed hosts.',
    ])
  }
}
