/** Counting: shares, groups, kinds of chart and texts of the model. */
import { describe, expect, it } from 'vitest'
import type { EvaluatedItem } from '../../../data/evaluation/evaluated-item.js'
import { chartsOf, samplesOf } from '../../../data/evaluation/part-reports.js'
import { countBy, tally, tallyBy, tallyOf } from '../../../data/evaluation/tally.js'
import { wilsonInterval } from '../../../data/evaluation/wilson-interval.js'

describe('a tally', () => {
  it('has the share and its interval, and none of none is no share', () => {
    expect(tallyOf(3, 4)).toEqual({
      right: 3,
      total: 4,
      share: 0.75,
      interval: wilsonInterval(3, 4),
    })
    expect(tally([], () => true)).toMatchObject({ right: 0, total: 0, share: 0 })
  })

  it('by groups leaves out what belongs to none', () => {
    const items = ['apple', 'avocado', 'bean', '?']
    const first = (word: string) => (word === '?' ? undefined : word.charAt(0))
    expect(tallyBy(items, first, (word) => word.length > 4)).toMatchObject({
      a: { right: 2, total: 2 },
      b: { right: 0, total: 1 },
    })
    expect(Object.keys(tallyBy(items, first, () => true))).toEqual(['a', 'b'])
  })

  it('counts names', () => {
    expect(countBy(['x', 'y', 'x'])).toEqual({ x: 2, y: 1 })
  })
})

describe('the chart report', () => {
  it('tells the very kind from a kind that shows the same, and names each pair', () => {
    const report = chartsOf([
      { expected: 'bar', drawn: 'bar' },
      { expected: 'stacked_bar', drawn: 'grouped_bar' },
      { expected: 'line', drawn: 'area' },
      { expected: 'pie', drawn: 'bar' },
      { expected: 'pie', drawn: 'bar' },
    ])
    expect([report.same.right, report.alike.right, report.same.total]).toEqual([1, 3, 5])
    expect(report.pairs).toEqual({
      'bar → bar': 1,
      'stacked_bar → grouped_bar': 1,
      'line → area': 1,
      'pie → bar': 2,
    })
  })
})

describe('the samples report', () => {
  it('is a mean over the questions for which a model wrote', () => {
    const items = [{ samples: 1 }, { samples: 9 }, {}] as EvaluatedItem[]
    expect(samplesOf(items)).toEqual({ questions: 2, mean: 5 })
    expect(samplesOf([])).toEqual({ questions: 0, mean: 0 })
  })
})
