/** While the service stops, what is under way may be followed and cancelled, and health says so; nothing else begins. */
import type { RequestHandler } from 'express'
import { HttpError } from './http-error.js'
import type { Lifecycle } from './lifecycle.js'

/** By then another process may listen. */
const comeAgainSeconds = 30

export function refuseWhileDraining(lifecycle: Lifecycle): RequestHandler {
  return ({ path }, response, next) => {
    if (!lifecycle.isDraining()) return next()
    response.setHeader('Connection', 'close')
    if (path.startsWith('/health/') || path.startsWith('/api/v1/chat/')) return next()
    throw stopping()
  }
}

export function stopping(): HttpError {
  return new HttpError('not_ready', 'Parley is stopping.', [], {
    retryAfterSeconds: comeAgainSeconds,
  })
}
