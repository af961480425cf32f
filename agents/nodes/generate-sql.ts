/** Has the chosen generator write SQL; after a failed attempt it is told what went wrong. */
import type { Catalog } from '../../data/catalog.js'
import type { GraphDependencies } from '../dependencies.js'
import { clarify } from '../entities/clarify.js'
import type { Entities } from '../entities/entities.js'
import { type GenerationRequest, tryOutLimits } from '../sql-generator.js'
import { askedQuestions, type State } from '../state.js'
import { type NodeContext, type NodeResult, traced } from '../traced.js'

export function generateSql(dependencies: GraphDependencies) {
  return traced('generateSql', 'generating', async (state, context): Promise<NodeResult> => {
    const request = requestOf(state, context, dependencies)
    const chosen = state.options.generator
    if (!request) return { update: { failure: nothingToReadFrom }, summary: 'There is no catalog.' }
    const generator = dependencies.generators[chosen]
    if (!generator) return unknownGenerator(chosen)
    const generation = await generator.generate(request)
    if (generation.ok) {
      const { sql, warnings = [] } = generation
      for (const message of warnings) context.emit({ type: 'warning', message })
      return {
        update: { sql, generation, warnings, failure: undefined, verdict: undefined },
        summary: `Written by ${generation.generator}. ${generation.reason}`,
        details: {
          candidates: generation.candidates,
          samples: generation.samples,
          model: generation.model,
        },
      }
    }
    const { code, message, hints, retryAfterSeconds } = generation
    if (code === 'ambiguous') return { update: { clarification: request.doubt }, summary: message }
    return {
      update: {
        sql: undefined,
        failure: { code, phase: 'generating', message, hints, retryAfterSeconds },
      },
      summary: message,
    }
  })
}

function unknownGenerator(name: string): NodeResult {
  const message = `There is no generator called ${name} here.`
  const code = 'model_unavailable' as const
  return {
    update: { failure: { code, phase: 'generating', message, hints: [] } },
    summary: message,
  }
}

/** Where other words are unknown anyway, a choice would not help. */
function doubtOf(entities: Entities, catalog: Catalog, question: string) {
  return entities.unknownWords.length > 0 ? undefined : clarify(entities, catalog, question)
}

const nothingToReadFrom = {
  code: 'not_understood',
  phase: 'generating',
  message: 'There is no data to ask about.',
  hints: [],
} as const

function requestOf(
  state: State,
  { signal, emit }: NodeContext,
  { knowledge, database }: GraphDependencies,
): GenerationRequest | undefined {
  const { catalog, context, entities, attempts } = state
  if (!catalog || !context || !entities) return undefined
  const last = attempts.at(-1)
  const question = state.rewrittenQuestion ?? state.question
  return {
    question,
    asked: askedQuestions(state),
    intent: state.intent ?? 'unclear',
    entities,
    context,
    catalog,
    valueLinks: knowledge.linkValues(question),
    chosen: state.resolutions,
    swaps: state.options.swaps,
    doubt: last ? undefined : doubtOf(entities, catalog, question),
    failure: last?.failure && {
      sql: last.sql,
      generator: last.generator,
      written: state.generation?.candidates[0],
      code: state.failure?.code === 'sql_failed' ? 'sql_failed' : 'sql_invalid',
      message: last.failure.message,
      hints: state.failure?.hints ?? [],
    },
    tryOut: (sql) => database.query(sql, { ...tryOutLimits, signal }),
    signal,
    endsAt: state.options.endsAt,
    user: state.options.user,
    onPlace: (place) =>
      emit({
        type: 'state',
        state: 'generating',
        message: place === 0 ? 'Writing SQL' : `Waiting for the model, number ${place} in line`,
        queue: { place },
      }),
    onToken: (done, read) =>
      emit({
        type: 'state',
        state: 'generating',
        message: 'Writing SQL',
        progress: { done, unit: 'tokens', read },
      }),
  }
}
