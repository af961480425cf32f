/** Has the model write: once when it is sure of itself, else until the results of several candidates agree. */
import type { LanguageModel } from '../../../models/language-model.js'
import { noAnswer } from '../../../models/prompts/sql-prompt.js'
import {
  type Candidate,
  type Completing,
  doubtfulSums,
  readCandidate,
  resultOf,
  tellsSomething,
} from './candidate.js'
import { isIdle } from './idle-query.js'
import type { Levers } from './levers.js'
import { isDecided } from './vote.js'

const maxAnswerTokens = 160
/** Over all candidates: at most about eight seconds, which only a model at a loss needs. */
const maxDrawnTokens = 480
/**
 * A first answer whose least sure token is likelier than this is not asked about again. On 331 questions that no row of
 * training was about, drawing below 0.3 got 251 right, below 0.5 253, below 0.65 254 and below 0.8 256.
 */
const sureProbability = 0.8
/** Warm enough for other readings of the question, cold enough for SQL that holds together. */
const temperature = 0.7

/** How the model is asked for one text. */
export interface Asking {
  readonly model: LanguageModel
  readonly prompt: string
  /** The prompt's beginning that other questions share. */
  readonly prefix: string
  /** Built only when it is needed. */
  readonly grammar: () => string
}

export interface Drawing {
  /** For the likeliest text, or for the one drawn with that seed. */
  readonly asking: (seed?: number) => Asking
  readonly levers: Pick<Levers, 'grammar' | 'samples'>
  readonly completing: Completing
  /** That the data holds an answer, 0 to 1: where the model believes it less, nothing more is drawn. */
  readonly requiredBelief?: number
  readonly signal?: AbortSignal
  /** Called with the number of tokens written so far, and of those read for it, over all candidates. */
  readonly onToken?: (written: number, read: number) => void
}

/** The runtime failed, or the prompt has no room; the reason is in `message`. */
export class WritingError extends Error {
  readonly code = 'model_failed'
}

export type Candidates = readonly [greedy: Candidate, ...drawn: Candidate[]]

/** Throws a WritingError when the model fails or is stopped. */
export async function drawCandidates(drawing: Drawing): Promise<Candidates> {
  const { grammar, samples } = drawing.levers
  const { write, written } = writer(drawing)
  const first = await write({ held: grammar === 'always' })
  if (turnsDown(first, drawing.requiredBelief) || isSure(first)) return [first]
  const candidates: [Candidate, ...Candidate[]] = [first]
  if (grammar === 'rescue' && !resultOf(first)) candidates.push(await write({ held: true }))
  for (let seed = 1; seed <= samples; seed++) {
    if (written() > maxDrawnTokens || isDecided(candidates, samples - seed + 1)) break
    candidates.push(await write({ held: grammar === 'always', seed }))
  }
  return candidates
}

/** The model says that the schema does not hold what the question asks for, or believes too little that it does. */
export function turnsDown(greedy: Candidate, requiredBelief = 0): boolean {
  const { joinFree, noAnswerProbability = 1 } = greedy
  return joinFree === noAnswer || 1 - noAnswerProbability < requiredBelief
}

/** So sure that neither other candidates nor a question back are needed. */
export function isSure(candidate: Candidate): boolean {
  const { leastProbability = 1, reading } = candidate
  if (leastProbability < sureProbability || !reading.ok) return false
  if (doubtfulSums(candidate).length > 0 || isIdle(candidate.joinFree)) return false
  if (candidate.leavesOut) return false
  const result = resultOf(candidate)
  // What takes long may well be right; whoever runs it in earnest has more time.
  if (!result) return !reading.outcome.ok && reading.outcome.failure.code === 'sql_timeout'
  return tellsSomething(result)
}

interface Manner {
  /** To the grammar. */
  readonly held: boolean
  readonly seed?: number
}

function writer({ asking, signal, onToken, ...drawing }: Drawing) {
  const completing = triedOnce(drawing.completing)
  let tokens = 0
  let read = 0
  const write = async ({ held, seed }: Manner): Promise<Candidate> => {
    const before = tokens
    const { model, prompt, prefix, grammar } = asking(seed)
    const request = {
      prompt,
      prefix,
      maxTokens: maxAnswerTokens,
      stop: '\n',
      rival: ` ${noAnswer}`,
      signal,
      onToken: (count: number) => {
        tokens = before + count
        onToken?.(tokens, read)
      },
      ...(held && { grammar: grammar() }),
      ...(seed !== undefined && { sampling: { temperature, seed } }),
    }
    const completion = await model.complete(request).catch((cause) => {
      throw new WritingError(cause instanceof Error ? cause.message : String(cause), { cause })
    })
    read += completion.promptTokens ?? 0
    onToken?.(tokens, read)
    return readCandidate(completion, completing)
  }
  return { write, written: () => tokens }
}

/** Candidates often agree word for word, and a query that runs into its time limit would do so each time. */
function triedOnce(completing: Completing): Completing {
  const outcomes = new Map<string, ReturnType<Completing['tryOut']>>()
  const tryOut = (sql: string) => {
    const outcome = outcomes.get(sql) ?? completing.tryOut(sql)
    outcomes.set(sql, outcome)
    return outcome
  }
  return { ...completing, tryOut }
}
