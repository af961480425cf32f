/** `parley serve`: the page and the HTTP door; ready to answer while the models are still arriving. */
import { join } from 'node:path'
import { joinOrchestrator } from '../create-orchestrator.js'
import { exitCodes } from '../exit-codes.js'
import { createApp } from '../http/create-app.js'
import { serveApp } from '../http/serve-app.js'
import { SetUpError } from '../index.js'
import { createLogger } from '../logger.js'
import { openServices } from '../services.js'
import type { CommandContext } from './command-context.js'

export interface ServeOptions {
  readonly source?: string
  readonly port?: string
  readonly host?: string
  readonly json?: boolean
}

export async function serve(options: ServeOptions, context: CommandContext): Promise<number> {
  const { terminal, signal } = context
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
  const logger = createLogger(config.logLevel, join(config.home, 'logs', 'parley.log'))
  const hooks = { logger, onProgress: terminal.onProgress, onWeights: terminal.onWeights }
  const opened = await openServices(config, hooks)
  if (!opened.ok) throw new SetUpError(opened.failure)
  const orchestrator = joinOrchestrator(opened.services, config, hooks)
  try {
    const server = await serveApp(createApp(orchestrator, { logger }), config)
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
    await orchestrator.close()
  }
  return exitCodes.answered
}

/** Says when the models are there, or why not; questions work before. */
function announceParts(
  {
    knowledgeReady,
    modelReady,
    knowledge,
    model,
  }: Extract<Awaited<ReturnType<typeof openServices>>, { ok: true }>['services'],
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
