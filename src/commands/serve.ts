/** `parley serve`: the page and the HTTP door; ready to answer while the models are still arriving. */
import { join } from 'node:path'
import { demoSource } from '../../data/demo/demo-datasets.js'
import type { ProcessLock } from '../../models/process-lock.js'
import type { Config } from '../config.js'
import { joinOrchestrator } from '../create-orchestrator.js'
import { type DatasetsInput, offerDatasets, ownDataset } from '../datasets.js'
import { exitCodes } from '../exit-codes.js'
import { lockHome } from '../home-lock.js'
import type { Keys } from '../http/authenticate.js'
import { createApp } from '../http/create-app.js'
import { createLifecycle } from '../http/lifecycle.js'
import { serveApp } from '../http/serve-app.js'
import { SetUpError } from '../index.js'
import { createLogger } from '../logger.js'
import { createModelQueue } from '../model-queue.js'
import { type Observers, openObservers } from '../observe/open-observers.js'
import { openModels } from '../open-models.js'
import { openServices, type ServiceHooks, type Services } from '../services.js'
import { chooseKeys } from './choose-keys.js'
import type { CommandContext } from './command-context.js'

/** On top of the time that an answer may take. */
const idleBeyondAnswersMs = 60_000

export interface ServeOptions {
  readonly source?: string
  readonly port?: string
  readonly host?: string
  readonly json?: boolean
}

export async function serve(options: ServeOptions, context: CommandContext): Promise<number> {
  const { terminal } = context
  const config = {
    ...context.config,
    source: options.source ?? context.config.source,
    host: options.host ?? context.config.host,
    port: options.port === undefined ? context.config.port : Number(options.port),
  }
  if (!Number.isInteger(config.port) || config.port < 0 || config.port > 65_535) {
    terminal.say(`${options.port} is not a port.`)
    return exitCodes.usage
  }
  const chosen = await chooseKeys(config)
  if (!chosen.ok) {
    terminal.say(chosen.message)
    return exitCodes.usage
  }
  if (chosen.warning !== undefined) terminal.say(chosen.warning)
  const home = await lockHome(config.home)
  if (!home.ok) throw new SetUpError(home.failure)
  try {
    return await serveFrom(config, chosen.keys, home.lock, options, context)
  } finally {
    home.lock.release()
  }
}

async function serveFrom(
  config: Config,
  keys: Keys,
  lock: ProcessLock,
  options: ServeOptions,
  context: CommandContext,
): Promise<number> {
  const { terminal, signal } = context
  const logger = createLogger(config.logLevel, join(config.home, 'logs', 'parley.log'))
  const observers = await openObservers(config, logger)
  const progress = { onProgress: terminal.onProgress, onWeights: terminal.onWeights }
  const models = openModels(config, { logger, ...progress })
  const { limits } = config
  const modelQueue = createModelQueue(limits)
  observers.metrics.watch({
    name: 'parley_model_queue_waiting',
    help: 'Questions that wait for the local model.',
    read: modelQueue.waiting,
  })
  const hooks = { logger, ...progress, models, limits, modelQueue }
  const opened = await openServices(config, hooks)
  if (!opened.ok) throw new SetUpError(opened.failure)
  const datasets = await offerDatasets({
    own: observers.watch(
      joinOrchestrator(opened.services, config, hooks),
      opened.services.source.demo ?? ownDataset,
    ),
    source: opened.services.source,
    openDemo: openDemoWith(config, hooks, opened.services, observers),
  })
  try {
    const lifecycle = createLifecycle()
    const { host, port, allowedOrigins } = config
    const allowedHosts = [host.includes(':') ? `[${host}]` : host, ...config.allowedHosts]
    const door = {
      logger,
      keys,
      limits,
      lifecycle,
      allowedHosts,
      allowedOrigins,
      observers,
    }
    const server = await serveApp(createApp(datasets, door), {
      host,
      port,
      lifecycle,
      maxConnections: limits.connections,
      idleMs: limits.requestMs + idleBeyondAnswersMs,
    })
    lock.tell(server.url)
    terminal.settle()
    terminal.print(
      options.json
        ? JSON.stringify({ url: server.url })
        : `Parley answers questions about ${opened.services.source.label} at ${server.url}`,
    )
    announceParts(opened.services, context)
    await untilStopped(signal)
    terminal.say('Stopping …')
    await server.close()
  } finally {
    models.stop()
    await datasets.close()
    await models.close()
    await observers.close()
  }
  return exitCodes.answered
}

/** Opens demos beside the service's own source, with the same models and the same Chroma server. */
function openDemoWith(
  config: Config,
  hooks: ServiceHooks,
  { knowledge, knowledgeReady }: Services,
  observers: Observers,
): DatasetsInput['openDemo'] {
  const sharedChroma = async () => {
    await knowledgeReady
    return knowledge.status().chromaUrl
  }
  return async (name, report) => {
    const onProgress: typeof report = (...step) => {
      report(...step)
      hooks.onProgress?.(...step)
    }
    const shared = { ...hooks, onProgress, sharedChroma }
    const opened = await openServices({ ...config, source: demoSource(name) }, shared)
    if (!opened.ok) throw new SetUpError(opened.failure)
    return observers.watch(joinOrchestrator(opened.services, config, shared), name)
  }
}

/** Says when the models are there, or why not; questions work before. */
function announceParts(
  { knowledgeReady, modelReady, knowledge, model }: Services,
  { terminal, signal }: CommandContext,
): void {
  const say = (text: string) => {
    if (!signal.aborted) terminal.say(text)
  }
  void knowledgeReady.then(() => {
    const { index, documents, notices } = knowledge.status()
    say([`Index: ${index}, ${documents} documents.`, ...notices].join(' '))
  })
  void modelReady.then(() => say(`Local model: ${model.note()}`))
}

function untilStopped(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
