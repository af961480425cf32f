/** The most that a model could reach: each question is answered by its gold SQL, made join-free and completed again. */
import type { Catalog } from '../../data/catalog.js'
import type { OpenedSource } from '../../data/evaluation/evaluate-questions.js'
import { roundTrip } from '../../data/join-free/round-trip.js'
import { createOrchestrator } from '../index.js'
import type { Models } from '../open-models.js'
import type { CommandContext } from './command-context.js'
import type { JudgeSettings } from './open-judge.js'
import { openPredictedSource } from './open-predicted-source.js'

/** A source that cannot be opened is a value. */
export async function openCeilingSource(
  source: string | undefined,
  models: Models,
  judging: JudgeSettings,
  context: Pick<CommandContext, 'config' | 'signal'>,
): Promise<OpenedSource> {
  const catalog = await catalogOf(source, models, context).catch((error: Error) => error.message)
  if (typeof catalog === 'string') return { ok: false, message: catalog }
  const predict = ({ sqls: [gold] }: { readonly sqls: readonly string[] }) =>
    gold === undefined ? undefined : withoutAndWithJoins(gold, catalog)
  return openPredictedSource(source, predict, judging, context)
}

/** As the product describes the data to a model. */
async function catalogOf(
  source: string | undefined,
  models: Models,
  { config }: Pick<CommandContext, 'config'>,
): Promise<Catalog> {
  const options = { ...config, source, models, keepConversations: false, waitFor: 'data' } as const
  const orchestrator = await createOrchestrator(options)
  try {
    return await orchestrator.catalog()
  } finally {
    await orchestrator.close()
  }
}

/** Undefined for SQL that cannot be said without joins. */
function withoutAndWithJoins(gold: string, catalog: Catalog): string | undefined {
  const said = roundTrip(gold, catalog)
  return said.ok ? said.sql : undefined
}
