/** Refuses questions that there is no room for before anything else is done for them, so that a crowd hears it quickly. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Metrics } from '../observe/metrics.js'
import { type AnswerStreams, tooManyQuestions } from './answer-streams.js'
import { errorStatus } from './error-codes.js'
import type { HttpLogger } from './http-logger.js'
import { originHeaders } from './origin-check.js'
import { questionPaths } from './question-paths.js'

/** All that were refused in this time are told at once. */
const tellEveryMs = 1_000

const { code, message, hints, retryAfterSeconds } = tooManyQuestions
const status = errorStatus[code]
const body = JSON.stringify({ error: { code, message, hints } })
const head = {
  'Content-Type': 'application/json; charset=utf-8',
  'Content-Length': Buffer.byteLength(body),
  'Cache-Control': 'no-store',
  'Retry-After': retryAfterSeconds,
  'X-Content-Type-Options': 'nosniff',
}

/** In front of the application: true for a request that it has answered. */
export function shedLoad(
  streams: Pick<AnswerStreams, 'turnAway'>,
  logger: HttpLogger,
  metrics?: Pick<Metrics, 'shed'>,
  allowedOrigins?: readonly string[],
): (request: IncomingMessage, response: ServerResponse) => boolean {
  const headersFor = originHeaders(allowedOrigins)
  const refused = new Map<string, number>()
  const tell = () => {
    for (const [route, count] of refused) {
      logger.info({ route, refused: count }, 'too many questions')
      metrics?.shed({ method: 'POST', route, status, code }, count)
    }
    refused.clear()
  }
  return ({ method, url = '', headers }, response) => {
    if (method !== 'POST' || !questionPaths.includes(url) || !streams.turnAway()) return false
    if (refused.size === 0) setTimeout(tell, tellEveryMs).unref()
    refused.set(url, (refused.get(url) ?? 0) + 1)
    response.writeHead(status, { ...head, ...headersFor(headers.origin) }).end(body)
    return true
  }
}
