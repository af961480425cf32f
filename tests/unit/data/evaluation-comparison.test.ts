/** The rules by which two results are the same, with the traps that looser rules fall into. */
import { describe, expect, it } from 'vitest'
import {
  compareResults,
  compareWithTies,
  type Rows,
} from '../../../data/evaluation/compare-results.js'

const bag = (predicted: Rows, gold: Rows) => compareResults(predicted, gold, { ordered: false })
const list = (predicted: Rows, gold: Rows) => compareResults(predicted, gold, { ordered: true })

describe('comparing results', () => {
  it('ignores row order unless the gold is ordered', () => {
    const gold = [['a'], ['b']]
    const predicted = [['b'], ['a']]
    expect(bag(predicted, gold)).toBe(true)
    expect(list(predicted, gold)).toBe(false)
  })

  it('counts duplicates', () => {
    expect(bag([['a'], ['a'], ['b']], [['a'], ['b'], ['b']])).toBe(false)
    expect(bag([['a'], ['b']], [['a'], ['b'], ['b']])).toBe(false)
    expect(bag([['b'], ['a'], ['b']], [['a'], ['b'], ['b']])).toBe(true)
  })

  it('allows any order of columns', () => {
    const gold = [
      ['North', 2023, 10],
      ['South', 2024, 20],
    ]
    const predicted = [
      [20, 'South', 2024],
      [10, 'North', 2023],
    ]
    expect(bag(predicted, gold)).toBe(true)
  })

  it('needs one column order for all rows, not one per row', () => {
    const gold = [
      [1, 2],
      [3, 4],
    ]
    expect(
      bag(
        [
          [2, 1],
          [3, 4],
        ],
        gold,
      ),
    ).toBe(false)
    expect(
      bag(
        [
          [2, 1],
          [4, 3],
        ],
        gold,
      ),
    ).toBe(true)
  })

  it('tells results apart whose columns are equal one by one', () => {
    expect(
      bag(
        [
          ['a', 1],
          ['b', 2],
        ],
        [
          ['a', 2],
          ['b', 1],
        ],
      ),
    ).toBe(false)
  })

  it('tries every order of columns that hold the same values', () => {
    const gold = [
      [1, 2, 3, 'x'],
      [2, 3, 1, 'y'],
      [3, 1, 2, 'z'],
    ]
    const predicted = gold.map(([a, b, c, name]) => [c!, name!, a!, b!])
    expect(bag(predicted, gold)).toBe(true)
    expect(
      bag(
        predicted.map(([c, name, a, b]) => [a!, name!, c!, b!]),
        gold,
      ),
    ).toBe(true)
    expect(bag([...predicted.slice(0, 2), [2, 'z', 1, 3]], gold)).toBe(false)
  })

  it('needs equally many columns', () => {
    const gold = [['a'], ['b']]
    const wider = [
      [1, 'a'],
      [2, 'b'],
    ]
    expect(bag(wider, gold)).toBe(false)
    expect(bag(gold, wider)).toBe(false)
  })

  it('forgives extra columns on request, missing ones never', () => {
    const gold = [['a'], ['b']]
    const wider = [
      [2, 'b'],
      [1, 'a'],
    ]
    const lenient = { ordered: false, extraColumns: true }
    expect(compareResults(wider, gold, lenient)).toBe(true)
    expect(compareResults(wider, gold, { ...lenient, ordered: true })).toBe(false)
    expect(compareResults(gold, wider, lenient)).toBe(false)
  })

  it('takes two empty results as equal, whatever their columns', () => {
    expect(bag([], [])).toBe(true)
    expect(bag([], [[0]])).toBe(false)
    expect(bag([[null]], [])).toBe(false)
  })

  it('lets NULL equal NULL only', () => {
    expect(bag([[null, 1]], [[null, 1]])).toBe(true)
    expect(bag([[0]], [[null]])).toBe(false)
    expect(bag([['']], [[null]])).toBe(false)
    expect(bag([['null']], [[null]])).toBe(false)
  })

  it('compares numbers within a millionth, whole numbers exactly', () => {
    expect(bag([[5]], [[5.0]])).toBe(true)
    expect(bag([[1 / 3]], [[0.3333333]])).toBe(true)
    expect(bag([[0.333]], [[1 / 3]])).toBe(false)
    expect(bag([[100_000_001]], [[100_000_002]])).toBe(false)
    expect(bag([[0.1 + 0.2]], [[0.3]])).toBe(true)
    expect(bag([[1e-9]], [[0]])).toBe(false)
  })

  it('matches rows that differ within the tolerance in any row order', () => {
    const gold = [
      [1, 'a', 5.5],
      [1, 'b', 3.5],
    ]
    const predicted = [
      [1.0000001, 'b', 3.5],
      [0.9999999, 'a', 5.5],
    ]
    expect(bag(predicted, gold)).toBe(true)
  })

  it('reads decimal text as a number and keeps other digits as text', () => {
    expect(bag([['12345678901234567.5']], [[Number('12345678901234567.5')]])).toBe(true)
    expect(bag([['2024']], [[2024]])).toBe(true)
    expect(bag([['007']], [[7]])).toBe(false)
    expect(bag([['1e3']], [[1000]])).toBe(false)
  })

  it('takes a timestamp at midnight for its date and no other time', () => {
    expect(bag([['2024-01-01 00:00:00']], [['2024-01-01']])).toBe(true)
    expect(bag([['2024-01-01T00:00:00Z']], [['2024-01-01']])).toBe(true)
    expect(bag([['2024-01-01 00:00:01']], [['2024-01-01']])).toBe(false)
    expect(bag([['2024-01']], [['2024-01-01']])).toBe(false)
  })

  it('takes true for 1, and text for what it is', () => {
    expect(bag([[true], [false]], [[1], [0]])).toBe(true)
    expect(bag([['north']], [['North']])).toBe(false)
    expect(bag([['North ']], [['North']])).toBe(false)
  })

  it('answers soon for wide results of alike columns', () => {
    const wide = Array.from({ length: 20 }, (_, row) =>
      Array.from({ length: 12 }, (_, column) => (row * 7 + column) % 2),
    )
    const other = wide.map((row, at) => (at === 0 ? row.map((cell) => 1 - Number(cell)) : row))
    const started = performance.now()
    bag(other, wide)
    expect(performance.now() - started).toBeLessThan(10_000)
  })
})

describe('comparing with ties', () => {
  const groups = [
    [['a', 9]],
    [
      ['b', 5],
      ['c', 5],
      ['d', 5],
    ],
    [['e', 1]],
  ]

  it('accepts any of the tied rows at the limit', () => {
    expect(
      compareWithTies(
        [
          ['a', 9],
          ['d', 5],
        ],
        { groups, limit: 2 },
      ),
    ).toBe(true)
    expect(
      compareWithTies(
        [
          ['a', 9],
          ['c', 5],
          ['b', 5],
        ],
        { groups, limit: 3 },
      ),
    ).toBe(true)
  })

  it('rejects a row beyond the tie, a missing leader and the same row twice', () => {
    expect(
      compareWithTies(
        [
          ['a', 9],
          ['e', 1],
        ],
        { groups, limit: 2 },
      ),
    ).toBe(false)
    expect(
      compareWithTies(
        [
          ['b', 5],
          ['c', 5],
        ],
        { groups, limit: 2 },
      ),
    ).toBe(false)
    expect(
      compareWithTies(
        [
          ['a', 9],
          ['b', 5],
          ['b', 5],
        ],
        { groups, limit: 3 },
      ),
    ).toBe(false)
  })

  it('needs the groups in order and exactly as many rows as the limit allows', () => {
    expect(
      compareWithTies(
        [
          ['b', 5],
          ['a', 9],
        ],
        { groups, limit: 2 },
      ),
    ).toBe(false)
    expect(compareWithTies([['a', 9]], { groups, limit: 2 })).toBe(false)
    const all = [
      ['a', 9],
      ['d', 5],
      ['c', 5],
      ['b', 5],
      ['e', 1],
    ]
    expect(compareWithTies(all, { groups })).toBe(true)
    expect(compareWithTies(all, { groups, limit: 10 })).toBe(true)
  })
})
