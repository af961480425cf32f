/** Parts pairs into training and validation so that the two share no template and no skeleton. */
import { createRandom } from '../../random.js'
import type { Pair } from '../pair.js'
import { normalisedQuestion, normalisedSql } from '../sql-shape.js'

export interface SplitOptions {
  /** What validation should make of all that is kept, 0 to 1. */
  readonly share: number
  readonly seed: number
}

export interface SplitPairs {
  readonly train: readonly Pair[]
  readonly validation: readonly Pair[]
  /** Pairs whose skeleton the other part has more of. */
  readonly between: number
  /** Pairs that another phase has as well. */
  readonly repeated: number
}

/** Templates tried for each that is taken. */
const candidates = 8

/** Whole templates go to validation until it has its share; what both parts ask in one skeleton stays with one. */
export function splitPairs(all: readonly Pair[], { share, seed }: SplitOptions): SplitPairs {
  const pairs = withoutRepeats(all)
  const random = createRandom(seed)
  const free = [...new Set(pairs.map(({ template }) => template))].sort()
  const taken = new Set<string>()
  let parts = partsOf(pairs, taken)
  while (free.length > 1 && shareOf(parts) < share) {
    const tried = Array.from({ length: Math.min(candidates, free.length) }, () => random.pick(free))
    const options = tried.map((template) => {
      const next = partsOf(pairs, new Set([...taken, template]))
      return { template, next, lost: next.between - parts.between }
    })
    const best = options.reduce((one, other) => (other.lost < one.lost ? other : one))
    taken.add(best.template)
    free.splice(free.indexOf(best.template), 1)
    parts = best.next
  }
  return { ...parts, repeated: all.length - pairs.length }
}

type Parts = Omit<SplitPairs, 'repeated'>

function shareOf({ train, validation }: Parts): number {
  return validation.length / Math.max(1, train.length + validation.length)
}

function partsOf(pairs: readonly Pair[], validating: ReadonlySet<string>): Parts {
  const balance = new Map<string, number>()
  for (const { template, skeleton } of pairs) {
    const weight = validating.has(template) ? 1 : -1
    balance.set(skeleton, (balance.get(skeleton) ?? 0) + weight)
  }
  const isKept = ({ skeleton }: Pair, inValidation: boolean) =>
    (balance.get(skeleton) ?? 0) > 0 === inValidation
  const validation = pairs.filter((pair) => validating.has(pair.template) && isKept(pair, true))
  const train = pairs.filter((pair) => !validating.has(pair.template) && isKept(pair, false))
  return { train, validation, between: pairs.length - train.length - validation.length }
}

/** The first of those that say or ask the same. */
export function withoutRepeats(all: readonly Pair[]): readonly Pair[] {
  const known = new Set<string>()
  return all.filter(({ question, sql }) => {
    const keys = [`q ${normalisedQuestion(question)}`, ...(sql ? [`s ${normalisedSql(sql)}`] : [])]
    const isNew = keys.every((key) => !known.has(key))
    for (const key of keys) known.add(key)
    return isNew
  })
}
