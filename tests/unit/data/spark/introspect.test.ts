/** What is told while the tables of a Spark database are described. */
import { expect, it } from 'vitest'
import type { CatalogOutline, CatalogWatch } from '../../../../data/catalog-watch.js'
import { introspectSpark } from '../../../../data/spark/introspect.js'

const columns = [{ name: 'store_id', type: { name: 'integer' }, nullable: true }]

/** Names and columns are told; of the rows, nothing. */
async function read(sql: string): Promise<string[][]> {
  if (sql === 'SHOW TABLES') return ['sales', 'stores', 'visits'].map((name) => ['', name, 'false'])
  if (!sql.startsWith('DESCRIBE')) throw new Error('The time for profiles is over.')
  return [[JSON.stringify({ type: 'MANAGED', provider: 'parquet', columns })]]
}

it('tells of all names before a row is looked at, and of each table that nobody had described', async () => {
  const outlines: CatalogOutline[] = []
  const told: string[] = []
  const watch: CatalogWatch = {
    onOutline: async (outline) => {
      outlines.push(outline)
      return new Map([['stores', { ...outline.tables[1]!, rowCount: 7 }]])
    },
    onTable: ({ name }) => void told.push(name),
  }
  const size = async () => ({ bytes: 1 })
  const reader = { read, size, files: async () => [] }
  const catalog = await introspectSpark(reader, new AbortController().signal, watch)
  expect(outlines).toMatchObject([
    { dialect: 'spark', tables: [{ name: 'sales' }, { name: 'stores' }, { name: 'visits' }] },
  ])
  expect(told).toEqual(['sales', 'visits'])
  expect(catalog.tables.map(({ name, rowCount }) => [name, rowCount])).toEqual([
    ['sales', 0],
    ['stores', 7],
    ['visits', 0],
  ])
  expect(catalog.tables[0]).not.toHaveProperty('format')
})
