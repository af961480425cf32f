/** The HTTP door as an express application; it opens nothing and does not listen. */
import type { RequestListener } from 'node:http'
import express from 'express'
import type { ModelShelf } from '../adapters/model-shelf.js'
import type { Datasets } from '../datasets.js'
import type { ReportShelf } from '../reports/report-shelf.js'
import { defaultServiceLimits, type ServiceLimits } from '../service-limits.js'
import type { AnswerLog } from './answer-log.js'
import { createAnswerStreams } from './answer-streams.js'
import { authenticate, type Keys } from './authenticate.js'
import { chatRoutes } from './chat-routes.js'
import { errorHandler } from './error-handler.js'
import { healthRoutes } from './health-routes.js'
import { hostCheck } from './host-check.js'
import { HttpError } from './http-error.js'
import type { HttpLogger } from './http-logger.js'
import { informationRoutes } from './information-routes.js'
import { createLifecycle, type Lifecycle } from './lifecycle.js'
import { lookUpRoutes } from './look-up-routes.js'
import { mcpRoutes } from './mcp-routes/mcp-routes.js'
import { metricsRoutes } from './metrics-routes.js'
import { modelRoutes } from './model-routes/model-routes.js'
import type { KnownChats } from './openai-routes/known-chats.js'
import { openaiRoutes } from './openai-routes/openai-routes.js'
import { openApiDocument } from './openapi.js'
import { originCheck } from './origin-check.js'
import { mountPage } from './page-files.js'
import { type OpenRateLimiter, rateLimit } from './rate-limit.js'
import { refuseWhileDraining } from './refuse-while-draining.js'
import { reportRoutes } from './report-routes/report-routes.js'
import { requestLog } from './request-log.js'
import { resultRoutes } from './result-routes/result-routes.js'
import { mountRoutes, type Route } from './route.js'
import { securityHeaders } from './security-headers.js'
import { setUpRoutes } from './set-up-routes/set-up-routes.js'
import { shedLoad } from './shed-load.js'
import { storeRoutes } from './store-routes/store-routes.js'
import { type RequestObservers, watchRequests } from './watch-requests.js'

export interface AppOptions {
  readonly logger: HttpLogger
  /** Without them nobody needs one. */
  readonly keys?: Keys
  /** Host names, besides those of the loopback interface, that requests may name. */
  readonly allowedHosts?: readonly string[]
  /** Web origins whose pages may call the service. */
  readonly allowedOrigins?: readonly string[]
  readonly limits?: Pick<ServiceLimits, 'requestsPerSecond' | 'questions'>
  /** Where there are other replicas. */
  readonly answerLog?: AnswerLog
  /** Default: in memory. */
  readonly chats?: KnownChats
  /** What is set here would be set at one of several replicas alone. */
  readonly isReplica?: boolean
  /** Default: counted in memory. */
  readonly openLimiter?: OpenRateLimiter
  /** Shared with the server that listens. */
  readonly lifecycle?: Lifecycle
  /** Counts, audits and traces; without them there is no /metrics. */
  readonly observers?: RequestObservers
  /** Without them the routes about them are not there. */
  readonly models?: ModelShelf
  readonly reports?: ReportShelf
  /** How long an answer goes on for a reader that dropped out to come back. Default 5 s. */
  readonly graceMs?: number
}

export function createApp(datasets: Datasets, options: AppOptions): RequestListener {
  const { logger, keys, allowedHosts, allowedOrigins, graceMs, observers, models, reports } =
    options
  const { limits = defaultServiceLimits, lifecycle = createLifecycle() } = options
  const streams = createAnswerStreams({
    logger,
    graceMs,
    maxQuestions: limits.questions,
    lifecycle,
    log: options.answerLog,
  })
  const routes = [
    ...chatRoutes(datasets, streams),
    ...resultRoutes({ datasets, streams }),
    ...openaiRoutes({ datasets, streams }, options.chats),
    ...mcpRoutes({ datasets, streams }, logger),
    ...informationRoutes(datasets),
    ...lookUpRoutes(datasets),
    ...storeRoutes(datasets),
    ...setUpRoutes(datasets),
    ...(models ? modelRoutes(models) : []),
    ...(reports ? reportRoutes(reports) : []),
    ...healthRoutes(datasets, lifecycle),
    ...(observers ? metricsRoutes(observers.metrics) : []),
  ]
  const app = express()
  app.disable('x-powered-by')
  app.use(requestLog(logger), watchRequests(observers))
  app.use(securityHeaders(), hostCheck(allowedHosts))
  app.use(originCheck(allowedOrigins), refuseWhileDraining(lifecycle), authenticate(keys))
  app.use(['/api', '/v1', '/mcp', '/health'], (_request, response, next) => {
    response.setHeader('Cache-Control', 'no-store')
    next()
  })
  const limit = rateLimit(limits.requestsPerSecond, options.openLimiter)
  mountRoutes(app, [...routes, openApiRoute(routes)], { limit, isReplica: options.isReplica })
  mountPage(app)
  app.use(() => {
    throw new HttpError('not_found', 'There is nothing at this address.')
  })
  app.use(errorHandler(logger))
  const shed = shedLoad(streams, logger, observers?.metrics, allowedOrigins)
  return (request, response) => {
    if (!shed(request, response)) app(request, response)
  }
}

function openApiRoute(routes: readonly Route[]): Route {
  const document = openApiDocument(routes)
  return {
    method: 'get',
    path: '/openapi.json',
    summary: 'This description',
    scope: 'open',
    handlers: [(_request, response) => void response.json(document)],
    success: { status: 200, description: 'OpenAPI 3.1.' },
  }
}
