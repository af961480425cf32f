import { describe, expect, it } from 'vitest'
import { buildFigure } from '../../../agents/chart/build-figure.js'
import type { ChartChoice, SeriesKind, SeriesSpec } from '../../../agents/chart/chart-choice.js'
import { safeLabel } from '../../../agents/chart/safe-label.js'

const hostile = '<a href="https://evil.example">click</a>'
const escaped = '&lt;a href="https://evil.example"&gt;click&lt;/a&gt;'

const spec: SeriesSpec = {
  title: `Sales by ${hostile}`,
  scale: 'category',
  positions: [hostile, 'North', 'North'],
  series: [
    { name: hostile, values: [1, null, 3] },
    { name: 'Other', values: [4, 5, 6] },
  ],
  positionTitle: hostile,
  valueTitle: hostile,
  seriesTitle: hostile,
  style: 'plain',
  horizontal: false,
}

const seriesKinds: readonly SeriesKind[] = [
  'bar',
  'grouped_bar',
  'stacked_bar',
  'line',
  'area',
  'pie',
  'heat_map',
]

const choices: readonly ChartChoice[] = [
  ...seriesKinds.map((kind): ChartChoice => ({ kind, spec, warnings: [] })),
  {
    kind: 'number',
    spec: { title: hostile, cards: [{ label: hostile, value: 5, style: 'whole' }] },
    warnings: [],
  },
  {
    kind: 'scatter',
    spec: {
      title: hostile,
      xTitle: hostile,
      yTitle: hostile,
      style: 'plain',
      categories: true,
      groups: [{ name: hostile, x: [hostile], y: [1], labels: [hostile] }],
    },
    warnings: [],
  },
  {
    kind: 'histogram',
    spec: {
      title: hostile,
      valueTitle: hostile,
      style: 'whole',
      bins: [{ from: 0, to: 5, count: 3 }],
    },
    warnings: [],
  },
  {
    kind: 'table',
    spec: { title: hostile, headings: [hostile], rows: [[hostile], [null]], numeric: [false] },
    warnings: [],
  },
]

function firstTrace(choice: ChartChoice): Record<string, unknown> {
  return buildFigure(choice).figure.data[0] ?? {}
}

function bars(more: Partial<SeriesSpec>, kind: SeriesKind = 'bar'): ChartChoice {
  return { kind, spec: { ...spec, ...more }, warnings: [] }
}

describe('buildFigure', () => {
  it.each(choices)('escapes every label of a $kind', (choice) => {
    const text = JSON.stringify(buildFigure(choice).figure)
    expect(text).not.toMatch(/<a|<\/a/)
    expect(text).toContain('&lt;a href=')
  })

  it.each(choices)('is plain JSON for a $kind', (choice) => {
    const { figure } = buildFigure(choice)
    expect(JSON.parse(JSON.stringify(figure))).toEqual(figure)
  })

  it.each(choices)('loads nothing and runs nothing for a $kind', (choice) => {
    const { layout, data } = buildFigure(choice).figure
    const keys = [layout, ...data].flatMap((part) => Object.keys(part))
    expect(
      keys.filter((key) => /images|sliders|updatemenus|transforms|source|annotations/.test(key)),
    ).toEqual([])
  })

  it('leaves the background to the page', () => {
    expect(buildFigure(bars({})).figure.layout).toMatchObject({
      paper_bgcolor: 'rgba(0,0,0,0)',
      plot_bgcolor: 'rgba(0,0,0,0)',
    })
  })

  it('keeps rows with equal labels on places of their own', () => {
    expect(firstTrace(bars({})).x).toEqual([escaped, 'North', 'North (2)'])
  })

  it('starts bars at zero by leaving the range to Plotly and lines at zero unless they would be flat', () => {
    const axisOf = (values: readonly number[]) =>
      buildFigure(bars({ series: [{ name: 'a', values }] }, 'line')).figure.layout.yaxis
    expect(axisOf([10, 50, 100])).toMatchObject({ rangemode: 'tozero' })
    expect(axisOf([97, 98, 99])).toMatchObject({ rangemode: 'normal' })
  })

  it('stacks bars only when asked to', () => {
    expect(buildFigure(bars({}, 'stacked_bar')).figure.layout.barmode).toBe('stack')
    expect(buildFigure(bars({}, 'grouped_bar')).figure.layout.barmode).toBe('group')
  })

  it('never writes a year with a fraction', () => {
    const { layout } = buildFigure(
      bars({ scale: 'number', positions: [2022, 2023] }, 'line'),
    ).figure
    expect(layout.xaxis).toMatchObject({ dtick: 1, tickformat: 'd' })
  })

  it('steps a monthly axis by whole months', () => {
    const positions = ['2022-01-01', '2023-06-01', '2025-12-01']
    const { layout } = buildFigure(
      bars({ scale: 'time', grain: 'month', positions }, 'line'),
    ).figure
    expect(layout.xaxis).toMatchObject({ type: 'date', dtick: 'M6', tickformat: '%b %Y' })
  })

  it.each([
    ['fraction', 0.25, '%{y:,.1%}', '25%'],
    ['percent', 25, '%{y:,.1~f}%', '25%'],
    ['whole', 1_250_000, '%{y:,d}', '1.3M'],
    ['plain', 1250.5, '%{y:,.2f}', '1.3K'],
    ['plain', 0.012, '%{y:,.4~f}', '0.012'],
  ] as const)('writes %s numbers such as %d as a reader expects', (style, value, hover, beside) => {
    const trace = firstTrace(
      bars({ style, positions: ['a'], series: [{ name: 'a', values: [value] }] }),
    )
    expect(trace.hovertemplate).toContain(hover)
    expect(trace.text).toEqual([beside])
  })

  it('shortens long tick labels in the middle and keeps the whole in the data', () => {
    const long = `Product line ${'x'.repeat(40)} number 7`
    const { layout, data } = buildFigure(bars({ positions: [long] })).figure
    expect(layout.xaxis).toMatchObject({ ticktext: ['Product line xxxxx…number 7'] })
    expect(data[0]?.x).toEqual([long])
  })

  it('makes room for many lying bars', () => {
    const positions = Array.from({ length: 50 }, (_, index) => `Place ${index}`)
    const { layout } = buildFigure(
      bars({ positions, horizontal: true, series: [{ name: 'a', values: [] }] }),
    ).figure
    expect(layout.height).toBeGreaterThan(1_000)
  })

  it('draws no more table cells than the limit on points', () => {
    const rows = Array.from({ length: 10_000 }, (_, index) => [index, index])
    const { figure } = buildFigure({
      kind: 'table',
      spec: { title: '', headings: ['a', 'b'], rows, numeric: [true, true] },
      warnings: [],
    })
    const cells = figure.data[0]?.cells as { values: string[][] }
    expect(cells.values.map((column) => column.length)).toEqual([2_500, 2_500])
  })
})

describe('safeLabel', () => {
  it.each([
    ['a < b & c > d', 'a &lt; b &amp; c &gt; d'],
    ['&lt;a href&gt;', '&amp;lt;a href&amp;gt;'],
    ['line\nbreak\u0000', 'line break'],
    ['left\u202eright', 'leftright'],
    ['日本語 ✓', '日本語 ✓'],
  ])('turns %j into %j', (text, label) => {
    expect(safeLabel(text)).toBe(label)
  })

  it('cuts a very long label without cutting an entity', () => {
    expect(safeLabel('<'.repeat(500))).toBe(`${'&lt;'.repeat(199)}…`)
  })
})
