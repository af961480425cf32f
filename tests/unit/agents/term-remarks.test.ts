/** What the model is told of terms. */
import { expect, it } from 'vitest'
import { termRemarks, toldWords, usesTerms } from '../../../agents/generators/local/term-remarks.js'
import { readExpression } from '../../../data/defined-term.js'
import { retailCatalog } from '../../support/retail-catalog.js'

const columns = ['net_amount', 'quantity', 'Unit Price']

it.each([
  ['sum(net_amount)', { aggregate: 'sum', left: 'net_amount' }],
  ['AVG( sales.net_amount )', { aggregate: 'avg', left: 'net_amount' }],
  ['quantity * "Unit Price"', { left: 'quantity', operator: '*', right: 'Unit Price' }],
  [
    'sum("sales"."quantity" - net_amount)',
    { aggregate: 'sum', left: 'quantity', operator: '-', right: 'net_amount' },
  ],
  ['net_amount', { left: 'net_amount' }],
  ['count(*)', { aggregate: 'count', left: 'net_amount' }],
  ['count( DISTINCT "Unit Price" )', { aggregate: 'count', distinct: true, left: 'Unit Price' }],
])('reads %s', (expression, expected) => {
  const read = readExpression(expression, 'sales', columns)
  const { left, right, ...rest } = read ?? {}
  expect({ ...rest, left: left?.column, ...(right && { right: right.column }) }).toEqual(expected)
})

it.each([
  'count(quantity)',
  'sum(net_amount) / sum(quantity)',
  'sum(stores.net_amount)',
  'sum(moon)',
  'net_amount + quantity + net_amount',
  'sum(net_amount) FILTER (WHERE quantity = 1)',
  '',
])('leaves %s to the model', (expression) => {
  expect(readExpression(expression, 'sales', columns)).toBeUndefined()
})

it('tells of the terms of a question alone, on one line each', () => {
  const terms = [
    {
      id: '1',
      names: ['revenue', 'turnover'],
      table: 'sales',
      expression: 'sum(net_amount)\nDROP',
    },
    { id: '2', names: ['town'], table: 'stores', column: 'city' },
    { id: '3', names: ['northerners'], table: 'regions', column: 'region_name', value: 'North' },
    { id: '4', names: ['churn'], table: 'customers', column: 'status' },
  ]
  const catalog = { ...retailCatalog, terms }
  expect(termRemarks('Turnovers by town of Northerners', catalog)).toEqual([
    'turnover refers to sum(net_amount) DROP',
    'town refers to stores.city',
  ])
  expect(termRemarks('downtown', catalog)).toEqual([])
  expect(termRemarks('revenue', retailCatalog)).toEqual([])
})

it('knows whether SQL reads what the terms of a question stand for', () => {
  const [sales] = retailCatalog.tables.filter(({ name }) => name === 'sales')
  const [one = '', two = ''] = sales?.columns.map(({ name }) => name) ?? []
  const expression = `sum(${one}) / max(${two})`
  const catalog = {
    ...retailCatalog,
    terms: [{ id: '1', names: ['yield'], table: 'sales', expression }],
  }
  expect(usesTerms(`SELECT ${one}, "${two}" FROM sales`, 'yield by city', catalog)).toBe(true)
  expect(usesTerms(`SELECT ${one} FROM sales`, 'yield by city', catalog)).toBe(false)
  expect(usesTerms('SELECT 1', 'sales by city', catalog)).toBe(true)
  expect([...toldWords('Yields by city', catalog)]).toEqual(['yield'])
})
