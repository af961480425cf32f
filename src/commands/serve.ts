/** `parley serve`: the page and the HTTP door; ready to answer while the models are still arriving. */
import { join } from 'node:path'
import type { ProcessLock } from '../../models/process-lock.js'
import type { Config } from '../config.js'
import { exitCodes } from '../exit-codes.js'
import { lockHome } from '../home-lock.js'
import type { Keys } from '../http/authenticate.js'
import { createApp } from '../http/create-app.js'
import { createLifecycle } from '../http/lifecycle.js'
import { serveApp } from '../http/serve-app.js'
import { SetUpError } from '../index.js'
import { createLogger } from '../logger.js'
import { createModelQueue } from '../model-queue.js'
import { openObservers } from '../observe/open-observers.js'
import { openModels } from '../open-models.js'
import { localUser, type PolicyFile } from '../row-policies.js'
import type { Services } from '../services.js'
import { chooseKeys } from './choose-keys.js'
import type { CommandContext } from './command-context.js'
import { openDatasets } from './open-datasets.js'

/** On top of the time that an answer may take. */
const idleBeyondAnswersMs = 60_000

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
  const { datasets, services, policyFile } = await openDatasets(config, hooks, observers)
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
        : `Parley answers questions about ${services.source.label} at ${server.url}`,
    )
    if (policyFile) terminal.say(announcePolicies(policyFile, keys))
    announceParts(services, context)
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

function announcePolicies({ name, policies }: PolicyFile, { required }: Keys): string {
  const counted = `Each user sees the rows that ${name} gives them (${policies.size} named).`
  return required ? counted : `${counted} Whoever sends no key is ${localUser}.`
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
