/** Picks the next token from the likeliest ones, by rank or by seeded chance. */
import type { Token } from 'node-llama-cpp'
import type { Sampling } from '../language-model.js'

export interface ChosenToken {
  readonly token: Token
  /** What the model itself gave it, whatever the temperature. */
  readonly probability: number
}

/** Tokens with their probabilities, likeliest first. */
export type Likeliest = ReadonlyMap<Token, number>

export type ChooseToken = (likeliest: Likeliest) => ChosenToken

export function tokenChooser(sampling: Sampling | undefined): ChooseToken {
  if (!sampling) return (likeliest) => chosen([...likeliest], 0)
  const next = randomNumbers(sampling.seed)
  return (likeliest) => {
    const entries = [...likeliest]
    const weights = entries.map(([, probability]) => probability ** (1 / sampling.temperature))
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    let left = next() * total
    const index = weights.findIndex((weight) => {
      left -= weight
      return left < 0
    })
    return chosen(entries, Math.max(index, 0))
  }
}

/** Throws a RangeError when there is no token to choose. */
function chosen(entries: readonly (readonly [Token, number])[], index: number): ChosenToken {
  const entry = entries[index]
  if (!entry) throw new RangeError('the model offered no token')
  const [token, probability] = entry
  return { token, probability }
}

/** Numbers in [0, 1) by a 32-bit linear congruential generator, its high bits mixed into the low ones. */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return ((state ^ (state >>> 15)) >>> 0) / 2 ** 32
  }
}
