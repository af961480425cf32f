/** `parley model list`, `activate` and `rollback`: which adapter the local model has, and what was trained from nothing. */
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
    await models.fillScratch()
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
  terminal.print([list.note, ...adaptersIn(list), ...scratchIn(list)].join('\n'))
  for (const problem of list.problems) terminal.say(problem)
}

function adaptersIn({ adapters }: ModelList): readonly string[] {
  const rows = adapters.map((adapter) => [
    adapter.name,
    adapter.isActive ? 'in use' : stateOf(adapter),
    ...scoreOf(adapter),
    adapter.base.name,
    adapter.origin,
  ])
  return tableOf(['adapter', 'state', 'score', 'measure', 'base', 'from'], rows)
}

function scratchIn({ scratch }: ModelList): readonly string[] {
  const rows = scratch.map((model) => [
    model.name,
    model.isActive ? 'in use' : stateOf(model),
    ...scoreOf(model),
    model.type ?? '',
    model.origin,
  ])
  return tableOf(['from scratch', 'state', 'score', 'measure', 'type', 'from'], rows)
}

/** Nothing for no rows. */
function tableOf(names: readonly string[], rows: readonly (readonly string[])[]) {
  const columns = names.map((name) => ({ name, type: 'VARCHAR', kind: 'text' as const }))
  return rows.length > 0 ? [textTable(columns, rows)] : []
}

function scoreOf({ score }: Pick<ListedAdapter, 'score'>): readonly string[] {
  return score ? [`${(100 * score.value).toFixed(1)} %`, score.measure] : ['', '']
}

function stateOf({ fits, bytes }: Pick<ListedAdapter, 'fits' | 'bytes'>): string {
  if (bytes === undefined) return 'file missing'
  return fits === false ? 'of another base' : ''
}
