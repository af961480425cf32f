/** Pairs in training and validation. */
import { describe, expect, it } from 'vitest'
import type { Pair } from '../../../../data/generator/pair.js'
import { splitPairs } from '../../../../data/generator/split/split-pairs.js'

function pair(template: string, skeleton: string, number: number): Pair {
  return {
    id: `${template}-${skeleton}-${number}`,
    phase: 'joins',
    database: 'shop',
    dialect: 'duckdb',
    question: `${template} ${skeleton} ${number}`,
    sql: `select ${template}.${skeleton} from ${template} limit ${number}`,
    skeleton,
    template,
    tables: [],
    metadata: { writer: 'test', draft: number, seed: 1 },
  }
}

/** 30 templates of 10 pairs; each shares its last skeleton with the next template. */
const pairs = Array.from({ length: 30 }, (_, at) =>
  Array.from({ length: 10 }, (_, number) =>
    pair(`t${at}`, `s${number < 8 ? at : (at + 1) % 30}`, number),
  ),
).flat()

describe('a split', () => {
  it('shares no template and no skeleton, comes near its share, and loses little', () => {
    const { train, validation, between } = splitPairs(pairs, { share: 0.2, seed: 1 })
    for (const key of ['template', 'skeleton'] as const) {
      const known = new Set(train.map((each) => each[key]))
      expect(validation.filter((each) => known.has(each[key]))).toEqual([])
    }
    expect(validation.length / (train.length + validation.length)).toBeGreaterThan(0.19)
    expect(validation.length / (train.length + validation.length)).toBeLessThan(0.25)
    expect(train.length + validation.length + between).toBe(pairs.length)
    expect(between).toBeLessThan(pairs.length * 0.06)
  })

  it('is the same for the same seed', () => {
    const options = { share: 0.2, seed: 7 }
    expect(splitPairs(pairs, options)).toEqual(splitPairs(pairs, options))
  })

  it('takes what two phases asked once', () => {
    const twice = [...pairs, ...pairs.slice(0, 5)]
    const { repeated, train, validation } = splitPairs(twice, { share: 0.2, seed: 1 })
    expect(repeated).toBe(5)
    expect(new Set([...train, ...validation].map(({ id }) => id)).size).toBe(
      train.length + validation.length,
    )
  })
})
