/** Has the chosen generator write SQL; after a failed attempt it is told what went wrong. */
import type { KnowledgeBase } from '../../rag/knowledge.js'
import type { GraphDependencies } from '../dependencies.js'
import type { GenerationRequest } from '../sql-generator.js'
import type { State } from '../state.js'
import { type NodeContext, type NodeResult, traced } from '../traced.js'

export function generateSql({ generators, knowledge }: GraphDependencies) {
  return traced('generateSql', 'generating', async (state, context): Promise<NodeResult> => {
    const request = requestOf(state, context, knowledge)
    const chosen = state.options.generator === 'given' ? 'auto' : state.options.generator
    if (!request) return { update: { failure: nothingToReadFrom }, summary: 'There is no catalog.' }
    const generation = await generators[chosen].generate(request)
    if (generation.ok) {
      return {
        update: { sql: generation.sql, generation, failure: undefined, verdict: undefined },
        summary: `Written by ${generation.generator}. ${generation.reason}`,
        details: { candidates: generation.candidates },
      }
    }
    const { code, message, hints } = generation
    return {
      update: {
        sql: undefined,
        failure: { code, phase: 'generating', message, hints },
      },
      summary: message,
    }
  })
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
  knowledge: KnowledgeBase,
): GenerationRequest | undefined {
  const { catalog, context, entities, attempts } = state
  if (!catalog || !context || !entities) return undefined
  const last = attempts.at(-1)
  const question = state.rewrittenQuestion ?? state.question
  return {
    question,
    intent: state.intent ?? 'unclear',
    entities,
    context,
    catalog,
    valueLinks: knowledge.linkValues(question),
    failure: last?.failure && {
      sql: last.sql,
      code: 'sql_invalid',
      message: last.failure.message,
      hints: state.failure?.hints ?? [],
    },
    signal,
    onToken: (done) =>
      emit({
        type: 'state',
        state: 'generating',
        message: 'Writing SQL',
        progress: { done, unit: 'tokens' },
      }),
  }
}
