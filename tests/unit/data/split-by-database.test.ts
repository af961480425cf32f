/** Questions in three parts, by database. */
import { describe, expect, it } from 'vitest'
import { splitByDatabase } from '../../../data/training/split-by-database.js'

const shares = { train: 90, validation: 5, test: 5 }
/** 140 databases of 20 to 80 questions, as in Spider. */
const counts = new Map<string, number>(
  Array.from({ length: 140 }, (_, at) => [`db_${at}`, 20 + ((at * 37) % 61)] as const),
)
const total = [...counts.values()].reduce((sum, count) => sum + count, 0)

function sizes(split: ReadonlyMap<string, string>) {
  const sums: Record<string, number> = { train: 0, validation: 0, test: 0 }
  for (const [name, kind] of split) sums[kind] = (sums[kind] ?? 0) + (counts.get(name) ?? 0)
  return sums
}

describe('a split by database', () => {
  it('gives every database to one part, and comes within one database of each share', () => {
    const split = splitByDatabase(counts, { shares, seed: 1 })
    expect(split.size).toBe(140)
    const { validation = 0, test = 0 } = sizes(split)
    for (const found of [validation, test]) {
      expect(found).toBeLessThanOrEqual(Math.round(total * 0.05))
      expect(found).toBeGreaterThan(total * 0.05 - 20)
    }
  })

  it('is the same for the same seed, in whatever order the databases come, and another for another', () => {
    const first = splitByDatabase(counts, { shares, seed: 1 })
    const backward = new Map([...counts].reverse())
    expect(new Map([...splitByDatabase(backward, { shares, seed: 1 })].sort())).toEqual(
      new Map([...first].sort()),
    )
    expect(splitByDatabase(counts, { shares, seed: 2 })).not.toEqual(first)
  })

  it('leaves no part without a database when three are all there is', () => {
    const three = new Map([
      ['a', 10],
      ['b', 10],
      ['c', 10],
    ])
    const parts = [...splitByDatabase(three, { shares, seed: 1 }).values()]
    expect(parts.sort()).toEqual(['test', 'train', 'validation'])
  })

  it('gives nothing to a part whose share is 0', () => {
    const split = splitByDatabase(counts, {
      shares: { train: 90, validation: 10, test: 0 },
      seed: 1,
    })
    expect(sizes(split).test).toBe(0)
  })
})
