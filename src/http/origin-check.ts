/** Which pages of other origins may call the service: none, unless a setting names their origin. */
import type { IncomingHttpHeaders } from 'node:http'
import cors from 'cors'
import type { Request, RequestHandler } from 'express'
import { HttpError } from './http-error.js'

/** How long a browser may remember what it was allowed. */
const preflightSeconds = 600

const exposedHeaders = [
  'Content-Disposition',
  'Mcp-Session-Id',
  'Retry-After',
  'X-Parley-Cut',
  'X-Parley-Rows',
  'X-Request-Id',
]

/** What the package `openai` sends of itself from a browser; nothing here reads it. */
const ofOpenAiClients = [
  'Arch',
  'Helper-Method',
  'Lang',
  'OS',
  'Package-Version',
  'Retry-Count',
  'Runtime',
  'Runtime-Version',
  'Timeout',
].map((name) => `X-Stainless-${name}`)

/** For answers that are given before the application: with them a page of an allowed origin can read why. */
export function originHeaders(
  allowedOrigins: readonly string[] = [],
): (origin: string | undefined) => Readonly<Record<string, string>> {
  const allowed = new Set(allowedOrigins)
  return (origin) => ({
    ...(allowed.size > 0 && { Vary: 'Origin' }),
    ...(origin !== undefined &&
      allowed.has(origin) && {
        'Access-Control-Allow-Origin': origin,
        'Access-Control-Expose-Headers': exposedHeaders.join(','),
      }),
  })
}

/** `allowedOrigins` as browsers write them: `https://intranet.example`. */
export function originCheck(allowedOrigins: readonly string[] = []): RequestHandler {
  const allowed = new Set(allowedOrigins)
  const answer = cors({
    origin: [...allowed],
    methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: [
      'Authorization',
      'Content-Type',
      'Last-Event-ID',
      'Mcp-Protocol-Version',
      'Mcp-Session-Id',
      ...ofOpenAiClients,
    ],
    exposedHeaders,
    maxAge: preflightSeconds,
  })
  return (request, response, next) => {
    const { origin } = request.headers
    if (allowed.size > 0) response.vary('Origin')
    if (!isOthers(request.headers)) return next()
    if (origin !== undefined && allowed.has(origin)) return answer(request, response, next)
    if (isHarmless(request)) return next()
    throw new HttpError('origin_not_allowed', 'Pages of another origin may not do this.', [
      'PARLEY_ALLOWED_ORIGINS names origins that may.',
    ])
  }
}

/** A page's images and links name no origin; browsers say where they come from all the same. */
function isOthers({ origin, host = '', 'sec-fetch-site': site }: IncomingHttpHeaders): boolean {
  if (origin !== undefined) return !isOwn(origin, host)
  return site === 'cross-site' || site === 'same-site'
}

/** Without leave a browser hides what it reads from the page; but reading from the API may open data, and that is work. */
function isHarmless({ method, path }: Request): boolean {
  if (method === 'OPTIONS') return true
  return ['GET', 'HEAD'].includes(method) && !/^\/(?:(?:api|v1)\/|mcp$)/i.test(path)
}

function isOwn(origin: string, host: string): boolean {
  return URL.canParse(origin) && new URL(origin).host === host.toLowerCase()
}
