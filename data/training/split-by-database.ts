/** Splits questions into training, validation and test so that no database is in two of them. */
import { createRandom } from '../random.js'

export const splitNames = ['train', 'validation', 'test'] as const
export type SplitName = (typeof splitNames)[number]

/** Percent of the questions; together 100. */
export type SplitShares = Readonly<Record<SplitName, number>>

export interface SplitPlan {
  readonly shares: SplitShares
  readonly seed: number
}

/**
 * The split of each database, given its number of questions. Databases are taken in a seeded order; one goes to the test or the
 * validation while it fits below that split's share, and to the training otherwise. So both are at most their share, and miss it by
 * less than the smallest database left; a share above 0 gets one database at least, while there are enough.
 */
export function splitByDatabase(
  counts: ReadonlyMap<string, number>,
  { shares, seed }: SplitPlan,
): ReadonlyMap<string, SplitName> {
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0)
  const room = {
    test: Math.round((total * shares.test) / 100),
    validation: Math.round((total * shares.validation) / 100),
  }
  const split = new Map<string, SplitName>()
  const taken = new Set<SplitName>()
  for (const name of inSeededOrder([...counts.keys()].sort(), seed)) {
    const count = counts.get(name) ?? 0
    const fitting = (['test', 'validation'] as const).find(
      (kind) => shares[kind] > 0 && (count <= room[kind] || (!taken.has(kind) && counts.size > 2)),
    )
    if (fitting) {
      room[fitting] -= count
      taken.add(fitting)
    }
    split.set(name, fitting ?? 'train')
  }
  return split
}

function inSeededOrder(names: readonly string[], seed: number): readonly string[] {
  const random = createRandom(seed)
  return names
    .map((name) => ({ name, key: random.fraction() }))
    .sort((left, right) => left.key - right.key)
    .map(({ name }) => name)
}
