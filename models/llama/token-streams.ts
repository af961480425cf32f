/** Tokens as a sequence writes them, freely or under a grammar, until the model ends its text. */
import type {
  LlamaContextSequence,
  LlamaGrammarEvaluationState,
  SequenceEvaluateOptions,
  Token,
} from 'node-llama-cpp'
import type { CompletionRequest, Sampling } from '../language-model.js'
import { type ChosenToken, type Likeliest, tokenChooser } from './choose-token.js'

/** What lies behind these is too unlikely to draw, or to change a probability. */
const likeliestTokens = 40
/** Greedy decoding draws nothing at random; fixed all the same, so that no default of the runtime matters. */
const fixedSeed = 1

export type WrittenToken = Pick<ChosenToken, 'token'> & Partial<ChosenToken>

/** What the model believed after each beginning of an answer to one prompt, by the beginning's tokens. */
export type Beliefs = Map<string, Likeliest>

/**
 * Chooses token after token; probabilities come along. Candidates often begin alike, and a beginning that `beliefs`
 * knows costs nothing: the model reads on where this answer leaves the earlier ones, and `beliefs` learns the rest.
 */
export async function* freeTokens(
  sequence: LlamaContextSequence,
  prompt: readonly Token[],
  sampling: Sampling | undefined,
  beliefs: Beliefs,
): AsyncGenerator<WrittenToken> {
  const choose = tokenChooser(sampling)
  const written: Token[] = []
  let steps: ReturnType<typeof stepsAfter> | undefined
  try {
    for (;;) {
      const beginning = written.join()
      let likeliest = beliefs.get(beginning)
      if (!likeliest) {
        steps ??= stepsAfter(sequence, await unreadTokens(sequence, [...prompt, ...written]))
        // The first step has read the last token already, and takes no notice of it here.
        const step = await steps.next(written.at(-1))
        if (step.done) return
        likeliest = step.value.probabilities
        beliefs.set(beginning, likeliest)
      }
      const chosen = choose(likeliest)
      if (sequence.model.isEogToken(chosen.token)) return
      yield chosen
      written.push(chosen.token)
    }
  } finally {
    await steps?.return()
  }
}

function stepsAfter(sequence: LlamaContextSequence, unread: Token[]) {
  return sequence.evaluateWithMetadata(
    unread,
    { probabilities: true },
    // Sorted and cut to the likeliest by the runtime: probabilities of the whole vocabulary take longer than a step.
    { temperature: 1, topK: likeliestTokens, topP: 1, seed: fixedSeed, yieldEogToken: true },
  )
}

/** Keeps what the sequence has read in common with the tokens, and returns those still to be read. */
async function unreadTokens(
  sequence: LlamaContextSequence,
  tokens: readonly Token[],
): Promise<Token[]> {
  const { firstDifferentIndex } = sequence.compareContextTokens([...tokens])
  // At least one token must be read, to have something to continue from.
  const start = Math.min(firstDifferentIndex, tokens.length - 1)
  const end = sequence.nextTokenIndex
  if (start < end) await sequence.eraseContextTokenRanges([{ start, end }])
  return tokens.slice(sequence.nextTokenIndex)
}

/**
 * The runtime masks its whole vocabulary where the likeliest token does not fit the grammar, and at every
 * token when probabilities are asked for.
 */
export async function* grammarTokens(
  sequence: LlamaContextSequence,
  prompt: readonly Token[],
  grammarEvaluationState: LlamaGrammarEvaluationState,
  { sampling, withProbability }: Pick<CompletionRequest, 'sampling' | 'withProbability'>,
): AsyncGenerator<WrittenToken> {
  const drawing: SequenceEvaluateOptions = sampling
    ? { ...sampling, topK: likeliestTokens, topP: 1 }
    : { temperature: 0, seed: fixedSeed }
  const options = { ...drawing, grammarEvaluationState }
  const confidence = withProbability === true
  const unread = await unreadTokens(sequence, prompt)
  for await (const step of sequence.evaluateWithMetadata(unread, { confidence }, options)) {
    yield 'confidence' in step
      ? { token: step.token, probability: Number(step.confidence) }
      : { token: step.token }
  }
}
