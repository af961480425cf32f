/** Which pages of other origins may call the service: none, unless a setting names their origin. */
import cors from 'cors'
import type { RequestHandler } from 'express'
import { HttpError } from './http-error.js'

/** How long a browser may remember what it was allowed. */
const preflightSeconds = 600
const readingMethods: readonly string[] = ['GET', 'HEAD', 'OPTIONS']

/** `allowedOrigins` as browsers write them: `https://intranet.example`. */
export function originCheck(allowedOrigins: readonly string[] = []): RequestHandler {
  const allowed = new Set(allowedOrigins)
  const answer = cors({
    origin: [...allowed],
    methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: ['Authorization', 'Content-Type', 'Last-Event-ID'],
    exposedHeaders: ['Retry-After', 'X-Request-Id'],
    maxAge: preflightSeconds,
  })
  return (request, response, next) => {
    const { origin, host = '' } = request.headers
    if (allowed.size > 0) response.vary('Origin')
    if (origin === undefined || isOwn(origin, host)) return next()
    if (allowed.has(origin)) return answer(request, response, next)
    // Without leave a browser hides what it reads from the page; what changes something must not happen at all.
    if (readingMethods.includes(request.method)) return next()
    throw new HttpError('origin_not_allowed', 'Pages of another origin may not do this.', [
      'PARLEY_ALLOWED_ORIGINS names origins that may.',
    ])
  }
}

function isOwn(origin: string, host: string): boolean {
  return URL.canParse(origin) && new URL(origin).host === host.toLowerCase()
}
