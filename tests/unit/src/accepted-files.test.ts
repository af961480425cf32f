/** What a service says it takes is what it takes. */
import { expect, it } from 'vitest'
import {
  databaseEndings,
  isDatabaseFile,
  safeFileName,
  tableEndings,
} from '../../../src/added/name-dataset.js'
import { pageSchemes, readPageConnection } from '../../../src/added/page-connection.js'

it.each(tableEndings)('takes a file that ends with %s as tables', (ending) => {
  expect(safeFileName(`a${ending}`, new Set())).toBe(`a${ending}`)
  expect(isDatabaseFile(`a${ending}`)).toBe(false)
})

it.each(databaseEndings)('takes a file that ends with %s as a database', (ending) => {
  expect(safeFileName(`a${ending}`, new Set())).toBe(`a${ending}`)
  expect(isDatabaseFile(`a${ending}`)).toBe(true)
})

it.each(pageSchemes)('takes an address that begins with %s', (scheme) => {
  const url = `${scheme}://reader:secret@db.example/shop`
  expect(readPageConnection(url)).toEqual({ address: url, title: 'shop on db.example' })
})
