/** Tokens as a sequence writes them, freely or under a grammar, until the model ends its text. */
import type {
  LlamaContextSequence,
  LlamaGrammarEvaluationState,
  SequenceEvaluateOptions,
  Token,
} from 'node-llama-cpp'
import type { CompletionRequest, Sampling } from '../language-model.js'
import { type ChosenToken, tokenChooser } from './choose-token.js'

/** What lies behind these is too unlikely to draw, or to change a probability. */
const likeliestTokens = 40
/** Greedy decoding draws nothing at random; fixed all the same, so that no default of the runtime matters. */
const fixedSeed = 1

export type WrittenToken = Pick<ChosenToken, 'token'> & Partial<ChosenToken>

/** Reads the prompt's tokens, then chooses token after token; probabilities come along. */
export async function* freeTokens(
  sequence: LlamaContextSequence,
  prompt: Token[],
  sampling: Sampling | undefined,
): AsyncGenerator<WrittenToken> {
  const choose = tokenChooser(sampling)
  const steps = sequence.evaluateWithMetadata(
    prompt,
    { probabilities: true },
    // Sorted and cut to the likeliest by the runtime: probabilities of the whole vocabulary take longer than a step.
    { temperature: 1, topK: likeliestTokens, topP: 1, seed: fixedSeed, yieldEogToken: true },
  )
  try {
    for (let step = await steps.next(); !step.done; ) {
      const chosen = choose(step.value.probabilities)
      if (sequence.model.isEogToken(chosen.token)) return
      yield chosen
      step = await steps.next(chosen.token)
    }
  } finally {
    await steps.return()
  }
}

/**
 * The runtime masks its whole vocabulary where the likeliest token does not fit the grammar, and at every
 * token when probabilities are asked for.
 */
export async function* grammarTokens(
  sequence: LlamaContextSequence,
  prompt: Token[],
  grammarEvaluationState: LlamaGrammarEvaluationState,
  { sampling, withProbability }: Pick<CompletionRequest, 'sampling' | 'withProbability'>,
): AsyncGenerator<WrittenToken> {
  const drawing: SequenceEvaluateOptions = sampling
    ? { ...sampling, topK: likeliestTokens, topP: 1 }
    : { temperature: 0, seed: fixedSeed }
  const options = { ...drawing, grammarEvaluationState }
  const confidence = withProbability === true
  for await (const step of sequence.evaluateWithMetadata(prompt, { confidence }, options)) {
    yield 'confidence' in step
      ? { token: step.token, probability: Number(step.confidence) }
      : { token: step.token }
  }
}
