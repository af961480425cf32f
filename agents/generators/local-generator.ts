/** Writes SQL with the local model under a grammar of the offered schema, then completes its joins by code. */
import type { Catalog } from '../../data/catalog.js'
import { completeJoinFree } from '../../data/join-free/complete-join-free.js'
import { joinFreeGrammar } from '../../models/grammar/join-free-grammar.js'
import type { Completion, LanguageModel } from '../../models/language-model.js'
import { buildSqlPrompt } from '../../models/prompts/sql-prompt.js'
import type { Entities } from '../entities/entities.js'
import type { Evidence, Generation, GenerationRequest, SqlGenerator } from '../sql-generator.js'
import { type OfferedSchema, offerSchema } from './local/offered-schema.js'

/** In tokens: prompt and answer together stay below the context of 2,048. */
const maxPromptTokens = 1_800
/** The part of the prompt that questions on one database share: tables and keys. */
const maxSchemaTokens = 1_300
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
  const schema = offerSchema(request, (offered) => fits(model, request, offered))
  if (schema.tables.length === 0) return refuse('not_understood', 'This data has no tables.')
  const written = await write(model, request, schema)
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
  schema: OfferedSchema,
): Promise<Written> {
  const values = linkedValues(request.entities)
  const prompt = promptFor(model, request, schema, values)
  const { dialect } = request.catalog
  const grammar = joinFreeGrammar({ dialect, tables: schema.tables, values })
  const { signal, onToken } = request
  try {
    const completion = await model.complete({
      prompt,
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

/** Measured without the question, so that the same schema is offered for every question. */
function fits(
  model: LanguageModel,
  { catalog }: GenerationRequest,
  schema: OfferedSchema,
): boolean {
  const parts = { ...schemaParts(catalog, schema), valueHints: [], question: '' }
  const unlimited = { maxTokens: Number.POSITIVE_INFINITY, countTokens: () => 0 }
  return model.countTokens(buildSqlPrompt(parts, unlimited)) <= maxSchemaTokens
}

function promptFor(
  model: LanguageModel,
  { catalog, context, question, failure }: GenerationRequest,
  schema: OfferedSchema,
  valueHints: readonly LinkedValue[],
): string {
  const examples = context.documents.flatMap(({ kind, text, sql }) =>
    kind === 'example' && sql !== undefined ? [{ question: text, sql }] : [],
  )
  return buildSqlPrompt(
    {
      ...schemaParts(catalog, schema),
      valueHints,
      // Most alike last, next to the question.
      examples: examples.slice(0, maxExamples).toReversed(),
      question,
      failure: failure && { sql: failure.sql, reason: failure.message },
    },
    { maxTokens: maxPromptTokens, countTokens: (text) => model.countTokens(text) },
  )
}

function schemaParts(catalog: Catalog, { tables, relationships }: OfferedSchema) {
  return {
    dialect: catalog.dialect,
    tables: tables.map(({ name, primaryKey, columns }) => ({
      name,
      columns: columns.map((column) => ({
        name: column.name,
        type: column.type,
        primaryKey: primaryKey.includes(column.name),
        // Numbers and dates say nothing that the type does not, and cost a token a digit.
        samples: column.kind === 'text' ? column.samples : [],
      })),
    })),
    foreignKeys: relationships.flatMap(({ from, to, further = [] }) => [
      { from, to },
      ...further.map((pair) => ({
        from: { table: from.table, column: pair.from },
        to: { table: to.table, column: pair.to },
      })),
    ]),
  }
}

interface LinkedValue {
  readonly table: string
  readonly column: string
  readonly value: string
}

function linkedValues(entities: Entities): readonly LinkedValue[] {
  return entities.filters.flatMap(({ column, values }) =>
    values.map((value) => ({ ...column, value: String(value) })),
  )
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
