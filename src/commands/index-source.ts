/** `parley index`: reads a source and fills its index ahead of the first question. */
import { exitCodes } from '../exit-codes.js'
import { createOrchestrator } from '../index.js'
import type { CommandContext } from './command-context.js'

export interface IndexOptions {
  readonly source?: string
  readonly json?: boolean
}

export async function index(options: IndexOptions, context: CommandContext): Promise<number> {
  const { terminal, config } = context
  const started = performance.now()
  const orchestrator = await createOrchestrator({
    ...config,
    source: options.source ?? config.source,
    waitFor: 'index',
    onProgress: terminal.onProgress,
    onWeights: terminal.onWeights,
  })
  try {
    const { tables, relationships } = await orchestrator.catalog()
    const health = await orchestrator.health()
    const part = health.parts.find(({ name }) => name === 'index')
    const seconds = (performance.now() - started) / 1000
    terminal.settle()
    terminal.print(
      options.json
        ? JSON.stringify({
            source: health.source,
            tables: tables.length,
            relationships,
            index: part,
            seconds,
          })
        : `${health.source}: ${tables.length} tables, ${relationships.length} relationships. ${part?.note ?? ''} (${seconds.toFixed(1)} s)`,
    )
    return exitCodes.answered
  } finally {
    await orchestrator.close()
  }
}
