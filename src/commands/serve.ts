/** `parley serve`: the page and the HTTP door; ready to answer while the models are still arriving. */
import { join } from 'node:path'
import type { Logger } from 'pino'
import { createMemoryResultCache } from '../../data/results/memory-result-cache.js'
import type { ResultCache } from '../../data/results/result-cache.js'
import { sharedResultCache } from '../../data/results/shared-result-cache.js'
import type { ProcessLock } from '../../models/process-lock.js'
import { openModelShelf } from '../adapters/model-shelf.js'
import type { Config } from '../config.js'
import { discreetModels } from '../discreet-models.js'
import { exitCodes } from '../exit-codes.js'
import { openRemotes } from '../generators/remotes.js'
import { lockHome } from '../home-lock.js'
import type { Keys } from '../http/authenticate.js'
import { type AppOptions, createApp } from '../http/create-app.js'
import { createLifecycle } from '../http/lifecycle.js'
import { serveApp } from '../http/serve-app.js'
import { SetUpError } from '../index.js'
import { openKeyStore } from '../key-file.js'
import { createLogger } from '../logger.js'
import { createModelQueue } from '../model-queue.js'
import { openLineFile } from '../observe/line-file.js'
import { type Observers, openObservers } from '../observe/open-observers.js'
import { watchComparison } from '../observe/watch-comparison.js'
import { watchResults } from '../observe/watch-results.js'
import { watchUsage } from '../observe/watch-usage.js'
import { type Models, openModels } from '../open-models.js'
import { joinReplicas } from '../replicas/join-replicas.js'
import type { Replica } from '../replicas/replica.js'
import { sharedDoor } from '../replicas/shared-door.js'
import { sharedKeys } from '../replicas/shared-keys.js'
import { sharedUsage } from '../replicas/shared-usage.js'
import { openReportShelf } from '../reports/report-shelf.js'
import type { ServiceHooks } from '../services.js'
import { announce } from './announce.js'
import { chooseKeys } from './choose-keys.js'
import type { CommandContext } from './command-context.js'
import { refuseToListen } from './listen-failure.js'
import { type OpenedDatasets, openDatasets } from './open-datasets.js'

/** On top of the time that an answer may take. */
const idleBeyondAnswersMs = 60_000
/** A hundred megabytes in all: strangers can have lines written too. */
const logFile = { name: 'parley.log', fileSize: '10M', files: 9 } as const

export interface ServeOptions {
  readonly source?: string
  readonly port?: string
  readonly host?: string
  readonly policies?: string
  readonly json?: boolean
}

export async function serve(options: ServeOptions, context: CommandContext): Promise<number> {
  const { terminal } = context
  const config = {
    ...context.config,
    source: options.source ?? context.config.source,
    host: options.host ?? context.config.host,
    policies: options.policies ?? context.config.policies,
    port: options.port === undefined ? context.config.port : Number(options.port),
  }
  if (!Number.isInteger(config.port) || config.port < 0 || config.port > 65_535) {
    terminal.say(`${options.port} is not a port.`)
    return exitCodes.usage
  }
  const replica = await joinReplicas(config.store)
  try {
    return await serveWithKeys(config, replica, options, context)
  } finally {
    await replica?.close()
  }
}

async function serveWithKeys(
  config: Config,
  replica: Replica | undefined,
  options: ServeOptions,
  context: CommandContext,
): Promise<number> {
  const { terminal } = context
  const chosen = await chooseKeys(config, replica ? sharedKeys(replica) : openKeyStore(config.home))
  if (!chosen.ok) {
    terminal.say(chosen.message)
    return exitCodes.usage
  }
  if (chosen.warning !== undefined) terminal.say(chosen.warning)
  const home = await lockHome(config.home)
  if (!home.ok) throw new SetUpError(home.failure)
  try {
    const { keys } = chosen
    return await serveLogging({ config, replica, keys, lock: home.lock, options, context })
  } finally {
    home.lock.release()
  }
}

export interface Serving {
  readonly config: Config
  /** Where there are others. */
  readonly replica: Replica | undefined
  readonly keys: Keys
  readonly lock: ProcessLock
  readonly options: ServeOptions
  readonly context: CommandContext
}

/** Each of these opens one part, hands it to the next, and closes it whatever happens there. */
async function serveLogging(serving: Serving): Promise<number> {
  const { config, context } = serving
  const log = await openLineFile({
    ...logFile,
    folder: join(config.home, 'logs'),
    onFailure: ({ message }) => context.terminal.say(`The log cannot be written: ${message}`),
  })
  try {
    return await serveWatched(serving, createLogger(config.logLevel, log))
  } finally {
    await log.close()
  }
}

async function serveWatched(serving: Serving, logger: Logger): Promise<number> {
  const { config, replica, context } = serving
  const { onProgress, onWeights } = context.terminal
  const observers = await openObservers(config, logger)
  const models = openModels(config, { logger, onWeights })
  const { limits } = config
  const modelQueue = createModelQueue(limits)
  observers.metrics.watch({
    name: 'parley_model_queue_waiting',
    help: 'Questions that wait for the local model.',
    read: modelQueue.waiting,
  })
  const remotes = openRemotes(config, { logger, book: replica && sharedUsage(replica.sql) })
  watchUsage(observers.metrics, remotes)
  watchComparison(observers.metrics, remotes.comparison)
  // Looked for by the time that somebody wants to know, and nobody waits for it.
  for (const slot of remotes.slots.values()) slot.status()
  const { resultBytes } = config
  const results = resultBytes > 0 ? openResultCache(resultBytes, replica) : undefined
  if (results) watchResults(observers.metrics, results)
  const hooks = {
    logger,
    remotes,
    replica,
    results,
    onProgress,
    onWeights,
    models: discreetModels(models),
    limits,
    modelQueue,
  }
  try {
    return await serveDatasets(serving, hooks, models, observers)
  } finally {
    await models.close()
    await observers.close()
  }
}

function openResultCache(maxBytes: number, replica: Replica | undefined): ResultCache {
  return replica ? sharedResultCache(replica.sql, maxBytes) : createMemoryResultCache(maxBytes)
}

async function serveDatasets(
  serving: Serving,
  hooks: ServiceHooks,
  models: Models,
  observers: Observers,
): Promise<number> {
  const opened = await openDatasets(serving.config, hooks, observers)
  try {
    return await listen(serving, opened, models, { logger: hooks.logger, observers })
  } finally {
    models.stop()
    await opened.datasets.close()
  }
}

async function listen(
  serving: Serving,
  opened: OpenedDatasets,
  models: Models,
  watching: Pick<AppOptions, 'logger' | 'observers'>,
): Promise<number> {
  const { config, keys, lock, context } = serving
  const { limits, host, port, allowedOrigins } = config
  const lifecycle = createLifecycle()
  const allowedHosts = [host.includes(':') ? `[${host}]` : host, ...config.allowedHosts]
  const shelves = { models: openModelShelf(config, models), reports: openReportShelf(config.home) }
  const { replica } = serving
  const shared = replica && sharedDoor(replica)
  const names = { allowedHosts, allowedOrigins }
  const door = { ...watching, ...shelves, ...names, ...shared, keys, limits, lifecycle }
  const server = await serveApp(createApp(opened.datasets, door), {
    host,
    port,
    lifecycle,
    maxConnections: limits.connections,
    idleMs: limits.requestMs + idleBeyondAnswersMs,
  }).catch(refuseToListen(host, port))
  try {
    lock.tell(server.url)
    announce(server.url, serving, opened, models)
    await untilStopped(context.signal)
    context.terminal.say('Stopping …')
  } finally {
    await server.close()
  }
  return exitCodes.answered
}

function untilStopped(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
