/** Picks a generator by evidence: rules when they explain every word, else the local model when it may help; says which and why. */
import { stem } from '../../rag/words.js'
import type { EmbedTexts } from '../intent/nearest-intent.js'
import type { Generation, GenerationRequest, SqlGenerator } from '../sql-generator.js'
import { explainWords } from './explain-words.js'
import { toldWords, usesTerms } from './local/term-remarks.js'

/**
 * How far the model must believe that the data holds what is asked, where a word of the question names nothing in it.
 * On validation questions of the training job: 203 of 227 right answers are believed so far, and of questions without
 * an answer 6 of 84.
 */
const believedEnough = 0.8
/**
 * How near in meaning, on average, such words must be to what the SQL reads, where a sentence model can tell. Of 118
 * answers to validation questions it takes 9 right and 9 wrong ones.
 */
const nearEnough = 0.35

export interface AutoParts {
  readonly rules: SqlGenerator
  readonly local: SqlGenerator
  /**
   * Whether the model was trained and measured for this, or chosen by the user. A base model alone writes SQL
   * that runs and answers something else (0 of its 128 answers to the demo questions were right), so a refusal serves better.
   */
  readonly isTrusted: () => boolean
  readonly embed: EmbedTexts
}

export function createAutoGenerator({ rules, local, isTrusted, embed }: AutoParts): SqlGenerator {
  const usable = () => local.status().ready && isTrusted()
  return {
    name: 'auto',
    status: () => ({
      name: 'auto',
      ready: true,
      note: usable()
        ? 'Rules first; the local model when rules do not reach.'
        : local.status().ready
          ? 'Rules only: the local model is a base model without a trained adapter.'
          : 'Rules only, for now: the local model is not ready.',
    }),
    generate: async (request) => {
      const byRules = await rules.generate(request)
      if (byRules.ok || !usable()) return byRules
      const byModel = await askModel(request, local, embed)
      if (!byModel) return byRules
      if (!byModel.ok) return byModel
      return {
        ...byModel,
        reason: `The rules could not write it (${byRules.message}), so the local model did.`,
      }
    },
    close: async () => {},
  }
}

const noTime: readonly string[] = ['rate_limited', 'busy', 'deadline', 'cancelled']

/** A word that names nothing in the data may be one that the model knows another way to say, or may make it answer something else. */
async function askModel(
  request: GenerationRequest,
  local: SqlGenerator,
  embed: EmbedTexts,
): Promise<Generation | undefined> {
  const { entities, catalog } = request
  const { base } = entities
  const told = toldWords(request.question, catalog)
  const unknownWords = entities.unknownWords.filter((word) => !told.has(stem(word)))
  if (unknownWords.length === 0 && base === undefined && told.size === 0) return undefined
  const allKnown = unknownWords.length === 0
  const generation = await local.generate(
    allKnown ? request : { ...request, requiredBelief: believedEnough },
  )
  // That the model had no time says nothing about the question.
  if (!generation.ok) return noTime.includes(generation.code) ? generation : undefined
  // A term that the SQL makes nothing of was not understood.
  if (!usesTerms(generation.sql, request.question, catalog)) return undefined
  if (allKnown) return generation
  const [written = ''] = generation.candidates
  const explained = await explainWords(unknownWords, written, catalog, embed)
  if (!explained) return generation
  if (explained.value < nearEnough) return undefined
  return { ...generation, evidence: [...generation.evidence, explained] }
}
