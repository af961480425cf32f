/** When two results count as the same. */
import { expect, it } from 'vitest'
import type { Value } from '../../../data/catalog.js'
import { compareResults } from '../../../src/dashboard/set-up/generators/compare-results.js'

function result(rows: readonly (readonly Value[])[], truncated = false) {
  const columns = (rows[0] ?? []).map((value) => {
    return { kind: typeof value === 'number' ? ('number' as const) : ('text' as const) }
  })
  return { columns, rows, truncated }
}

const cities = [
  ['Ashford', 3],
  ['Barrow', 5],
  ['Barrow', 5],
] as const

it('takes equal rows for the same, whatever adding did to their last digits', () => {
  expect(compareResults(result([[0.1 + 0.2]]), result([[0.3]])).kind).toBe('equal')
  expect(compareResults(result([[1]]), result([[1.0001]])).kind).toBe('rows')
  expect(compareResults(result([]), result([])).kind).toBe('equal')
})

it('tells rows in another order from other rows, and counts those', () => {
  const turned = result(cities.toReversed())
  expect(compareResults(result(cities), turned)).toEqual({ kind: 'reordered', isPartial: false })
  const fewer = result([['Corby', 5], ...cities.slice(0, 2)])
  expect(compareResults(result(cities), fewer)).toMatchObject({ kind: 'rows', left: 1, right: 1 })
})

it('says when the columns are not as many, and when rows were left out', () => {
  expect(compareResults(result([[1, 2]]), result([[1]], true))).toEqual({
    kind: 'columns',
    left: 2,
    right: 1,
    isPartial: true,
  })
})

it('keeps long whole numbers, nothing and text apart', () => {
  const long = (text: string) => ({ ...result([[1]]), rows: [[text]] })
  expect(compareResults(long('9007199254740993'), long('9007199254740992')).kind).toBe('rows')
  expect(compareResults(long('12'), result([[12]])).kind).toBe('equal')
  expect(compareResults(result([[null]]), result([['']])).kind).toBe('rows')
  expect(compareResults(result([[0]]), { ...result([[0]]), rows: [[null]] }).kind).toBe('rows')
})
