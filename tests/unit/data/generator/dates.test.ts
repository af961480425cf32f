/** When rows happened, as people say it. */
import { expect, it } from 'vitest'
import type { Column, Table } from '../../../../data/catalog.js'
import { readDates } from '../../../../data/generator/analysis/dates.js'

function said(column: string, noun: string, kind: Column['kind'] = 'date') {
  const table: Table = {
    name: 'things',
    primaryKey: [],
    rowCount: 9,
    columns: [
      {
        name: column,
        type: 'DATE',
        kind,
        nullable: false,
        unique: false,
        samples: [],
        min: '2021-03-04',
        max: '2024-05-06',
      },
    ],
  }
  return readDates(table, noun)[0]
}

it.each([
  ['sold_on', 'sale', 'sold {}', 'date it was sold'],
  ['opened_on', 'store', 'that opened {}', 'date it opened'],
  ['starts_at', 'promotion', 'that start {}', 'date it starts'],
  ['order_date', 'order', '{}', 'order date'],
  ['returned_on', 'return', '{}', 'date'],
  ['date', 'visit', '{}', 'date'],
  ['signupDate', 'customer', 'with a signup date {}', 'signup date'],
  ['date_of_birth', 'patient', 'with a date of birth {}', 'date of birth'],
])('%s of a %s: %s', (column, noun, happens, words) => {
  const date = said(column, noun)
  expect(date?.happens).toContain(happens)
  expect(date?.noun).toBe(words)
  expect([date?.firstYear, date?.lastYear]).toEqual([2021, 2024])
})

it('a date is the only one, or says what was done then', () => {
  expect(said('opened_on', 'store')).toMatchObject({ isOnly: true, deed: 'they opened' })
  expect(said('issued_on', 'card')).toMatchObject({ deed: 'they were issued' })
  expect(said('expires_on', 'card')).toMatchObject({ deed: 'they expire' })
})

it.each([
  ['xq_dt', 'date'],
  ['sold_on', 'text'],
] as const)('%s, a %s, says nothing', (column, kind) => {
  expect(said(column, 'sale', kind)).toBeUndefined()
})
