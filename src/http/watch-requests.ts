/** Counts requests, and tells the audit log of those that were refused or may have changed something. */
import type { Request, RequestHandler, Response } from 'express'
import type { ServedRequest } from '../observe/metrics.js'
import type { AskedBy } from '../observe/observer.js'
import type { Observers } from '../observe/open-observers.js'
import { unknownUser } from '../user-names.js'
import { mcpPath, questionPaths } from './question-paths.js'
import { requestIdOf } from './request-log.js'

export type RequestObservers = Pick<Observers, 'metrics' | 'audit' | 'context'>

/** Refused for who sent it, or for how much; mistakes of form are no business of an audit. */
const auditedCodes = ['unauthorized', 'forbidden', 'host_not_allowed', 'origin_not_allowed']

/** Goes behind the request log, which gives each request its id. */
export function watchRequests(observers: RequestObservers | undefined): RequestHandler {
  return (request, response, next) => {
    if (!observers) return next()
    const { metrics, audit, context } = observers
    const started = performance.now()
    const who = () => askedByOf(request, response)
    response.on('close', () => {
      const served = describe(request, response, performance.now() - started)
      metrics.served(served)
      if (isAudited(served)) audit?.served(served, who(), request.socket.remoteAddress)
    })
    context.run(who, next)
  }
}

function askedByOf({ caller }: Request, response: Response): AskedBy {
  const requestId = requestIdOf(response)
  if (!caller) return { requestId, name: unknownUser }
  return { requestId, keyId: caller.keyId, name: caller.name }
}

function describe(request: Request, response: Response, elapsedMs: number): ServedRequest {
  const { errorCode, subject } = response.locals
  return {
    method: request.method,
    route: typeof request.route?.path === 'string' ? request.route.path : 'other',
    status: response.statusCode,
    seconds: elapsedMs / 1000,
    ...(typeof errorCode === 'string' && { code: errorCode }),
    ...(typeof subject === 'string' && { subject }),
  }
}

function isAudited({ method, route, status, code, subject }: ServedRequest): boolean {
  if (code !== undefined) return auditedCodes.includes(code)
  // Kept SQL that ran again: somebody took data along.
  if (subject !== undefined) return true
  // A question has a line of its own.
  if ([...questionPaths, mcpPath].includes(route)) return false
  return !['GET', 'HEAD', 'OPTIONS'].includes(method) && status < 400
}
