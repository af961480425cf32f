/** Writes SQL with a chat model elsewhere; what it answers is read, completed and checked like anybody's. */
import { completeJoinFree } from '../../data/join-free/complete-join-free.js'
import { encodeJoinFree } from '../../data/join-free/encode-join-free.js'
import type { Completion, LanguageModel } from '../../models/language-model.js'
import { type ModelCallCode, ModelCallError } from '../../models/model-call-error.js'
import type { GeneratorName } from '../generator-name.js'
import type {
  Evidence,
  FailedAttempt,
  Generation,
  GenerationRequest,
  GeneratorStatus,
  SqlGenerator,
} from '../sql-generator.js'
import { namesUsed } from './local/evidence.js'
import { termRemarks } from './local/term-remarks.js'
import { namedColumns } from './named-columns.js'
import { fillIn } from './remote/fill-in.js'
import { readSql } from './remote/read-sql.js'
import { type Example, type RemotePrompt, remotePrompt } from './remote/remote-prompt.js'
import { toldFailure } from './remote/told-failure.js'

/** Models that think aloud count what they think. */
const maxAnswerTokens = 4_000
/** Of the time that is left for a question: another try, or another generator, needs the rest. */
const shareOfTime = 0.5
const usualTimeMs = 60_000

export interface RemoteModel {
  readonly model: LanguageModel
  /** Whether it may be told stored values, or names and types alone. */
  readonly told: 'values' | 'schema-only'
}

/** Where the model is looked up; opened and closed elsewhere. */
export interface RemoteSlot {
  status(): Omit<GeneratorStatus, 'name'>
  /** Why there is none is a sentence for the user. */
  find(signal?: AbortSignal): Promise<RemoteModel | { readonly missing: string }>
  /** Asks another of its models from now on; false where it has none of that name, or a setting names one. */
  choose?(model: string): Promise<boolean>
}

/** Every failure of the model is a value; `generate` throws nothing but programming errors. */
export function createRemoteGenerator(
  name: GeneratorName,
  slot: RemoteSlot,
  modelMs: number = usualTimeMs,
): SqlGenerator {
  return {
    name,
    status: () => ({ name, ...slot.status() }),
    generate: async (request) => {
      const found = await slot.find(request.signal)
      if ('missing' in found) return refuse(name, 'model_unavailable', found.missing)
      return generate({ name, ...found, modelMs }, request)
    },
    close: async () => {},
  }
}

interface Asking extends RemoteModel {
  readonly name: GeneratorName
  readonly modelMs: number
}

async function generate(asking: Asking, request: GenerationRequest): Promise<Generation> {
  const { name, model } = asking
  const asked = promptFor(asking, request)
  if (asked.schema.tables.length === 0) {
    return refuse(name, 'not_understood', 'This data has no tables.')
  }
  const timeMs = timeFor(asking, request)
  const time = AbortSignal.timeout(timeMs)
  const { signal, onToken } = request
  let written = 0
  try {
    const completion = await model.complete({
      instructions: asked.instructions,
      prompt: asked.prompt,
      maxTokens: maxAnswerTokens,
      signal: signal ? AbortSignal.any([signal, time]) : time,
      onToken: (tokens) => {
        written = tokens
        onToken?.(written, 0)
      },
    })
    const sent = asked.instructions + asked.prompt
    // Pieces of a stream may be more than the tokens that the server counts; less than before would be another try.
    const counted = Math.max(written, completion.tokens)
    onToken?.(counted, completion.promptTokens ?? model.countTokens(sent))
    return read(completion, asking, request)
  } catch (error) {
    if (signal?.aborted) return refuse(name, 'cancelled', 'The question was cancelled.')
    if (time.aborted) {
      return refuse(name, 'deadline', `${model.name} did not answer within ${seconds(timeMs)} s.`)
    }
    if (error instanceof ModelCallError) return refuse(name, codes[error.code], error.message)
    throw error
  }
}

const codes: Readonly<Record<ModelCallCode, (Generation & { ok: false })['code']>> = {
  key_refused: 'model_unavailable',
  not_found: 'model_unavailable',
  quota_spent: 'model_unavailable',
  budget_spent: 'model_unavailable',
  unreachable: 'model_unavailable',
  request_refused: 'model_failed',
  server_failed: 'model_failed',
  bad_answer: 'model_failed',
  busy: 'busy',
  timed_out: 'deadline',
}

function timeFor({ modelMs }: Asking, { endsAt }: GenerationRequest): number {
  if (endsAt === undefined) return modelMs
  return Math.max(1, Math.min(modelMs, Math.floor((endsAt - Date.now()) * shareOfTime)))
}

function read(
  { text, cut }: Completion,
  { name, model, told }: Asking,
  request: GenerationRequest,
): Generation {
  const { catalog, context, entities, valueLinks } = request
  const written = readSql(text)
  if (written === undefined) {
    const message = 'This data does not seem to hold what the question asks for.'
    return refuse(name, 'not_understood', message)
  }
  if (cut || written === '') {
    return refuse(name, 'model_failed', `${model.name} did not finish its SQL.`)
  }
  const filled = fillIn(written, entities.asOf, told === 'values' ? [] : valueLinks)
  const completed = completeJoinFree(filled, catalog, {
    rankedTables: context.tables,
    orderGroups: true,
  })
  return {
    ok: true,
    // What code cannot complete goes on as it is: the guard and the engine say what is wrong with it.
    sql: completed.ok ? completed.sql : filled,
    generator: name,
    candidates: [written],
    samples: 1,
    model: model.name,
    evidence: [
      writtenOnce,
      ...wordsKnown(entities.unknownWords),
      ...(completed.ok ? namesUsed(completed.tables, entities) : []),
    ],
    warnings: (completed.ok ? completed.repeatedSums : []).map(
      (column) =>
        `The sum of ${column} may count some rows more than once: each is joined with several others.`,
    ),
    reason: `${model.name} wrote it, told ${told === 'values' ? 'the schema and some values' : 'the schema alone'}.`,
  }
}

/** A model that tells no probabilities, and is asked once. */
const writtenOnce: Evidence = {
  name: 'written once',
  value: 0.8,
  note: 'One model wrote it, and nothing else was compared with it.',
}

function wordsKnown(unknown: readonly string[]): readonly Evidence[] {
  if (unknown.length === 0) return []
  const words = unknown.map((word) => `“${word}”`).join(', ')
  const note = `Nothing in this data is called ${words}.`
  return [{ name: 'words explained', value: 1 / (1 + unknown.length), note }]
}

function promptFor({ name, model, told }: Asking, request: GenerationRequest): RemotePrompt {
  const { catalog, context, entities, question, asked, valueLinks } = request
  const tellsValues = told === 'values'
  const failure = ownFailure(name, request)
  return remotePrompt(
    {
      catalog,
      wishes: { rankedTables: context.tables, named: namedColumns(entities) },
      asked: tellsValues || asked.length === 0 ? [question] : asked,
      remarks: remarksFor(request, tellsValues),
      values: tellsValues
        ? {
            links: valueLinks,
            periods: entities.periods,
            examples: examplesOf(request),
            asOf: entities.asOf,
          }
        : undefined,
      failure: failure && toldFailure(failure, catalog, tellsValues),
    },
    (text) => model.countTokens(text),
  )
}

/** A number or a text in a term's expression may be a stored value. */
const literal = /'|(?<![\w.])\d/

function remarksFor(
  { question, catalog, chosen = {} }: GenerationRequest,
  tellsValues: boolean,
): readonly string[] {
  const answered = Object.entries(chosen)
    .filter(([phrase]) => question.toLowerCase().includes(phrase))
    .map(([phrase, { table, column }]) => `${phrase} refers to ${table}.${column}`)
  const terms = termRemarks(question, catalog)
  return [...answered, ...(tellsValues ? terms : terms.filter((each) => !literal.test(each)))]
}

function examplesOf({ catalog, context }: GenerationRequest): readonly Example[] {
  return context.documents.flatMap(({ kind, text, sql }) =>
    kind === 'example' && sql !== undefined && encodeJoinFree(sql, catalog).ok
      ? [{ question: text, sql }]
      : [],
  )
}

/** What another generator got wrong teaches nothing about this one's SQL, and may hold stored values. */
function ownFailure(
  name: GeneratorName,
  { failure }: GenerationRequest,
): FailedAttempt | undefined {
  return failure?.generator === name ? failure : undefined
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(milliseconds < 10_000 ? 1 : 0)
}

function refuse(
  generator: GeneratorName,
  code: (Generation & { ok: false })['code'],
  message: string,
): Generation & { ok: false } {
  const hints = code === 'cancelled' ? [] : ['Ask again, or choose another generator.']
  return { ok: false, generator, code, message, hints }
}
