/** How often one key, or one address without a key, may come. */
import { isIPv4, isIPv6 } from 'node:net'
import type { Request, RequestHandler } from 'express'
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { HttpError } from './http-error.js'

/** Short, so that whoever was refused may soon come again; long enough for a page that loads. */
const windowSeconds = 5

export interface RateWindow {
  /** How many requests may come in one window. */
  readonly points: number
  /** Of the window, in seconds. */
  readonly duration: number
}

/** Where requests are counted: in memory, unless other replicas are to count them too. */
export type OpenRateLimiter = (window: RateWindow) => RateLimiterAbstract

const inMemory: OpenRateLimiter = (window) => new RateLimiterMemory(window)

export function rateLimit(
  requestsPerSecond: number,
  openLimiter: OpenRateLimiter = inMemory,
): RequestHandler {
  const points = Math.max(1, Math.round(requestsPerSecond * windowSeconds))
  const limiter = openLimiter({ points, duration: windowSeconds })
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
  return caller?.keyId ?? networkOf(socket.remoteAddress ?? '')
}

/** Groups of an IPv6 address that name a network: one machine has all the addresses of one to choose from. */
const networkGroups = 4
const allGroups = 8

/** The same for all addresses of one IPv6 network, however they are written; an IPv4 address as it is. */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address
  const last = address.slice(address.lastIndexOf(':') + 1)
  if (isIPv4(last)) return last
  const [before = [], after = []] = address
    .split('::')
    .map((part) => part.split(':').filter(Boolean))
  const zeros = Array.from({ length: allGroups - before.length - after.length }, () => '0')
  return [...before, ...zeros, ...after].slice(0, networkGroups).join(':')
}
