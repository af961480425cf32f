/** A route as data: the application mounts it, the OpenAPI document describes it. */
import type { Express, RequestHandler } from 'express'
import type { z } from 'zod'
import { type RouteScope, requireScope } from './authenticate.js'
import type { ErrorCode } from './error-codes.js'
import { HttpError } from './http-error.js'

export interface Route {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  /** In express's notation: `/api/v1/chat/:id`. */
  readonly path: string
  readonly summary: string
  /** The right that a key must have. Default: admin, so that no route is open by oversight. */
  readonly scope?: RouteScope
  readonly handlers: readonly RequestHandler[]
  readonly body?: z.ZodType
  /** Names that may follow the path, each with its meaning; all are optional. */
  readonly query?: Readonly<Record<string, string>>
  readonly success: {
    readonly status: number
    readonly description: string
    readonly schema?: z.ZodType
    /** True when the same address also answers with server-sent events. */
    readonly events?: boolean
  }
  readonly errors?: readonly ErrorCode[]
  /** What to do instead where this would change one of several replicas and leave the others as they are. */
  readonly refusedAlone?: string
}

interface Mounting {
  /** Counts all requests but those to open routes. */
  readonly limit: RequestHandler
  readonly isReplica?: boolean
}

/** Mounts every route and answers other methods on the same address with 405. */
export function mountRoutes(
  app: Express,
  routes: readonly Route[],
  { limit, isReplica = false }: Mounting,
): void {
  for (const { method, path, scope = 'admin', handlers, refusedAlone } of routes) {
    const counted = scope === 'open' ? [] : [limit]
    const refused = isReplica && refusedAlone !== undefined ? [refuseAlone(refusedAlone)] : []
    app[method](path, ...counted, requireScope(scope), ...refused, ...handlers)
  }
  for (const path of new Set(routes.map((route) => route.path))) {
    const methods = routes.filter((route) => route.path === path).map(({ method }) => method)
    app.all(path, refuseMethod(methods.map((method) => method.toUpperCase())))
  }
}

function refuseAlone(hint: string): RequestHandler {
  return () => {
    const message = 'This service is one of several replicas, and this would change it alone.'
    throw new HttpError('forbidden', message, [hint])
  }
}

function refuseMethod(allowed: readonly string[]): RequestHandler {
  return (request, response) => {
    response.setHeader('Allow', allowed.join(', '))
    const message = `${request.method} is not possible here.`
    throw new HttpError('method_not_allowed', message, [`Use ${allowed.join(' or ')}.`])
  }
}
