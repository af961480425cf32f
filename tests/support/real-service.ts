/** The whole service on a free loopback port over real data, with a model of the test's own. */
import pino from 'pino'
import type { LanguageModel } from '../../models/language-model.js'
import { keepAddedDatasets } from '../../src/added/keep-added-datasets.js'
import { readConfig } from '../../src/config.js'
import { joinOrchestrator } from '../../src/create-orchestrator.js'
import { offerDatasets } from '../../src/datasets.js'
import type { Keys } from '../../src/http/authenticate.js'
import { createApp } from '../../src/http/create-app.js'
import { createLifecycle } from '../../src/http/lifecycle.js'
import { type RequestTimeouts, type RunningServer, serveApp } from '../../src/http/serve-app.js'
import { createModelQueue, type ModelQueue } from '../../src/model-queue.js'
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
  readonly limits?: Partial<ServiceLimits>
  readonly keys?: Keys
  readonly drainMs?: number
  readonly timeouts?: RequestTimeouts
}

export async function realService(options: RealServiceOptions): Promise<RealService> {
  const limits = { ...defaultServiceLimits, ...options.limits }
  const read = readConfig({ PARLEY_HOME: options.home, PARLEY_OFFLINE: '1' })
  if (!read.ok) throw new Error(read.problems.join(' '))
  const config = { ...read.config, source: options.source }
  const logger = pino({ level: 'silent' })
  const modelQueue = createModelQueue(limits)
  const hooks = { logger, models: modelsOf(options.model), limits, modelQueue }
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
  const app = createApp(datasets, { logger, limits, lifecycle, keys: options.keys })
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
