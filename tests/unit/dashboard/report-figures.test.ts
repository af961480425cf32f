/** Pictures of reports, whose files anybody may have written. */
import { expect, it } from 'vitest'
import { tallyOf } from '../../../data/evaluation/tally.js'
import { barFigure } from '../../../src/dashboard/set-up/reports/bar-figure.js'
import { curveFigure, timeCurve } from '../../../src/dashboard/set-up/reports/curve-figure.js'
import { chartLabel, plainLabel } from '../../../src/dashboard/text/plain-label.js'

const texts = {
  title: 'Right',
  nameOf: (name: string) => name,
  share: (share: number) => `${Math.round(100 * share)}%`,
  count: (right: number, total: number) => `${right} of ${total}`,
}

it('draws shares with how far they reach to either side', () => {
  const tallies = { easy: tallyOf(9, 10), hard: tallyOf(1, 4) }
  const [trace] = barFigure([{ name: 'one', tallies }], texts).data
  expect(trace).toMatchObject({
    x: [0.9, 0.25],
    y: [0, 1],
    text: ['90%', '25%'],
    error_x: {
      array: [tallies.easy.interval.high - 0.9, tallies.hard.interval.high - 0.25],
      arrayminus: [0.9 - tallies.easy.interval.low, 0.25 - tallies.hard.interval.low],
    },
  })
})

it('draws small shares larger, and writes the number of a short bar behind it', () => {
  const tallies = { many: tallyOf(20, 100), few: tallyOf(1, 100) }
  const { layout } = barFigure([{ name: 'one', tallies }], texts)
  expect(layout).toMatchObject({
    xaxis: { range: [0, 0.4] },
    annotations: [{ y: 1, x: tallies.few.interval.high, text: '1%' }],
  })
})

it('puts the bars of two runs beside each other, also where one lacks some', () => {
  const figure = barFigure(
    [
      { name: 'one', tallies: { easy: tallyOf(1, 1), hard: tallyOf(1, 2) } },
      { name: 'other', tallies: { hard: tallyOf(2, 2), extra: tallyOf(0, 1) } },
    ],
    texts,
  )
  expect(figure.data.map(({ y }) => y)).toEqual([
    [0, 1],
    [1, 2],
  ])
  expect(figure.layout).toMatchObject({
    showlegend: true,
    yaxis: { ticktext: ['easy', 'hard', 'extra'] },
  })
})

it('gives the chart library no markup, wherever a text came from', () => {
  const name = '<a href="https://example.org">click</a><img src=x onerror=alert(1)>'
  const tallies = { [name]: tallyOf(1, 2), __proto__: tallyOf(1, 2) }
  const bars = barFigure([{ name, tallies }], { ...texts, title: name })
  const curves = curveFigure([{ name, x: [1], y: [2] }], { title: name, x: name, y: name })
  expect(JSON.stringify([bars, curves])).not.toContain('<')
})

it('labels with any text as it is, but for what hides or turns it', () => {
  expect(plainLabel(chartLabel('a < b & "c" > d'))).toBe('a < b & "c" > d')
  expect(chartLabel('one\u202etwo\u0007\nthree')).toBe('onetwo three')
  expect(chartLabel('x'.repeat(500))).toHaveLength(200)
})

it('says how many answers were there in time, in seconds', () => {
  expect(timeCurve('one', [3_000, 500, 1_000, 2_000])).toMatchObject({
    x: [0.5, 1, 2, 3],
    y: [0.25, 0.5, 0.75, 1],
  })
})
