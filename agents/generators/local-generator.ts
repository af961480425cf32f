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
  type Candidates,
  drawCandidates,
  isSure,
  turnsDown,
  WritingError,
} from './local/draw-candidates.js'
import { agreement, certaintyOf, holdingOf, namesUsed, readingTaken } from './local/evidence.js'
import { defaultLevers, type Levers } from './local/levers.js'
import { type LocalPrompt, localPrompt } from './local/local-prompt.js'
import { termRemarks } from './local/term-remarks.js'
import { toldReason } from './local/told-reason.js'
import { vote } from './local/vote.js'
import { namedColumns } from './named-columns.js'

/** Known questions shown with their SQL. */
const maxExamples = 3
/** Tables offered when retrieval filters the schema. */
const filteredTables = 4

/** The model arrives later than the service: `current` gives it once it is loaded, and a note until then. */
export interface ModelSlot {
  current(): LanguageModel | undefined
  note(): string
}

/** Every failure of the model is a value; `generate` throws nothing but programming errors. */
export function createLocalGenerator(slot: ModelSlot, changed: Partial<Levers> = {}): SqlGenerator {
  const levers = { ...defaultLevers, ...changed }
  return {
    name: 'local',
    status: () => ({
      name: 'local',
      ready: slot.current() !== undefined,
      note: slot.note(),
      place: 'here',
      told: 'values',
      model: slot.current()?.name,
    }),
    generate: async (request) => {
      const model = slot.current()
      return model ? generate(model, levers, request) : refuse('model_unavailable', slot.note())
    },
    close: async () => {},
  }
}

async function generate(
  model: LanguageModel,
  levers: Levers,
  request: GenerationRequest,
): Promise<Generation> {
  const { signal } = request
  const failure = ownFailure(request)
  if (failure && !levers.repair) return refuse('model_failed', failure.message, failure.hints)
  const prompt = promptFor(model, levers, request)
  if (prompt.schema.tables.length === 0) return refuse('not_understood', 'This data has no tables.')
  try {
    const candidates = await draw(model, levers, request, prompt)
    if (signal?.aborted) return refuse('cancelled', 'The question was cancelled.')
    return choose(candidates, model, request)
  } catch (error) {
    if (!(error instanceof WritingError)) throw error
    if (signal?.aborted) return refuse('cancelled', 'The question was cancelled.')
    return refuse('model_failed', `The local model failed: ${error.message}.`, [
      'Ask again, or choose the rules generator.',
    ])
  }
}

function draw(
  model: LanguageModel,
  levers: Levers,
  request: GenerationRequest,
  { prefix, suffix, schema, values }: LocalPrompt,
): Promise<Candidates> {
  const { catalog, context, tryOut, swaps, requiredBelief, signal, onToken } = request
  return drawCandidates({
    model,
    prompt: prefix + suffix,
    prefix,
    // The first time round all doubts were voted on already; on what the user can say there is no vote.
    levers: ownFailure(request) || request.doubt ? { ...levers, samples: 0 } : levers,
    grammar: () => joinFreeGrammar({ dialect: catalog.dialect, tables: schema.tables, values }),
    completing: { catalog, rankedTables: context.tables, swaps, tryOut },
    requiredBelief,
    signal,
    onToken,
  })
}

/** What the candidates come to. Where none ran, the first complete one goes on: its check tells the next try why. */
function choose(
  candidates: Candidates,
  model: LanguageModel,
  request: GenerationRequest,
): Generation {
  const [first] = candidates
  if (turnsDown(first, request.requiredBelief)) {
    return refuse('not_understood', 'This data does not seem to hold what the question asks for.')
  }
  const { doubt } = request
  if (doubt && !isSure(first)) return refuse('ambiguous', doubt.question)
  const voted = vote(candidates)
  const winner = voted?.winner ?? candidates.find(({ reading }) => reading.ok) ?? first
  const { reading } = winner
  if (!reading.ok) return refuse('model_failed', reading.message, reading.hints)
  const wasAlone = candidates.length === 1
  return {
    ok: true,
    sql: reading.sql,
    generator: 'local',
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
      ? 'The local model wrote it, and every name in it exists.'
      : `The local model was in doubt: ${voted?.votes ?? 0} of its ${candidates.length} candidates gave this result.`,
  }
}

function promptFor(model: LanguageModel, levers: Levers, request: GenerationRequest): LocalPrompt {
  const { catalog, context, entities, valueLinks } = request
  const failure = ownFailure(request)
  return localPrompt(
    {
      catalog,
      question: withChosen(request),
      items: levers.nameHints
        ? readNames({ question: request.question, catalog, valueLinks, asOf: entities.asOf })
        : [],
      links: levers.valueHints ? valueLinks : [],
      periods: entities.periods,
      wishes: {
        rankedTables: context.tables,
        named: namedColumns(entities),
        onlyTables: levers.schemaFilter ? filteredTables : undefined,
      },
      // Most alike last, next to the question.
      examples: readExamples(request).slice(0, maxExamples).toReversed(),
      failure: failure && { sql: failure.written ?? failure.sql, reason: toldReason(failure) },
    },
    (text) => model.countTokens(text),
  )
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
function ownFailure({ failure }: GenerationRequest): FailedAttempt | undefined {
  return failure?.generator === 'local' ? failure : undefined
}

function refuse(
  code: (Generation & { ok: false })['code'],
  message: string,
  hints: readonly string[] = [],
): Generation & { ok: false } {
  return { ok: false, generator: 'local', code, message, hints }
}
