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
 * less than the smallest database left. A share above 0 that no database fits gets the smallest one, while the training keeps one.
 */
export function splitByDatabase(
  counts: ReadonlyMap<string, number>,
  { shares, seed }: SplitPlan,
): ReadonlyMap<string, SplitName> {
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0)
  const room = new Map(small.map((part) => [part, Math.round((total * shares[part]) / 100)]))
  const split = new Map<string, SplitName>()
  for (const name of inSeededOrder([...counts.keys()].sort(), seed)) {
    const count = counts.get(name) ?? 0
    const fitting = small.find((part) => count <= (room.get(part) ?? 0))
    if (fitting) room.set(fitting, (room.get(fitting) ?? 0) - count)
    split.set(name, fitting ?? 'train')
  }
  for (const part of small) {
    if (shares[part] > 0 && ![...split.values()].includes(part)) giveSmallest(split, part, counts)
  }
  return split
}

const small = ['test', 'validation'] as const

function giveSmallest(
  split: Map<string, SplitName>,
  part: SplitName,
  counts: ReadonlyMap<string, number>,
): void {
  const size = (name: string) => counts.get(name) ?? 0
  const [smallest, another] = [...split.keys()]
    .filter((name) => split.get(name) === 'train')
    .sort((left, right) => size(left) - size(right))
  if (smallest !== undefined && another !== undefined) split.set(smallest, part)
}

function inSeededOrder(names: readonly string[], seed: number): readonly string[] {
  const random = createRandom(seed)
  return names
    .map((name) => ({ name, key: random.fraction() }))
    .sort((left, right) => left.key - right.key)
    .map(({ name }) => name)
}
