/** Refuses questions that there is no room for before anything else is done for them, so that a crowd hears it quickly. */
import type { RequestHandler } from 'express'
import type { AnswerStreams } from './answer-streams.js'
import { errorStatus } from './error-codes.js'
import type { HttpLogger } from './http-logger.js'
import { questionPaths } from './question-paths.js'

/** About as long as a few answers by rules take. */
const comeAgainSeconds = 2
/** One line for all that were refused in this time. */
const logEveryMs = 1_000

const body = JSON.stringify({
  error: { code: 'busy', message: 'Too many questions are under way.', hints: ['Ask again soon.'] },
})
const head = {
  'Content-Type': 'application/json; charset=utf-8',
  'Content-Length': Buffer.byteLength(body),
  'Cache-Control': 'no-store',
  'Retry-After': comeAgainSeconds,
}

export function shedLoad(
  streams: Pick<AnswerStreams, 'hasRoom'>,
  logger: HttpLogger,
): RequestHandler {
  let refused = 0
  const report = () => {
    logger.info({ refused }, 'too many questions')
    refused = 0
  }
  return ({ method, path }, response, next) => {
    if (method !== 'POST' || !questionPaths.includes(path) || streams.hasRoom()) return next()
    if (refused === 0) setTimeout(report, logEveryMs).unref()
    refused += 1
    response.writeHead(errorStatus.busy, head).end(body)
  }
}
