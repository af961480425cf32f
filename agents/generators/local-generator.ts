/** Writes SQL with the local model under a grammar of the retrieved schema, then completes its joins by code. */
import { type Catalog, findTable, type Table } from '../../data/catalog.js'
import { completeJoinFree } from '../../data/join-free/complete-join-free.js'
import { joinFreeGrammar } from '../../models/grammar/join-free-grammar.js'
import type { Completion, LanguageModel } from '../../models/language-model.js'
import { buildSqlPrompt } from '../../models/prompts/sql-prompt.js'
import type { Entities } from '../entities/entities.js'
import type {
  Evidence,
  Generation,
  GenerationRequest,
  GeneratorStatus,
  SqlGenerator,
} from '../sql-generator.js'

/** Leaves room for the answer in a context of 2,048 tokens. */
const maxPromptTokens = 1_600
const maxAnswerTokens = 160
/** Columns of one table offered to the model; wider tables show the ones the question names first. */
const maxColumns = 40
const maxTables = 8

/** The model arrives later than the service: `current` gives it once it is loaded, and a note until then. */
export interface ModelSlot {
  current(): LanguageModel | undefined
  note(): string
}

export function createLocalGenerator(slot: ModelSlot): SqlGenerator {
  return {
    name: 'local',
    status: (): GeneratorStatus => ({
      name: 'local',
      ready: slot.current() !== undefined,
      note: slot.note(),
    }),
    generate: async (request) => {
      const model = slot.current()
      return model ? generate(model, request) : refuse('model_unavailable', slot.note())
    },
    close: async () => {},
  }
}

async function generate(model: LanguageModel, request: GenerationRequest): Promise<Generation> {
  const tables = offeredTables(request)
  if (tables.length === 0) return refuse('not_understood', 'This data has no tables.')
  const values = linkedValues(request.entities)
  const completion = await model.complete({
    prompt: promptFor(model, request, tables, values),
    grammar: grammarFor(request.catalog, tables, values),
    maxTokens: maxAnswerTokens,
    signal: request.signal,
    onToken: request.onToken,
  })
  if (request.signal?.aborted) return refuse('cancelled', 'The question was cancelled.')
  const joinFree = completion.text.trim().replace(/;+$/, '')
  if (completion.cut) return refuse('model_failed', 'The model did not finish its SQL.')
  return complete(joinFree, completion, request)
}

function complete(
  joinFree: string,
  completion: Completion,
  request: GenerationRequest,
): Generation {
  const { catalog, context } = request
  const completed = completeJoinFree(joinFree, catalog, { rankedTables: context.tables })
  if (!completed.ok) return refuse('model_failed', completed.message, completed.hints)
  return {
    ok: true,
    sql: completed.sql,
    generator: 'local',
    candidates: [joinFree],
    evidence: evidenceFor(completion, completed.tables, request.entities),
    reason: 'The local model wrote it under a grammar of this schema.',
  }
}

/** Tables by rank of retrieval; all of them, within limits, when nothing was retrieved. */
function offeredTables({ catalog, context, entities }: GenerationRequest): readonly Table[] {
  const ranked = context.tables.flatMap((name) => findTable(catalog, name) ?? [])
  const tables = ranked.length > 0 ? ranked : catalog.tables
  return tables.slice(0, maxTables).map((table) => narrowed(table, entities))
}

function narrowed(table: Table, entities: Entities): Table {
  if (table.columns.length <= maxColumns) return table
  const named = new Set(
    [
      ...entities.filters.map((filter) => filter.column),
      ...entities.dimensions.map((dimension) => dimension.column),
      ...entities.listed,
      ...entities.measures.flatMap((measure) => measure.column ?? []),
    ]
      .filter((reference) => reference.table === table.name)
      .map((reference) => reference.column),
  )
  const first = table.columns.filter((column) => named.has(column.name))
  const rest = table.columns.filter((column) => !named.has(column.name))
  return { ...table, columns: [...first, ...rest].slice(0, maxColumns) }
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

function promptFor(
  model: LanguageModel,
  { catalog, context, question, failure }: GenerationRequest,
  tables: readonly Table[],
  valueHints: readonly LinkedValue[],
): string {
  return buildSqlPrompt(
    {
      dialect: catalog.dialect,
      tables: tables.map((table) => ({
        name: table.name,
        columns: table.columns.map((column) => ({
          name: column.name,
          type: column.type,
          primaryKey: table.primaryKey.includes(column.name),
          samples: column.samples,
        })),
      })),
      foreignKeys: relationshipsAmong(catalog, tables),
      valueHints,
      examples: context.documents.flatMap(({ kind, text, sql }) =>
        kind === 'example' && sql !== undefined ? [{ question: text, sql }] : [],
      ),
      question,
      failure: failure && { sql: failure.sql, reason: failure.message },
    },
    { maxTokens: maxPromptTokens, countTokens: (text) => model.countTokens(text) },
  )
}

function relationshipsAmong(catalog: Catalog, tables: readonly Table[]) {
  const names = new Set(tables.map((table) => table.name))
  return catalog.relationships.filter((r) => names.has(r.from.table) && names.has(r.to.table))
}

function grammarFor(
  catalog: Catalog,
  tables: readonly Table[],
  values: readonly LinkedValue[],
): string {
  return joinFreeGrammar({ dialect: catalog.dialect, tables, values })
}

/** Observable reasons only: how sure each token was, and whether the SQL uses what the question names. */
function evidenceFor(
  completion: Completion,
  tables: readonly string[],
  entities: Entities,
): readonly Evidence[] {
  const certainty =
    completion.meanLogProbability === undefined
      ? undefined
      : Math.exp(completion.meanLogProbability)
  const named = new Set(
    [
      ...entities.measures.map((m) => m.table),
      ...entities.filters.map((f) => f.column.table),
    ].filter((table) => table !== ''),
  )
  const used = [...named].filter((table) => tables.includes(table)).length
  return [
    ...(certainty === undefined
      ? []
      : [
          {
            name: 'token certainty',
            value: certainty,
            note: 'Mean probability of the chosen tokens.',
          },
        ]),
    ...(named.size === 0
      ? []
      : [
          {
            name: 'names used',
            value: used / named.size,
            note: 'Share of the tables named in the question that the SQL reads.',
          },
        ]),
  ]
}

function refuse(
  code: 'not_understood' | 'model_unavailable' | 'model_failed' | 'cancelled',
  message: string,
  hints: readonly string[] = [],
): Generation {
  return { ok: false, generator: 'local', code, message, hints }
}
