import { describe, expect, it } from 'vitest'
import type { ChartChoice } from '../../../agents/chart/chart-choice.js'
import { chooseChart } from '../../../agents/chart/choose-chart.js'
import { readSqlShape } from '../../../agents/text/read-sql-shape.js'
import type { ColumnKind, Value } from '../../../data/catalog.js'

type Columns = readonly (readonly [name: string, kind: ColumnKind])[]
type Rows = readonly (readonly Value[])[]

const regions = ['North', 'South', 'East', 'West']
const monthStarts = Array.from({ length: 24 }, (_, index) =>
  new Date(Date.UTC(2023, index, 1)).toISOString().slice(0, 10),
)
const range = (count: number) => Array.from({ length: count }, (_, index) => index)

function choose(columns: Columns, rows: Rows, question = '', sql?: string): ChartChoice {
  const shape = sql === undefined ? undefined : readSqlShape(sql)
  return chooseChart({
    columns: columns.map(([name, kind]) => ({ name, kind, type: kind.toUpperCase() })),
    rows,
    question,
    ...(shape && { shape }),
  })
}

/** Positions and series of a bar, line, pie or heat map. */
function seriesOf(choice: ChartChoice) {
  if (!('positions' in choice.spec)) throw new TypeError(`${choice.kind} has no positions`)
  return choice.spec
}

describe('chooseChart', () => {
  const perRegion: Rows = regions.map((region, index) => [region, (index + 1) * 100])
  const regionColumns: Columns = [
    ['region_name', 'text'],
    ['total_sales', 'number'],
  ]
  const perMonth: Rows = monthStarts.map((month, index) => [month, index * 10 + 5])
  const monthColumns: Columns = [
    ['month', 'date'],
    ['total_sales', 'number'],
  ]
  const twoWay: Rows = regions.flatMap((region, index) =>
    ['card', 'cash', 'mobile'].map((method, at) => [region, method, (index + 1) * (at + 2)]),
  )
  const twoWayColumns: Columns = [
    ['region_name', 'text'],
    ['payment_method', 'text'],
    ['total_sales', 'number'],
  ]
  const prices: Rows = range(60).map((index) => [(index * 37) % 101, (index * 53) % 97])

  const cases: readonly (readonly [
    string,
    ChartChoice['kind'],
    Columns,
    Rows,
    string?,
    string?,
  ])[] = [
    ['one number becomes a card', 'number', [['total', 'number']], [[12.5]]],
    [
      'a number given as text becomes a card',
      'number',
      [['total', 'number']],
      [['9007199254740993']],
    ],
    ['no rows become a table', 'table', [['total', 'number']], []],
    ['a null alone becomes a table', 'table', [['total', 'number']], [[null]]],
    ['one text cell becomes a table', 'table', [['name', 'text']], [['North']]],
    ['a winner and its number become a card', 'number', regionColumns, [['North', 5]]],
    [
      'one raw row of many columns becomes a table',
      'table',
      [
        ['store_name', 'text'],
        ['city', 'text'],
        ['size_sqm', 'number'],
        ['opened_on', 'date'],
      ],
      [['A', 'Lyon', 5, '2020-01-01']],
      '',
      'select * from stores where store_id = 1',
    ],
    ['a category and a number become bars', 'bar', regionColumns, perRegion],
    ['dates and a number become a line', 'line', monthColumns, perMonth],
    [
      'dates stored as text become a line',
      'line',
      [
        ['month', 'text'],
        ['total', 'number'],
      ],
      perMonth,
    ],
    ['two dates are too few for a line', 'bar', monthColumns, perMonth.slice(0, 2)],
    [
      'a bar chart of dates is drawn when asked for',
      'bar',
      monthColumns,
      perMonth,
      'bar chart of sales by month',
    ],
    [
      'an area chart is drawn when asked for',
      'area',
      monthColumns,
      perMonth,
      'area chart of sales by month',
    ],
    [
      'shares of few parts become a pie',
      'pie',
      regionColumns,
      perRegion,
      'share of sales by region',
    ],
    [
      'a pie is drawn when asked for',
      'pie',
      regionColumns,
      perRegion,
      'sales by region as a pie chart',
    ],
    [
      'a dish called pie is no request',
      'bar',
      regionColumns,
      perRegion,
      'apple pie sales by region',
    ],
    [
      'negative parts are never a pie',
      'bar',
      regionColumns,
      [
        ['North', 5],
        ['South', -3],
      ],
      'sales by region as a pie chart',
    ],
    [
      'many parts are never a pie',
      'bar',
      regionColumns,
      range(7).map((index) => [`Region ${index}`, 5]),
      'share of sales by region',
    ],
    [
      'averages are never parts of a whole',
      'bar',
      [
        ['region_name', 'text'],
        ['x', 'number'],
      ],
      perRegion,
      'breakdown by region',
      'select region_name, avg(amount) as x from sales group by 1',
    ],
    [
      'a table is shown when asked for',
      'table',
      regionColumns,
      perRegion,
      'sales by region as a table',
    ],
    ['two categories become grouped bars', 'grouped_bar', twoWayColumns, twoWay],
    [
      'two categories are stacked when shares are asked',
      'stacked_bar',
      twoWayColumns,
      twoWay,
      'breakdown of sales by region and method',
    ],
    [
      'two long categories become a heat map',
      'heat_map',
      twoWayColumns,
      range(100).map((index) => [`R${index % 10}`, `M${Math.floor(index / 10)}`, index]),
    ],
    [
      'averages are not stacked',
      'heat_map',
      twoWayColumns,
      range(30).map((index) => [`R${index % 5}`, `M${Math.floor(index / 5)}`, index]),
      'share by region and method',
      'select region_name, payment_method, avg(x) as total_sales from sales group by 1, 2',
    ],
    [
      'a date, a category and a number become several lines',
      'line',
      [
        ['month', 'date'],
        ['region_name', 'text'],
        ['total', 'number'],
      ],
      monthStarts.flatMap((month) => regions.map((region, index) => [month, region, index])),
    ],
    [
      'two raw numbers become a scatter',
      'scatter',
      [
        ['list_price', 'number'],
        ['unit_cost', 'number'],
      ],
      prices,
      'price against cost',
      'select list_price, unit_cost from products',
    ],
    [
      'one raw number becomes a histogram',
      'histogram',
      [['list_price', 'number']],
      prices.map(([price = null]) => [price]),
    ],
    [
      'raw rows with several columns become a table',
      'table',
      [
        ['product_name', 'text'],
        ['list_price', 'number'],
        ['unit_cost', 'number'],
      ],
      prices.map((row, index) => [`Product ${index}`, ...row]),
      'list products',
      'select product_name, list_price, unit_cost from products',
    ],
    [
      'a few categories with many raw numbers become strips of points',
      'scatter',
      [
        ['category', 'text'],
        ['list_price', 'number'],
      ],
      prices.map(([price = null], index) => [`C${index % 3}`, price]),
      '',
      'select category, list_price from products',
    ],
    [
      'repeated dates that are no groups become a table',
      'table',
      monthColumns,
      [...perMonth, ...perMonth],
      '',
      'select month, total_sales from sales',
    ],
    [
      'booleans are categories',
      'bar',
      [
        ['active', 'boolean'],
        ['n', 'number'],
      ],
      [
        [true, 3],
        [false, 4],
      ],
    ],
    [
      'nested values become a table',
      'table',
      [
        ['tags', 'other'],
        ['name', 'text'],
      ],
      [
        ['[1]', 'a'],
        ['[2]', 'b'],
      ],
    ],
    [
      'a group with only nulls becomes a table',
      'table',
      regionColumns,
      regions.map((region) => [region, null]),
    ],
  ]

  for (const [title, kind, columns, rows, question, sql] of cases) {
    it(title, () => {
      expect(choose(columns, rows, question, sql).kind).toBe(kind)
    })
  }

  it('says so when the asked chart does not fit', () => {
    const { kind, warnings } = choose(regionColumns, perRegion, 'line chart of sales by region')
    expect(kind).toBe('bar')
    expect(warnings).toEqual(['A line does not fit this result, so another chart is drawn.'])
  })

  it('sorts bars by size unless the query ordered them', () => {
    const unordered = 'select region_name, sum(x) as total_sales from sales group by 1'
    expect(seriesOf(choose(regionColumns, perRegion, '', unordered)).positions).toEqual(
      [...regions].reverse(),
    )
    const ordered = `${unordered} order by 1`
    expect(seriesOf(choose(regionColumns, perRegion, '', ordered)).positions).toEqual(regions)
  })

  it.each([
    [
      ['March', 'January', 'February'],
      ['January', 'February', 'March'],
    ],
    [
      ['Sun', 'Mon', 'Fri'],
      ['Mon', 'Fri', 'Sun'],
    ],
    [
      ['65+', '18-24', '<18'],
      ['<18', '18-24', '65+'],
    ],
    [
      ['high', 'low', 'medium'],
      ['low', 'medium', 'high'],
    ],
    [
      ['Q2 2024', 'Q1 2024', 'Q4 2023'],
      ['Q4 2023', 'Q1 2024', 'Q2 2024'],
    ],
  ])('puts %j in natural order', (words, sorted) => {
    const rows = words.map((word, index) => [word, index + 1])
    expect(
      seriesOf(
        choose(
          [
            ['k', 'text'],
            ['n', 'number'],
          ],
          rows,
        ),
      ).positions,
    ).toEqual(sorted)
  })

  it('draws a line from left to right though the query is newest first', () => {
    const choice = choose(
      monthColumns,
      [...perMonth].reverse(),
      '',
      'select month, total_sales from t order by month desc',
    )
    expect(seriesOf(choice).positions).toEqual(monthStarts)
  })

  it('reads years as names on a number axis and never sums them', () => {
    const choice = choose(
      [
        ['year', 'number'],
        ['total', 'number'],
      ],
      [
        [2022, 1],
        [2024, 3],
        [2023, 2],
      ],
    )
    expect(choice.kind).toBe('line')
    expect(seriesOf(choice)).toMatchObject({
      positions: [2022, 2023, 2024],
      series: [{ values: [1, 2, 3] }],
    })
  })

  it('compares wide periods as grouped bars with month names and year legends', () => {
    const columns: Columns = [
      ['month', 'number'],
      ['sales_2023', 'number'],
      ['sales_2024', 'number'],
    ]
    const choice = choose(
      columns,
      range(12).map((index) => [index + 1, index + 5, index + 6]),
    )
    expect(choice.kind).toBe('grouped_bar')
    expect(seriesOf(choice).positions.slice(0, 3)).toEqual(['Jan', 'Feb', 'Mar'])
    expect(seriesOf(choice).series.map(({ name }) => name)).toEqual(['2023', '2024'])
  })

  it('compares long periods as grouped bars with a series per year', () => {
    const columns: Columns = [
      ['year', 'number'],
      ['month', 'number'],
      ['total', 'number'],
    ]
    const rows = [2023, 2024].flatMap((year) =>
      range(12).map((index) => [year, index + 1, year + index]),
    )
    const choice = choose(columns, rows)
    expect(choice.kind).toBe('grouped_bar')
    expect(seriesOf(choice).positions[0]).toBe('Jan')
    expect(seriesOf(choice).series[1]?.values[0]).toBe(2024)
  })

  it('compares two numbers of one row as two bars', () => {
    const choice = choose(
      [
        ['sales_2023', 'number'],
        ['sales_2024', 'number'],
      ],
      [[5, 6]],
    )
    expect(choice.kind).toBe('bar')
    expect(seriesOf(choice).positions).toEqual(['2023', '2024'])
  })

  it('draws measures of one scale together and names those left out', () => {
    const columns: Columns = [...regionColumns, ['orders', 'number'], ['returns', 'number']]
    const choice = choose(columns, [
      ['North', 1e6, 900, 9e5],
      ['South', 2e6, 800, 8e5],
    ])
    expect(seriesOf(choice).series.map(({ name }) => name)).toEqual(['Total sales', 'Returns'])
    expect(choice.warnings).toEqual(['Orders: on another scale, so only in the table.'])
  })

  it('draws the measure that the query orders by first', () => {
    const columns: Columns = [...regionColumns, ['orders', 'number']]
    const sql =
      'select region_name, sum(x) as total_sales, count(*) as orders from t group by 1 order by orders desc'
    const choice = choose(
      columns,
      [
        ['North', 1e6, 900],
        ['South', 2e6, 800],
      ],
      '',
      sql,
    )
    expect(seriesOf(choice).valueTitle).toBe('Orders')
  })

  it('keeps rows with equal names apart', () => {
    const rows = ['Ann', 'Bea', 'Cid', 'Dan', 'Eve', 'Eve'].map((name, index) => [name, 9 - index])
    const choice = choose(
      [
        ['customer_name', 'text'],
        ['total', 'number'],
      ],
      rows,
    )
    expect(choice.kind).toBe('bar')
    expect(seriesOf(choice).positions).toHaveLength(6)
  })

  it('survives duplicate column names', () => {
    const choice = choose(
      [
        ['total', 'number'],
        ['total', 'number'],
        ['k', 'text'],
      ],
      [
        [1, 2, 'a'],
        [3, 4, 'b'],
      ],
    )
    expect(seriesOf(choice).series.map(({ values }) => values)).toEqual([
      [1, 3],
      [2, 4],
    ])
  })

  it('calls a column without a name by its place', () => {
    const choice = choose([['', 'text'], ...regionColumns.slice(1)], perRegion)
    expect(seriesOf(choice).positionTitle).toBe('Column 1')
  })

  it('leaves an identifier beside a name out of the picture', () => {
    const columns: Columns = [['region_id', 'number'], ...regionColumns]
    const choice = choose(
      columns,
      perRegion.map((row, index) => [index, ...row]),
    )
    expect(choice.kind).toBe('bar')
    expect(seriesOf(choice).series).toHaveLength(1)
  })

  it('draws at most 50 bars and says so', () => {
    const choice = choose(
      regionColumns,
      range(120).map((index) => [`Place ${index}`, (index * 7) % 120]),
    )
    expect(seriesOf(choice).positions).toHaveLength(50)
    expect(seriesOf(choice).positions[0]).toBe('Place 17')
    expect(choice.warnings).toEqual([
      'The chart shows 50 of 120 region values; the table has all of them.',
    ])
  })

  it('draws at most 12 lines, the largest ones, and says so', () => {
    const rows = monthStarts.flatMap((month) =>
      range(20).map((index) => [month, `Store ${index}`, index]),
    )
    const choice = choose(
      [
        ['month', 'date'],
        ['store_name', 'text'],
        ['total', 'number'],
      ],
      rows,
    )
    expect(seriesOf(choice).series).toHaveLength(12)
    expect(seriesOf(choice).series[0]?.name).toBe('Store 19')
    expect(choice.warnings).toHaveLength(1)
  })

  it('draws at most 5,000 of 10,000 points and says so', () => {
    const rows = range(10_000).map((index) => [index % 977, index % 1013])
    const choice = choose(
      [
        ['a', 'number'],
        ['b', 'number'],
      ],
      rows,
    )
    expect(choice.kind === 'scatter' && choice.spec.groups[0]?.y.length).toBe(5_000)
    expect(choice.warnings).toEqual([
      'The chart shows one in 2 of 10,000 points; the table has all of them.',
    ])
  })

  it('counts every one of 10,000 numbers in a histogram', () => {
    const choice = choose(
      [['amount', 'number']],
      range(10_000).map((index) => [(index % 977) / 10]),
    )
    const bins = choice.kind === 'histogram' ? choice.spec.bins : []
    expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(10_000)
    expect(bins.length).toBeLessThanOrEqual(41)
  })

  it('names columns without aliases by what they compute', () => {
    const sql = 'select region_name, sum(sales.net_amount), count(*) from sales group by 1'
    const columns: Columns = [
      ['region_name', 'text'],
      ['sum(sales.net_amount)', 'number'],
      ['count_star()', 'number'],
    ]
    const choice = choose(
      columns,
      [
        ['North', 5, 4],
        ['South', 6, 3],
      ],
      '',
      sql,
    )
    expect(seriesOf(choice).series.map(({ name }) => name)).toEqual([
      'Total net amount',
      'Number of sales',
    ])
  })
})
