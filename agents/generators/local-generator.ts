/** Writes SQL with the local model over the offered schema; joins are completed by code, and doubts settled by a vote. */
import { encodeJoinFree } from '../../data/join-free/encode-join-free.js'
import { joinFreeGrammar } from '../../models/grammar/join-free-grammar.js'
import type { LanguageModel } from '../../models/language-model.js'
import type { PromptExample } from '../../models/prompts/sql-prompt.js'
import { readNames } from '../entities/read-names.js'
import type {
  FailedAttempt,
  Generation,
  GenerationRequest,
  SqlGenerator,
} from '../sql-generator.js'
import { doubtfulSums } from './local/candidate.js'
import {
  type Asking,
  type Candidates,
  drawCandidates,
  isSure,
  turnsDown,
  WritingError,
} from './local/draw-candidates.js'
import { agreement, certaintyOf, holdingOf, namesUsed, readingTaken } from './local/evidence.js'
import { defaultLevers, type Levers } from './local/levers.js'
import { type LocalPrompt, localPrompt, type PromptTask } from './local/local-prompt.js'
import { type Manner, namedManner, type PutQuestion } from './local/manner.js'
import { termRemarks } from './local/term-remarks.js'
import { toldReason } from './local/told-reason.js'
import { vote } from './local/vote.js'
import { namedColumns } from './named-columns.js'

/** Tables offered when retrieval filters the schema. */
const filteredTables = 4

/** The model arrives later than the service: `current` gives it once it is loaded, and a note until then. */
export interface ModelSlot {
  current(): LanguageModel | undefined
  note(): string
  /** Whether nothing will arrive before somebody sets it up: the note says how. */
  isOff?(): boolean
}

/** Every failure of the model is a value; `generate` throws nothing but programming errors. */
export function createLocalGenerator(
  slot: ModelSlot,
  changed: Partial<Levers> = {},
  manner: Manner = namedManner,
): SqlGenerator {
  const { name } = manner
  const levers = { ...defaultLevers, ...changed }
  return {
    name,
    status: () => ({
      name,
      ready: slot.current() !== undefined,
      note: slot.note(),
      ...(slot.isOff?.() && { off: true }),
      place: 'here',
      told: 'values',
      model: slot.current()?.name,
    }),
    generate: async (request) => {
      const model = slot.current()
      if (!model) return refuse(name, 'model_unavailable', slot.note())
      return generate({ model, levers, manner }, request)
    },
    close: async () => {},
  }
}

interface Writer {
  readonly model: LanguageModel
  readonly levers: Levers
  readonly manner: Manner
}

async function generate(writer: Writer, request: GenerationRequest): Promise<Generation> {
  const { signal } = request
  const { name, title } = writer.manner
  const failure = ownFailure(request, name)
  if (failure && !writer.levers.repair) {
    return refuse(name, 'model_failed', failure.message, failure.hints)
  }
  const task = taskOf(writer, request)
  const put = writer.manner.put(task.question, request.valueLinks, request.catalog)
  const prompt = promptOf(put, task, writer)
  if (prompt.schema.tables.length === 0) {
    return refuse(name, 'not_understood', 'This data has no tables.')
  }
  const asking = (seed?: number) => {
    const again = seed === undefined ? undefined : put.again?.(seed)
    return again
      ? askingOf(again, promptOf(again, task, writer), writer)
      : askingOf(put, prompt, writer)
  }
  try {
    const candidates = await draw(writer, asking, put, request)
    if (signal?.aborted) return refuse(name, 'cancelled', 'The question was cancelled.')
    return choose(candidates, writer, request)
  } catch (error) {
    if (!(error instanceof WritingError)) throw error
    if (signal?.aborted) return refuse(name, 'cancelled', 'The question was cancelled.')
    return refuse(name, 'model_failed', `The ${title} failed: ${error.message}.`, [
      'Ask again, or choose the rules generator.',
    ])
  }
}

function askingOf(put: PutQuestion, prompt: LocalPrompt, { model }: Writer): Asking {
  const { prefix, suffix } = prompt
  return {
    model: put.inNames(model),
    prompt: prefix + suffix,
    prefix,
    grammar: () => joinFreeGrammar({ dialect: put.catalog.dialect, ...put.grammarOf(prompt) }),
  }
}

function draw(
  { levers, manner }: Writer,
  asking: (seed?: number) => Asking,
  { leavesOut }: PutQuestion,
  request: GenerationRequest,
): Promise<Candidates> {
  const { catalog, context, tryOut, swaps, requiredBelief, doubt, signal, onToken } = request
  const wasTried = ownFailure(request, manner.name) !== undefined
  return drawCandidates({
    asking,
    // The first time round all doubts were voted on already; on what the user can say there is no vote.
    levers: wasTried || doubt ? { ...levers, samples: 0 } : levers,
    completing: { catalog, rankedTables: context.tables, swaps, tryOut, leavesOut },
    requiredBelief,
    signal,
    onToken,
  })
}

/** What the candidates come to. Where none ran, the first complete one goes on: its check tells the next try why. */
function choose(
  candidates: Candidates,
  { model, manner: { name, title } }: Writer,
  request: GenerationRequest,
): Generation {
  const [first] = candidates
  if (turnsDown(first, request.requiredBelief)) {
    return refuse(
      name,
      'not_understood',
      'This data does not seem to hold what the question asks for.',
    )
  }
  const { doubt } = request
  if (doubt && !isSure(first)) return refuse(name, 'ambiguous', doubt.question)
  const voted = vote(candidates)
  const winner = voted?.winner ?? candidates.find(({ reading }) => reading.ok) ?? first
  const { reading } = winner
  if (!reading.ok) return refuse(name, 'model_failed', reading.message, reading.hints)
  const wasAlone = candidates.length === 1
  return {
    ok: true,
    sql: reading.sql,
    generator: name,
    candidates: [...new Set([winner, ...candidates].map(({ joinFree }) => joinFree))],
    samples: candidates.length,
    model: model.fingerprint,
    evidence: [
      ...certaintyOf(winner),
      ...holdingOf(first),
      ...readingTaken(winner.joinFree, request.entities),
      ...(wasAlone ? [] : agreement(voted?.votes ?? 0, candidates.length)),
      ...namesUsed(reading.tables, request.entities),
    ],
    warnings: doubtfulSums(winner).map(
      (column) =>
        `The sum of ${column} may count some rows more than once: each is joined with several others.`,
    ),
    reason: wasAlone
      ? `The ${title} wrote it, and every name in it exists.`
      : `The ${title} was in doubt: ${voted?.votes ?? 0} of its ${candidates.length} candidates gave this result.`,
  }
}

/** The same however often, and in whatever order of its tables, the question is put. */
function taskOf(
  { model, levers, manner }: Writer,
  request: GenerationRequest,
): Omit<PromptTask, 'catalog'> {
  const { catalog, context, entities, valueLinks, question } = request
  const failure = ownFailure(request, manner.name)
  return {
    question: withChosen(request),
    items: levers.nameHints
      ? readNames({ question, catalog, valueLinks, asOf: entities.asOf })
      : undefined,
    links: levers.valueHints ? valueLinks : [],
    periods: entities.periods,
    wishes: {
      rankedTables: context.tables,
      named: namedColumns(entities),
      onlyTables: levers.schemaFilter ? filteredTables : undefined,
    },
    // Most alike last, next to the question.
    examples: readExamples(request).slice(0, manner.maxExamples).toReversed(),
    failure: failure && { sql: failure.written ?? failure.sql, reason: toldReason(failure) },
    contextSize: model.contextSize,
  }
}

function promptOf(
  { form, catalog }: PutQuestion,
  task: Omit<PromptTask, 'catalog'>,
  { model }: Writer,
): LocalPrompt {
  return localPrompt({ ...task, catalog }, (text) => model.countTokens(text), form)
}

/** In the SQL the model writes; what cannot be put so would teach it to write what is not completed. */
function readExamples({ catalog, context }: GenerationRequest): readonly PromptExample[] {
  return context.documents.flatMap(({ kind, text, sql }) => {
    if (kind !== 'example' || sql === undefined) return []
    const encoded = encodeJoinFree(sql, catalog)
    return encoded.ok ? [{ question: text, sql: encoded.joinFree }] : []
  })
}

/** As experts' remarks stand behind a question in the training rows. */
function withChosen({ question, catalog, chosen = {} }: GenerationRequest): string {
  const answered = Object.entries(chosen)
    .filter(([name]) => question.toLowerCase().includes(name))
    .map(([name, { table, column }]) => `${name} refers to ${table}.${column}`)
  const remarks = [...answered, ...termRemarks(question, catalog)]
  return remarks.length > 0 ? `${question} (${remarks.join('; ')})` : question
}

/** What another generator got wrong teaches nothing about this one's SQL. */
function ownFailure(
  { failure }: GenerationRequest,
  name: Manner['name'],
): FailedAttempt | undefined {
  return failure?.generator === name ? failure : undefined
}

function refuse(
  generator: Manner['name'],
  code: (Generation & { ok: false })['code'],
  message: string,
  hints: readonly string[] = [],
): Generation & { ok: false } {
  return { ok: false, generator, code, message, hints }
}
