/** What the schema browser finds. */
import { expect, it } from 'vitest'
import { keysFrom, keysTo } from '../../../src/dashboard/set-up/schema/keys-of.js'
import { schemaSearch } from '../../../src/dashboard/set-up/schema/search-schema.js'
import { retailCatalog } from '../../support/retail-catalog.js'

function found(query: string, catalog = retailCatalog) {
  return schemaSearch(catalog)(query).map(({ table, columns }) =>
    [table.name, ...columns.map(({ name }) => name)].join(' '),
  )
}

it('finds every table while nothing is looked for', () => {
  expect(found('  ')).toEqual(retailCatalog.tables.map(({ name }) => name))
})

it('finds a table by its name, and others by a column', () => {
  expect(found('STORE_NA')).toEqual(['stores store_name'])
  expect(found('stores')).toEqual(['stores'])
  expect(found('stores city')).toEqual(['stores city'])
  expect(found('moon')).toEqual([])
})

it('finds what people or the source say, and other names', () => {
  const described = {
    ...retailCatalog,
    tables: retailCatalog.tables.map((table) =>
      table.name === 'stores'
        ? { ...table, comment: 'Shops', sourceComment: 'From the till', aliases: ['branches'] }
        : table,
    ),
  }
  for (const word of ['shops', 'till', 'branch']) expect(found(word, described)).toEqual(['stores'])
})

it('follows keys both ways', () => {
  const [key] = retailCatalog.relationships
  if (!key) throw new Error('There are no keys.')
  expect(keysFrom(retailCatalog, key.from.table, key.from.column)).toContain(key)
  expect(keysTo(retailCatalog, key.to.table)).toContain(key)
  expect(keysFrom(retailCatalog, key.to.table, key.to.column)).not.toContain(key)
})
