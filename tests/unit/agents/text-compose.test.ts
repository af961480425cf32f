import { describe, expect, it } from 'vitest'
import { timeLabel } from '../../../agents/chart/calendar.js'
import { composeText, type TextInput } from '../../../agents/text/compose-text.js'
import { formatDate, formatNumber, sharedDecimals } from '../../../agents/text/format-value.js'
import { humanise, sentenceCase, shorten } from '../../../agents/text/humanise.js'
import { readSqlShape } from '../../../agents/text/read-sql-shape.js'
import type { ColumnKind, Value } from '../../../data/catalog.js'

type Columns = readonly (readonly [name: string, kind: ColumnKind])[]
type Rows = readonly (readonly Value[])[]

function input(columns: Columns, rows: Rows, sql?: string, truncated = false): TextInput {
  const shape = sql === undefined ? undefined : readSqlShape(sql)
  return {
    question: '',
    columns: columns.map(([name, kind]) => ({ name, kind, type: kind.toUpperCase() })),
    rows,
    rowCount: rows.length,
    truncated,
    ...(shape && { shape }),
  }
}

const total: Columns = [['total_sales', 'number']]
const byRegion: Columns = [['region_name', 'text'], ...total]
const byMonth: Columns = [['month', 'date'], ...total]
const regions: Rows = ['North', 'South', 'East', 'West', 'Central'].map((name, index) => [
  name,
  [7.25, 9.5, 3, 4, 8][index] ?? 0,
])
const months: Rows = Array.from({ length: 12 }, (_, index) => [
  new Date(Date.UTC(2024, index, 1)).toISOString().slice(0, 10),
  ((index * 5) % 12) * 1000 + 0.5,
])
const in2023 = "sold_on >= date '2023-01-01' and sold_on < date '2024-01-01'"

const cases: readonly (readonly [string, string, TextInput])[] = [
  [
    'a single value',
    'Total sales in 2023: 12,345,678.90.',
    input(total, [[12345678.9]], `select sum(a) as total_sales from sales where ${in2023}`),
  ],
  [
    'a count',
    'Number of stores (active): 48.',
    input(
      [['count_star()', 'number']],
      [[48]],
      "select count(*) from stores where status = 'active'",
    ),
  ],
  [
    'a whole number beyond 2^53',
    'Total sales: 9,007,199,254,740,993.',
    input(total, [['9007199254740993']]),
  ],
  ['a share', 'Return rate: 4.2%.', input([['return_rate', 'number']], [[0.0421]])],
  [
    'a winner',
    'Highest total sales in 2023: North, with 5.',
    input(
      byRegion,
      [['North', 5]],
      `select region_name, sum(a) as total_sales from s where ${in2023} group by 1 order by 2 desc limit 1`,
    ),
  ],
  [
    'two numbers',
    'Sales 2023: 5; sales 2024: 6.',
    input(
      [
        ['sales_2023', 'number'],
        ['sales_2024', 'number'],
      ],
      [[5, 6]],
    ),
  ],
  [
    'few groups',
    'Total sales by region: North (1); South (2).',
    input(byRegion, [
      ['North', 1],
      ['South', 2],
    ]),
  ],
  [
    'many groups',
    'Total sales by region, 5 rows. Highest is South (9.50), lowest is East (3.00).',
    input(byRegion, regions),
  ],
  [
    'a ranking',
    'Total sales by region, 5 rows. First: North (7.25); last: Central (8.00).',
    input(
      byRegion,
      regions,
      'select region_name, sum(a) as total_sales from s group by 1 order by 2 desc limit 5',
    ),
  ],
  [
    'a trend',
    'Total sales by month, from Jan 2024 (0.50) to Dec 2024 (7,000.50). Highest is Aug 2024 (11,000.50), lowest is Jan 2024 (0.50).',
    input(byMonth, [...months].reverse(), 'select month, total_sales from t'),
  ],
  [
    'two measures',
    'Total sales and orders by region, 5 rows. Total sales: highest is South (9.50), lowest is East (3.00). Orders: highest is North (5), lowest is Central (1).',
    input(
      [...byRegion, ['orders', 'number']],
      regions.map((row, index) => [...row, 5 - index]),
    ),
  ],
  [
    'a listing',
    '3 rows. Store: A, B, C.',
    input(
      [
        ['store_name', 'text'],
        ['city', 'text'],
        ['size', 'number'],
      ],
      [
        ['A', 'x', 1],
        ['B', 'y', 2],
        ['C', 'z', 3],
      ],
      'select store_name, city, size from stores',
    ),
  ],
  [
    'bare numbers',
    '3 rows. Price: highest is 9, lowest is 2.',
    input([['price', 'number']], [[5], [9], [2]], 'select price from products'),
  ],
  [
    'no rows',
    'No rows match: status is "gone".',
    input(total, [], "select x from stores where status = 'gone'"),
  ],
  ['no rows and no filter', 'No rows match.', input(total, [])],
  [
    'an empty sum',
    'There is no total sales in 2023: no row has a value.',
    input(total, [[null]], `select sum(a) as total_sales from sales where ${in2023}`),
  ],
  [
    'nulls among groups',
    'Total sales by region: North ((none)); South (2).',
    input(byRegion, [
      ['North', null],
      ['South', 2],
    ]),
  ],
  [
    'a cut result',
    'Total sales by region: North (1); South (2). Only the first 2 rows are shown; the query has more.',
    input(
      byRegion,
      [
        ['North', 1],
        ['South', 2],
      ],
      undefined,
      true,
    ),
  ],
]

/** Numbers as they stand in a text, thousands separators taken out. */
function numbersIn(text: string): readonly string[] {
  return (text.match(/\d[\d,]*(?:\.\d+)?/g) ?? []).map((number) => number.replaceAll(',', ''))
}

/** Every way a number of the result, its row count or the SQL may be written. */
function allowed({ rows, rowCount, columns }: TextInput, sql: string): ReadonlySet<string> {
  const cells = rows.flat().flatMap((value) => {
    const number = Number(value)
    const written = [String(value), number.toFixed(2), number.toFixed(0), (number * 100).toFixed(1)]
    return [...written, ...numbersIn(String(value)).map((part) => String(Number(part)))]
  })
  const names = columns.flatMap(({ name }) => numbersIn(name))
  return new Set([...cells, ...names, ...numbersIn(sql), String(rowCount)])
}

/** A cell as a text may tell it, without grouping and percent signs. */
function renderings(value: Value): readonly string[] {
  const number = Number(value)
  const date = formatDate(String(value))
  return [
    ...[String(value), date, timeLabel(String(value), 'month'), String(value).slice(0, 4)],
    ...[number.toFixed(0), number.toFixed(1), number.toFixed(2), (number * 100).toFixed(1)],
    ...[String(number), calendarWords(number), value === null ? '(none)' : '(empty)'],
  ].map((text) => text.replace(/[,%]/g, ''))
}

function calendarWords(month: number): string {
  const names =
    'January February March April May June July August September October November December'
  return names.split(' ')[month - 1] ?? ''
}

describe('composeText', () => {
  it.each(cases)('tells %s', (_, text, given) => {
    expect(composeText(given).text).toBe(text)
  })

  it.each(cases)('writes no number for %s that is not in the result or the SQL', (_, __, given) => {
    const filters =
      given.shape?.selects.flatMap((select) => select.filters.map(({ text }) => text)) ?? []
    const known = allowed(given, filters.join(' '))
    expect(numbersIn(composeText(given).text).filter((number) => !known.has(number))).toEqual([])
  })

  it.each(cases)('says for %s which cell each number and name is', (_, __, given) => {
    const { text, cells } = composeText(given)
    let end = 0
    for (const { start, row, column, ...cell } of cells) {
      expect(start).toBeGreaterThanOrEqual(end)
      end = cell.end
      const value = given.rows[row]?.[column]
      expect(value).not.toBeUndefined()
      expect(renderings(value ?? null)).toContain(text.slice(start, end).replace(/[,%]/g, ''))
    }
    const outside = [...cells].reduceRight(
      (rest, { start, end }) => `${rest.slice(0, start)} ${rest.slice(end)}`,
      text,
    )
    const withoutCells = { ...given, rows: [] }
    const filters =
      given.shape?.selects.flatMap((select) => select.filters.map(({ text }) => text)) ?? []
    const known = allowed(withoutCells, filters.join(' '))
    expect(numbersIn(outside).filter((number) => !known.has(number))).toEqual([])
    const isTold = given.rows.flat().some((value) => value !== null)
    expect(cells.length > 0).toBe(isTold)
  })

  it.each([
    [
      'a month',
      "d >= date '2024-03-01' and d < date '2024-04-01'",
      'Total sales in March 2024: 5.',
    ],
    ['a year by function', 'year(d) = 2022', 'Total sales in 2022: 5.'],
    ['a value and a year', `city = 'Lyon' and ${in2023}`, 'Total sales (Lyon, 2023): 5.'],
    ['another condition', 'size > 10', 'Total sales (size is more than 10): 5.'],
  ])('says that rows are of %s', (_, where, text) => {
    const given = input(total, [[5]], `select sum(a) as total_sales from t where ${where}`)
    expect(composeText(given).text).toBe(text)
  })

  it('cuts very long values', () => {
    const { text } = composeText(
      input([['note', 'text']], [['long '.repeat(100)], ['b']], 'select note from t'),
    )
    expect(text.length).toBeLessThan(140)
  })

  it('survives every column kind, blank text and duplicate names', () => {
    const kinds: readonly ColumnKind[] = ['number', 'text', 'date', 'timestamp', 'boolean', 'other']
    const columns = kinds.map((kind): Columns[number] => ['x', kind])
    const row = [1, ' ', '2024-05-06', '2024-05-06 07:08:00', true, '[1]']
    expect(composeText(input(columns, [row, row], 'select * from t')).text).toContain('2 rows')
  })
})

describe('formatNumber', () => {
  it.each([
    [1234567.891, '1,234,567.89'],
    [0.00123, '0.00123'],
    [-5, '-5'],
    ['12345678901234567890', '12,345,678,901,234,567,890'],
    ['n/a', 'n/a'],
  ])('writes %j as %s', (value, text) => {
    expect(formatNumber(value)).toBe(text)
  })

  it('gives all numbers of a column the decimals they need', () => {
    expect(sharedDecimals([1, 2, null])).toBe(0)
    expect(sharedDecimals([1, 2.5])).toBe(2)
    expect(sharedDecimals([0.004, 2.5])).toBeUndefined()
  })
})

describe('formatDate', () => {
  it.each([
    ['2024-03-01', '1 March 2024'],
    ['2024-03-01 00:00:00', '1 March 2024'],
    ['2024-03-01T09:30:15Z', '1 March 2024 09:30'],
    ['2024-Q1', '2024-Q1'],
  ])('writes %s as %s', (value, text) => {
    expect(formatDate(value)).toBe(text)
  })
})

describe('humanise', () => {
  it.each([
    ['total_amount', 'total amount'],
    ['listPrice', 'list price'],
    ['HTTPStatus', 'http status'],
    ['Order Date', 'Order Date'],
    ['"odd"', 'odd'],
    ['größe_cm', 'größe cm'],
    ['___', '___'],
  ])('reads %s as %s', (identifier, words) => {
    expect(humanise(identifier)).toBe(words)
  })

  it('raises only the first letter of a sentence', () => {
    expect([sentenceCase('élan vital'), sentenceCase('')]).toEqual(['Élan vital', ''])
  })

  it('cuts at a word and never inside a character', () => {
    expect(shorten('one two three four', 11)).toBe('one two…')
    expect(shorten('😀'.repeat(10), 5)).toBe(`${'😀'.repeat(4)}…`)
  })
})
