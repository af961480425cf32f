/** Stored values found in questions, however they are written there. */
import { expect, it } from 'vitest'
import { createValueIndex } from '../../../rag/value-index.js'
import { column, retailCatalog, table } from '../../support/retail-catalog.js'

const index = createValueIndex(retailCatalog)

it('links a value with its place in the question', () => {
  const question = 'How many stores in the north are active?'
  expect(index.link(question)).toEqual([
    {
      start: 23,
      end: 28,
      phrase: 'north',
      column: { table: 'regions', column: 'region_name' },
      value: 'North',
      similarity: 1,
    },
    {
      start: 33,
      end: 39,
      phrase: 'active',
      column: { table: 'stores', column: 'status' },
      value: 'active',
      similarity: 1,
    },
  ])
})

it.each([
  ['returns with the wrong size', 'wrong size', 1],
  ['sales in SAO PAULO', 'São Paulo', 1],
  ['revenue from grocery', 'Groceries', 0.95],
  ['sales to students', 'student', 0.95],
  ['sales of men’s shoes', 'Men’s Shoes', 1],
  ['sales in Lisbn', 'Lisbon', 1 - 1 / 6],
  ['sales in Lisobn', 'Lisbon', 1 - 1 / 6],
  ['sales of Groecries', 'Groceries', 1 - 1 / 9],
  ['sales of elektroniks', 'Electronics', 1 - 2 / 11],
  ['sales of electronix', 'Electronics', 1 - 2 / 11],
  ['price of the Desk Lmap', 'Desk Lamp', 1 - 1 / 9],
  ["stores' sales of 'Groceries'", 'Groceries', 1],
])('reads "%s" as %s', (question, value, similarity) => {
  const found = index.link(question)
  expect(new Set(found.map((link) => link.value))).toEqual(new Set([value]))
  expect(found[0]?.similarity).toBeCloseTo(similarity, 5)
})

it('returns every column that holds the value, the one the question names first', () => {
  const columns = (question: string) =>
    index.link(question).map(({ column: { table: name, column: of } }) => `${name}.${of}`)
  expect(columns('customers from Porto')).toEqual(['customers.city', 'stores.city'])
  expect(columns('stores in Porto')).toEqual(['stores.city', 'customers.city'])
})

it('prefers the longer value over the shorter one inside it', () => {
  expect(index.link('orders by Maya Porto').map((link) => link.value)).toEqual(['Maya Porto'])
})

it.each([
  'Show all other stores',
  'Other stores',
  'who paid most in may',
  'sales per store',
  'total sales by region in 2023',
  'sales of elektronix',
  'sales of Lsbn',
  '',
  '💡 ?!',
])('links nothing in "%s"', (question) => {
  expect(index.link(question)).toEqual([])
})

it('takes a common word for a value when it is quoted or has the value’s capitals', () => {
  expect(index.link('sales of "other"').map((link) => link.value)).toEqual(['Other'])
  expect(index.link('sales of Other').map((link) => link.value)).toEqual(['Other'])
})

it('takes words of grammar for codes only in capitals or quotes', () => {
  const states = createValueIndex({
    ...retailCatalog,
    tables: [table('states', 3, [column('code', 'text', { values: ['IN', 'OR', 'us', '12345'] })])],
  })
  const values = (question: string) => states.link(question).map((link) => link.value)
  expect(values('how many in or for us')).toEqual([])
  expect(values('how many in OR')).toEqual(['OR'])
  expect(values('how many for "us"')).toEqual(['us'])
  expect(values('how many in 12345')).toEqual(['12345'])
  expect(values('top 12 in 2023')).toEqual([])
})

it('links the parts of a quotation that is no value itself', () => {
  expect(index.link('show "stores in Lisbon"')[0]?.value).toBe('Lisbon')
})

it('links among ten thousand values within five milliseconds', () => {
  const values = Array.from(
    { length: 10_000 },
    (_, number) => `${syllables(number)} ${number % 7}x`,
  )
  const many = createValueIndex({
    ...retailCatalog,
    tables: [table('articles', 10_000, [column('title', 'text', { values })])],
  })
  const question = `how much did we sell of ${values[4_321]} and kalimoru in the last three months`
  many.link(question)
  const times = Array.from({ length: 21 }, () => {
    const start = performance.now()
    many.link(question)
    return performance.now() - start
  }).sort((a, b) => a - b)
  expect(many.link(question)[0]?.value).toBe(values[4_321])
  // The quickest: other work of the machine does not count.
  expect(times[0]).toBeLessThan(5)
})

it('stays quick on a question of ten thousand characters', () => {
  const start = performance.now()
  index.link('lisbno porto and then '.repeat(455))
  expect(performance.now() - start).toBeLessThan(10_000)
})

function syllables(number: number): string {
  const parts = ['ka', 'lo', 'mi', 'ru', 'ten', 'sa', 'vor', 'ne', 'pi', 'dul']
  return [...String(number * 7_919)].map((digit) => parts[Number(digit)]).join('')
}
