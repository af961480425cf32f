/** How often one key, or one address without a key, may come; the count lives in memory. */
import { isIPv6 } from 'node:net'
import type { Request, RequestHandler } from 'express'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { HttpError } from './http-error.js'

/** Short, so that whoever was refused may soon come again; long enough for a page that loads. */
const windowSeconds = 5

export function rateLimit(requestsPerSecond: number): RequestHandler {
  const points = Math.max(1, Math.round(requestsPerSecond * windowSeconds))
  const limiter = new RateLimiterMemory({ points, duration: windowSeconds })
  return async (request, _response, next) => {
    try {
      await limiter.consume(comerOf(request))
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused
      throw new HttpError('rate_limited', 'These are more requests than one may send.', [], {
        retryAfterSeconds: Math.ceil(refused.msBeforeNext / 1000),
      })
    }
    next()
  }
}

/** Wrong keys count for the address, so that guessing is slow. Proxies are not believed. */
function comerOf({ caller, socket }: Request): string {
  if (caller?.keyId !== undefined) return caller.keyId
  const address = socket.remoteAddress ?? ''
  // One machine has a whole network of IPv6 addresses to choose from.
  return isIPv6(address) ? address.split(':').slice(0, 4).join(':') : address
}
