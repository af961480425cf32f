/** Which kinds of chart are offered for a result: those that can be drawn, and none that shows nothing. */
import { describe, expect, it } from 'vitest'
import { buildFigure } from '../../../agents/chart/build-figure.js'
import type { ChartInput } from '../../../agents/chart/chart-facts.js'
import { chooseChart } from '../../../agents/chart/choose-chart.js'
import { chooseKind, fittingKinds } from '../../../agents/chart/fitting-kinds.js'
import { readSqlShape } from '../../../agents/text/read-sql-shape.js'
import type { ColumnKind, Value } from '../../../data/catalog.js'
import { createRandom, type Random } from '../../../data/random.js'

type Columns = readonly (readonly [name: string, kind: ColumnKind])[]

function input(columns: Columns, rows: ChartInput['rows'], sql = ''): ChartInput {
  const described = columns.map(([name, kind]) => ({ name, kind, type: kind.toUpperCase() }))
  return { columns: described, rows, question: '', shape: readSqlShape(sql) }
}

const perRegion = 'select region, sum(amount) as sales from t group by region'
const regions: Columns = [
  ['region', 'text'],
  ['sales', 'number'],
]
const months: Columns = [
  ['month', 'date'],
  ['sales', 'number'],
]

describe('the kinds offered', () => {
  it.each<readonly [string, ChartInput, readonly string[]]>([
    [
      'sums by word',
      input(
        regions,
        [
          ['North', 3],
          ['South', 2],
        ],
        perRegion,
      ),
      ['bar', 'pie', 'table'],
    ],
    [
      'sums that are no parts of a whole',
      input(
        regions,
        [
          ['North', 3],
          ['South', -2],
        ],
        perRegion,
      ),
      ['bar', 'table'],
    ],
    [
      'sums by month',
      input(
        months,
        ['2024-01-01', '2024-02-01', '2024-03-01'].map((month, at) => [month, at + 1]),
        'select month, sum(amount) as sales from t group by month',
      ),
      ['bar', 'line', 'area', 'pie', 'table'],
    ],
    [
      'one number',
      input([['sales', 'number']], [[5]], 'select sum(a) as sales from t'),
      ['number', 'table'],
    ],
    ['words alone', input([['name', 'text']], [['a'], ['b']], 'select name from t'), ['table']],
    ['nothing', input(regions, [], perRegion), []],
    ['sums without a value', input(regions, [['North', null]], perRegion), ['table']],
    [
      'pairs that are never both there',
      input(
        [
          ['height', 'number'],
          ['weight', 'number'],
        ],
        [
          [1, null],
          [null, 2],
          [3, null],
        ],
        'select height, weight from t',
      ),
      ['table'],
    ],
  ])('for %s fit it', (_, given, kinds) => {
    expect(fittingKinds(given)).toEqual(kinds)
  })

  it('are drawn as they are called and show something, whatever the result', () => {
    const random = createRandom(7)
    for (let round = 0; round < 400; round += 1) {
      const given = drawn(random)
      const kinds = fittingKinds(given)
      const usual = chooseChart(given)
      if (given.rows.length > 0) expect(kinds).toContain(usual.kind)
      expect(kinds.includes('table')).toBe(given.rows.length > 0)
      for (const kind of kinds) {
        const choice = chooseKind(given, kind)
        expect(choice?.kind).toBe(kind)
        if (choice) expect(showsSomething(buildFigure(choice).figure.data)).toBe(true)
      }
    }
  })
})

const columnKinds: readonly ColumnKind[] = ['number', 'number', 'text', 'date', 'boolean', 'other']

/** A result of no particular query. */
function drawn(random: Random): ChartInput {
  const kinds = Array.from({ length: random.integer(1, 4) }, () => random.pick(columnKinds))
  const columns = kinds.map((kind, at): Columns[number] => [`${kind}_${at}`, kind])
  const count = random.pick([0, 1, 2, 3, 9, 40])
  const rows = Array.from({ length: count }, () => kinds.map((kind) => cellOf(kind, random)))
  const names = columns.map(([name]) => name)
  const sql = random.pick([
    '',
    `select ${names.join(', ')} from t`,
    `select ${names.map((name, at) => (kinds[at] === 'number' ? `sum(${name}) as ${name}` : name)).join(', ')} from t group by all`,
  ])
  return input(columns, rows, sql)
}

function cellOf(kind: ColumnKind, random: Random): Value {
  if (random.integer(0, 4) === 0) return null
  if (kind === 'number') return random.integer(-5, 50)
  if (kind === 'date') return `2024-0${random.integer(1, 9)}-01`
  if (kind === 'boolean') return random.integer(0, 1) === 1
  return random.pick(['North', 'South', 'East', '', 'a much longer name of a place'])
}

/** Of Plotly's traces: one has a value in it. */
function showsSomething(traces: readonly Readonly<Record<string, unknown>>[]): boolean {
  return traces.some((trace) => {
    const { type, x, y, z, values, value, cells } = trace
    if (type === 'indicator') return typeof value === 'number'
    if (type === 'table') return (cells as { values: unknown[][] }).values.flat().length > 0
    const lists = [x, y, z, values].filter(Array.isArray)
    return lists.length > 0 && lists.every((list) => list.flat().some((one) => one !== null))
  })
}
