/** A small seeded random source with the same sequence on every machine. */

/** Steps and multipliers of a 32-bit counter generator (splitmix32). */
const STEP = 0x9e3779b9
const MIX_ONE = 0x21f0aaad
const MIX_TWO = 0x735a2d97
const RANGE = 2 ** 32

export interface Random {
  /** A fraction in [0, 1). */
  fraction(): number
  /** An integer in [low, high], both included. */
  integer(low: number, high: number): number
  /** True in `percent` of 100 cases. */
  chance(percent: number): boolean
  /** One element of a list that is not empty. */
  pick<T>(list: readonly T[]): T
  /** An index of `weights`, each as likely as its share of the sum. */
  weighted(weights: readonly number[]): number
}

export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const fraction = (): number => {
    state = (state + STEP) >>> 0
    let mixed = Math.imul(state ^ (state >>> 16), MIX_ONE)
    mixed = Math.imul(mixed ^ (mixed >>> 15), MIX_TWO)
    return ((mixed ^ (mixed >>> 15)) >>> 0) / RANGE
  }
  const integer = (low: number, high: number) => low + Math.floor(fraction() * (high - low + 1))
  return {
    fraction,
    integer,
    chance: (percent) => fraction() * 100 < percent,
    pick: <T>(list: readonly T[]) => list[integer(0, list.length - 1)] as T,
    weighted: (weights) => indexAt(weights, fraction()),
  }
}

function indexAt(weights: readonly number[], fraction: number): number {
  let left = fraction * weights.reduce((sum, weight) => sum + weight, 0)
  for (const [index, weight] of weights.entries()) {
    left -= weight
    if (left < 0) return index
  }
  return weights.length - 1
}

/** A seed of its own for each text, by FNV-1a (32 bits). */
export function seedOf(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  }
  return hash >>> 0
}

/** The list in another order, each as likely (Fisher and Yates). */
export function shuffled<T>(list: readonly T[], random: Random): T[] {
  const result = [...list]
  for (let last = result.length - 1; last > 0; last--) {
    const other = random.integer(0, last)
    const kept = result[last] as T
    result[last] = result[other] as T
    result[other] = kept
  }
  return result
}
