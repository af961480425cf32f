import { expect, it } from 'vitest'
import type { Value } from '../../../data/catalog.js'
import {
  arrangeRows,
  nextSorting,
  type Sorting,
} from '../../../src/dashboard/answer/arrange-rows.js'
import { columnStatistics } from '../../../src/dashboard/answer/column-statistics.js'
import { rowsInSight } from '../../../src/dashboard/answer/rows-in-sight.js'

const rows: readonly (readonly Value[])[] = [
  ['Züri', 10],
  ['Aarau', null],
  ['Item 10', 9],
  ['item 9', '90071992547409931'],
]

function order(sorting?: Sorting, filter = ''): readonly number[] {
  const textOf = (place: number) => String(rows[place]).toLowerCase()
  return arrangeRows(rows, { sorting, filter }, textOf, 'en')
}

it('sorts numbers by size and words as people do, and leaves empty cells at the end', () => {
  expect(order({ column: 1, direction: 'ascending' })).toEqual([2, 0, 3, 1])
  expect(order({ column: 1, direction: 'descending' })).toEqual([3, 0, 2, 1])
  expect(order({ column: 0, direction: 'ascending' })).toEqual([1, 3, 2, 0])
})

it('keeps the order of the result until a column is asked for, and gets back to it', () => {
  expect(order()).toEqual([0, 1, 2, 3])
  const up = nextSorting(undefined, 1)
  const down = nextSorting(up, 1)
  expect([up, down, nextSorting(down, 1)]).toEqual([
    { column: 1, direction: 'ascending' },
    { column: 1, direction: 'descending' },
    undefined,
  ])
  expect(nextSorting(down, 0)).toEqual({ column: 0, direction: 'ascending' })
})

it('finds rows by any part of what they show', () => {
  expect(order(undefined, '  ITEM ')).toEqual([2, 3])
  expect(order({ column: 1, direction: 'descending' }, 'item')).toEqual([3, 2])
  expect(order(undefined, 'nothing like it')).toEqual([])
})

it('tells what a column holds', () => {
  expect(columnStatistics({ kind: 'number' }, [3, null, 1, 3, '2'])).toEqual({
    empty: 1,
    distinct: 3,
    least: 1,
    most: 3,
    sum: 9,
    mean: 2.25,
  })
  expect(columnStatistics({ kind: 'date' }, ['2024-02-01', '2023-12-31'])).toMatchObject({
    least: '2023-12-31',
    most: '2024-02-01',
  })
  expect(columnStatistics({ kind: 'text' }, ['a', 'a', null])).toEqual({ empty: 1, distinct: 1 })
  expect(columnStatistics({ kind: 'number' }, [null])).toEqual({ empty: 1, distinct: 0 })
})

it('draws what is in sight and some rows around it, however long the table', () => {
  expect(rowsInSight(0, 400, 40)).toMatchObject({ first: 0 })
  const far = rowsInSight(400_000, 400, 40)
  expect(far.first).toBeGreaterThan(9_900)
  expect(far.first).toBeLessThanOrEqual(10_000)
  expect(far.end).toBeGreaterThanOrEqual(10_010)
  expect(far.end - far.first).toBeLessThan(80)
})
