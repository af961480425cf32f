/** `parley model list`, `activate` and `rollback`: which adapter the local model has. */
import {
  type Activation,
  type ListedAdapter,
  type ModelList,
  type ModelShelf,
  openModelShelf,
} from '../adapters/model-shelf.js'
import { exitCodes } from '../exit-codes.js'
import { createLogger } from '../logger.js'
import { openModels } from '../open-models.js'
import type { CommandContext } from './command-context.js'
import { textTable } from './text-table.js'

interface AsJson {
  readonly json?: boolean
}

export function listAdapters({ json }: AsJson, context: CommandContext): Promise<number> {
  return withShelf(context, async (shelf) => {
    tell(await shelf.list(), json, context)
    return exitCodes.answered
  })
}

export function activateAdapter(
  { adapter, json }: AsJson & { readonly adapter: string },
  context: CommandContext,
): Promise<number> {
  return changing((shelf) => shelf.activate(adapter), json, context)
}

export function rollBackAdapter({ json }: AsJson, context: CommandContext): Promise<number> {
  return changing((shelf) => shelf.rollBack(), json, context)
}

function changing(
  change: (shelf: ModelShelf) => Promise<Activation>,
  json: boolean | undefined,
  context: CommandContext,
): Promise<number> {
  return withShelf(context, async (shelf) => {
    const changed = await change(shelf)
    if (!changed.ok) {
      context.terminal.say([changed.message, ...changed.hints].join('\n'))
      return exitCodes.failed
    }
    tell(await shelf.list(), json, context)
    if (!json) context.terminal.say('A service that runs takes it at its next start.')
    return exitCodes.answered
  })
}

/** The model is really loaded, so that what is chosen is known to work. */
async function withShelf(
  { config, terminal }: CommandContext,
  use: (shelf: ModelShelf) => Promise<number>,
): Promise<number> {
  const { onWeights } = terminal
  const models = openModels(config, { logger: createLogger('error'), onWeights })
  try {
    await models.fillModel()
    terminal.settle()
    return await use(openModelShelf(config, models))
  } finally {
    await models.close()
  }
}

function tell(list: ModelList, json: boolean | undefined, { terminal }: CommandContext): void {
  if (json) {
    terminal.print(JSON.stringify(list, null, 2))
    return
  }
  terminal.print([list.note, ...(list.adapters.length > 0 ? [tableOf(list)] : [])].join('\n'))
  for (const problem of list.problems) terminal.say(problem)
}

function tableOf({ adapters }: ModelList): string {
  const rows = adapters.map((adapter) => [
    adapter.name,
    adapter.isActive ? 'in use' : stateOf(adapter),
    adapter.score ? `${(100 * adapter.score.value).toFixed(1)} %` : '',
    adapter.score?.measure ?? '',
    adapter.base.name,
    adapter.origin,
  ])
  const columns = ['adapter', 'state', 'score', 'measure', 'base', 'from'].map((name) => {
    return { name, type: 'VARCHAR', kind: 'text' as const }
  })
  return textTable(columns, rows)
}

function stateOf({ fits, bytes }: ListedAdapter): string {
  if (bytes === undefined) return 'file missing'
  return fits === false ? 'of another base' : ''
}
