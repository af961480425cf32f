/** Asks a generator about a table of which only the columns are known. */
import { readQuestion } from '../../../agents/entities/read-question.js'
import { newestDate } from '../../../agents/entities/schema/newest-date.js'
import { pointPrompt } from '../../../agents/generators/pointers/pointed-prompt.js'
import { pointAtSchema } from '../../../agents/generators/pointers/schema-pointers.js'
import { intentOfShape } from '../../../agents/intent/intent-of-shape.js'
import type { GenerationRequest } from '../../../agents/sql-generator.js'
import type { Catalog } from '../../../data/catalog.js'
import type { QueryOutcome } from '../../../data/database.js'
import { formCatalog, formTable, sqlOfForm } from '../../../data/evaluation/wikisql/form-table.js'
import type { FormQuestion } from '../../../data/evaluation/wikisql/read-form-questions.js'
import { completeJoinFree } from '../../../data/join-free/complete-join-free.js'
import { encodeJoinFree } from '../../../data/join-free/encode-join-free.js'
import { createGenerators } from '../../generators/create-generators.js'
import { openRemotes } from '../../generators/remotes.js'
import { createLogger } from '../../logger.js'
import type { Models } from '../../open-models.js'
import type { CommandContext } from '../command-context.js'
import type { EvaluationSettings } from '../evaluation-settings.js'

export type AskForm = (
  question: FormQuestion,
  signal: AbortSignal,
) => Promise<
  { readonly ok: true; readonly sql: string } | { readonly ok: false; readonly reason: string }
>

/** The generator as the product has it; what it writes is not run. */
export function productAsker(
  { generator: name, levers }: Pick<EvaluationSettings, 'generator' | 'levers'>,
  { model, scratch }: Models,
  { config }: Pick<CommandContext, 'config'>,
): AskForm {
  const logger = createLogger('error')
  const knowledge = { embed: async () => undefined }
  const parts = { model, scratch, remotes: openRemotes(config, { logger }), knowledge }
  const generators = createGenerators(parts, { ...config, levers, fallBack: false }, { logger })
  return async (question, signal) => {
    const request = requestFor(question, signal)
    const generation = await generators[name]?.generate(request)
    if (generation?.ok) return { ok: true, sql: generation.sql }
    return { ok: false, reason: generation?.message ?? `There is no generator called ${name}.` }
  }
}

/** As the graph puts it, without what only rows could tell. */
function requestFor(
  { tableId, columns, question }: FormQuestion,
  signal: AbortSignal,
): GenerationRequest {
  const catalog = formCatalog(tableId, columns)
  const reading = { question, catalog, valueLinks: [], asOf: newestDate(catalog) }
  const { entities } = readQuestion(reading)
  return {
    question,
    asked: [question],
    intent: intentOfShape(entities, undefined),
    entities,
    context: { documents: [], tables: [formTable] },
    catalog,
    valueLinks: [],
    tryOut: async () => nothingFound,
    signal,
  }
}

const nothingFound: QueryOutcome = {
  ok: true,
  result: { columns: [], rows: [], rowCount: 0, truncated: false, elapsedMs: 0 },
}

/** The gold form on the way of an answer: in the SQL that models write, for `scratch` by pointers, and completed again. */
export function goldAsker(generator: string): AskForm {
  return async (asked) => {
    const catalog = formCatalog(asked.tableId, asked.columns)
    const encoded = encodeJoinFree(sqlOfForm(asked.gold, asked.columns), catalog)
    if (!encoded.ok) return { ok: false, reason: encoded.message }
    const written =
      generator === 'scratch'
        ? thereAndBack(encoded.joinFree, asked.question, catalog)
        : encoded.joinFree
    const completed = completeJoinFree(written, catalog, { orderGroups: true })
    return completed.ok
      ? { ok: true, sql: completed.sql }
      : { ok: false, reason: completed.message }
  }
}

function thereAndBack(joinFree: string, question: string, catalog: Catalog): string {
  const pointed = pointPrompt({ question, links: [] }, catalog, pointAtSchema())
  return pointed.toNames(pointed.toPointers(joinFree))
}
