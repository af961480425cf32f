/** The whole service on a free loopback port over real data, with a model of the test's own. */
import pino from 'pino'
import type { LanguageModel } from '../../models/language-model.js'
import { openModelShelf } from '../../src/adapters/model-shelf.js'
import { keepAddedDatasets } from '../../src/added/keep-added-datasets.js'
import { readConfig } from '../../src/config.js'
import { joinOrchestrator } from '../../src/create-orchestrator.js'
import { offerDatasets } from '../../src/datasets.js'
import type { Keys } from '../../src/http/authenticate.js'
import { createApp } from '../../src/http/create-app.js'
import { createLifecycle } from '../../src/http/lifecycle.js'
import { type RequestTimeouts, type RunningServer, serveApp } from '../../src/http/serve-app.js'
import { createModelQueue, type ModelQueue } from '../../src/model-queue.js'
import type { Models } from '../../src/open-models.js'
import { openReportShelf } from '../../src/reports/report-shelf.js'
import { defaultServiceLimits, type ServiceLimits } from '../../src/service-limits.js'
import { openServices } from '../../src/services.js'
import { modelsOf } from './scripted-model.js'

export interface RealService extends RunningServer {
  readonly modelQueue: ModelQueue
}

export interface RealServiceOptions {
  readonly home: string
  readonly source: string
  readonly model: LanguageModel
  /** In place of that one; its owner's to close. */
  readonly models?: Models
  /** What PARLEY_ADAPTER says. */
  readonly adapter?: string
  readonly limits?: Partial<ServiceLimits>
  readonly keys?: Keys
  readonly drainMs?: number
  readonly timeouts?: RequestTimeouts
}

export async function realService(options: RealServiceOptions): Promise<RealService> {
  const limits = { ...defaultServiceLimits, ...options.limits }
  const read = readConfig({
    PARLEY_HOME: options.home,
    PARLEY_OFFLINE: '1',
    PARLEY_ADAPTER: options.adapter,
  })
  if (!read.ok) throw new Error(read.problems.join(' '))
  const config = { ...read.config, source: options.source }
  const logger = pino({ level: 'silent' })
  const modelQueue = createModelQueue(limits)
  const models = options.models ?? modelsOf(options.model)
  const hooks = { logger, models, limits, modelQueue }
  const opened = await openServices(config, hooks)
  if (!opened.ok) throw new Error(opened.failure.message)
  const own = joinOrchestrator(opened.services, config, hooks)
  const { source } = opened.services
  const openDemo = () => Promise.reject(new Error('There are no demos here.'))
  const offered = await offerDatasets({ own, source, openDemo })
  const added = await keepAddedDatasets({
    home: options.home,
    datasets: offered,
    maxBytes: limits.uploadBytes,
    openSource: openDemo,
    onNotice: () => {},
  })
  const datasets = { ...offered, added }
  const lifecycle = createLifecycle()
  const shelves = { models: openModelShelf(config, models), reports: openReportShelf(config.home) }
  const app = createApp(datasets, { logger, limits, lifecycle, keys: options.keys, ...shelves })
  const { drainMs, timeouts } = options
  const listening = { host: '127.0.0.1', port: 0, lifecycle, drainMs, timeouts }
  const server = await serveApp(app, listening)
  return {
    url: server.url,
    modelQueue,
    close: async () => {
      await server.close()
      await datasets.close()
    },
  }
}
