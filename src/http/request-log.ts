/** One line in the log per request, without the question, the SQL or any row. */
import { randomUUID } from 'node:crypto'
import type { RequestHandler, Response } from 'express'
import type { HttpLogger } from './http-logger.js'

/** Longer than any of ours; strangers choose what stands here. */
const maxPathLength = 200

export function requestLog(logger: HttpLogger): RequestHandler {
  return (request, response, next) => {
    const start = performance.now()
    const requestId = randomUUID()
    response.locals.requestId = requestId
    response.setHeader('X-Request-Id', requestId)
    response.on('close', () => {
      logger.info(
        {
          requestId,
          method: request.method,
          path: request.path.slice(0, maxPathLength),
          status: response.statusCode,
          finished: response.writableFinished,
          elapsedMs: Math.round(performance.now() - start),
        },
        'request',
      )
    })
    next()
  }
}

export function requestIdOf(response: Response): string {
  return String(response.locals.requestId)
}
