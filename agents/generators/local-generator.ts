/** Writes SQL with the local model under a grammar of the offered schema, then completes its joins by code. */
import { completeJoinFree } from '../../data/join-free/complete-join-free.js'
import { joinFreeGrammar } from '../../models/grammar/join-free-grammar.js'
import type { Completion, LanguageModel } from '../../models/language-model.js'
import type { Entities } from '../entities/entities.js'
import type { Evidence, Generation, GenerationRequest, SqlGenerator } from '../sql-generator.js'
import { type LocalPrompt, localPrompt } from './local/local-prompt.js'

/** Known questions shown with their SQL. */
const maxExamples = 3
const maxAnswerTokens = 160

/** The model arrives later than the service: `current` gives it once it is loaded, and a note until then. */
export interface ModelSlot {
  current(): LanguageModel | undefined
  note(): string
}

/** Every failure of the model is a value; `generate` throws nothing but programming errors. */
export function createLocalGenerator(slot: ModelSlot): SqlGenerator {
  return {
    name: 'local',
    status: () => ({ name: 'local', ready: slot.current() !== undefined, note: slot.note() }),
    generate: async (request) => {
      const model = slot.current()
      return model ? generate(model, request) : refuse('model_unavailable', slot.note())
    },
    close: async () => {},
  }
}

async function generate(model: LanguageModel, request: GenerationRequest): Promise<Generation> {
  const prompt = promptFor(model, request)
  if (prompt.schema.tables.length === 0) return refuse('not_understood', 'This data has no tables.')
  const written = await write(model, request, prompt)
  if (!written.ok) return written
  if (written.completion.cut) {
    return refuse('model_failed', 'The model did not finish its SQL.', [
      'Ask for less at once, or say which table and columns to use.',
    ])
  }
  return complete(written.completion, request)
}

type Written = { readonly ok: true; readonly completion: Completion } | (Generation & { ok: false })

async function write(
  model: LanguageModel,
  request: GenerationRequest,
  { prefix, suffix, schema, values }: LocalPrompt,
): Promise<Written> {
  const { dialect } = request.catalog
  const grammar = joinFreeGrammar({ dialect, tables: schema.tables, values })
  const { signal, onToken } = request
  try {
    const completion = await model.complete({
      prompt: prefix + suffix,
      grammar,
      maxTokens: maxAnswerTokens,
      signal,
      onToken,
    })
    return { ok: true, completion }
  } catch (error) {
    if (signal?.aborted) return refuse('cancelled', 'The question was cancelled.')
    const reason = error instanceof Error ? error.message : String(error)
    return refuse('model_failed', `The local model failed: ${reason}.`, [
      'Ask again, or choose the rules generator.',
    ])
  }
}

function complete(completion: Completion, request: GenerationRequest): Generation {
  const { catalog, context, entities } = request
  const joinFree = completion.text.trim().replace(/;+$/, '')
  const completed = completeJoinFree(joinFree, catalog, { rankedTables: context.tables })
  if (!completed.ok) return refuse('model_failed', completed.message, completed.hints)
  return {
    ok: true,
    sql: completed.sql,
    generator: 'local',
    candidates: [joinFree],
    evidence: evidenceFor(completed.tables, entities),
    reason: 'The local model wrote it under a grammar of this schema.',
  }
}

function promptFor(model: LanguageModel, request: GenerationRequest): LocalPrompt {
  const { catalog, context, entities, question, valueLinks, failure } = request
  const examples = context.documents.flatMap(({ kind, text, sql }) =>
    kind === 'example' && sql !== undefined ? [{ question: text, sql }] : [],
  )
  return localPrompt(
    {
      catalog,
      question,
      links: valueLinks,
      wishes: { rankedTables: context.tables, named: namedColumns(entities) },
      // Most alike last, next to the question.
      examples: examples.slice(0, maxExamples).toReversed(),
      failure: failure && { sql: failure.sql, reason: failure.message },
    },
    (text) => model.countTokens(text),
  )
}

function namedColumns({ filters, dimensions, listed, measures }: Entities) {
  return [
    ...filters.map((filter) => filter.column),
    ...dimensions.map((dimension) => dimension.column),
    ...listed,
    ...measures.flatMap((measure) => measure.column ?? []),
  ]
}

/** An observable reason only: whether the SQL reads the tables that the question names. */
function evidenceFor(tables: readonly string[], entities: Entities): readonly Evidence[] {
  const named = new Set(
    [
      ...entities.measures.map((measure) => measure.table),
      ...entities.filters.map((filter) => filter.column.table),
    ].filter((table) => table !== ''),
  )
  if (named.size === 0) return []
  const used = [...named].filter((table) => tables.includes(table)).length
  const note = 'Share of the tables named in the question that the SQL reads.'
  return [{ name: 'names used', value: used / named.size, note }]
}

function refuse(
  code: (Generation & { ok: false })['code'],
  message: string,
  hints: readonly string[] = [],
): Generation & { ok: false } {
  return { ok: false, generator: 'local', code, message, hints }
}
