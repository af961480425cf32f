import { describe, expect, it } from 'vitest'
import { terminalChart } from '../../../src/chat/terminal-chart.js'

const bars = (x: unknown[], y: unknown[], more = {}) => ({
  data: [{ type: 'bar', x, y, ...more }],
  layout: {},
})

describe('a chart in characters', () => {
  it('draws bars to scale, with the value of each', () => {
    const lines = terminalChart('bar', bars(['North', 'South'], [100, 50]), 40)?.split('\n') ?? []
    const lengths = lines.map((line) => line.match(/█/g)?.length ?? 0)
    expect(lengths[0]).toBe(2 * (lengths[1] ?? 0))
    expect(lines[0]).toMatch(/^North {2}█+ 100$/)
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(40)
  })

  it('reads bars that lie, labels that were escaped, and values that are missing', () => {
    const figure = bars([3, null], ['a &lt;b&gt; &amp; c', 'none'], { orientation: 'h' })
    const chart = terminalChart('bar', figure, 60)
    expect(chart).toMatch(/^a <b> & c {2}█/)
    expect(chart).toMatch(/none {2,}–$/m)
  })

  it('draws what is less than nothing lighter, and cuts what does not fit', () => {
    const labels = Array.from({ length: 30 }, (_, at) => `label ${at}`)
    const values = labels.map((_, at) => (at === 1 ? -5 : at))
    const chart = terminalChart('bar', bars(labels, values), 60)
    expect(chart).toMatch(/label 1 +░+ -5/)
    expect(chart).toMatch(/… 10 more$/)
  })

  it('draws a line as columns between its ends, also of more points than columns', () => {
    const x = Array.from({ length: 500 }, (_, at) => `day ${at}`)
    const figure = { data: [{ type: 'scatter', x, y: x.map((_, at) => at) }], layout: {} }
    const lines = terminalChart('line', figure, 60)?.split('\n') ?? []
    expect(lines).toHaveLength(9)
    expect(lines[0]).toMatch(/^499 ┤/)
    expect(lines[7]).toMatch(/^ {2}0 ┤/)
    expect(lines[8]).toMatch(/day 0 +day 499$/)
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(60)
  })

  it('names each of several series', () => {
    const traces = ['2024', '2025'].map((name) => ({ type: 'bar', name, x: ['a'], y: [1] }))
    expect(terminalChart('grouped_bar', { data: traces, layout: {} }, 40)).toMatch(
      /^2024:\na .*\n2025:\na /,
    )
  })

  it.each(['number', 'table', 'scatter', 'heat_map'] as const)(
    'has none of the kind %s',
    (kind) => {
      expect(terminalChart(kind, bars(['a'], [1]), 40)).toBeUndefined()
    },
  )
})
