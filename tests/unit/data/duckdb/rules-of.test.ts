/** What may be named in SQL on a file, by what the file itself holds. */
import { expect, it } from 'vitest'
import { rulesOf } from '../../../../data/duckdb/guarded-select.js'

it('trusts no name of a function that the file has a macro for, in FROM neither', () => {
  const columns = [
    ['stores', 'id'],
    ['stores', 'name'],
  ] as const
  const rules = rulesOf({ columns, macros: ['upper', 'range'] }, new Set(['upper', 'lower']))
  expect([...rules.functions]).toEqual(['lower'])
  expect(rules.tableFunctions.has('unnest')).toBe(true)
  expect(rules.tableFunctions.has('range')).toBe(false)
  expect(rules.columnsByTable).toEqual(new Map([['stores', ['id', 'name']]]))
})
