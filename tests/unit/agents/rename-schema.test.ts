/** Training schemas under other names: the same questions, and SQL that still completes. */
import { describe, expect, it } from 'vitest'
import { renameSchema } from '../../../agents/training/rename-schema.js'
import type { TrainingDatabase } from '../../../agents/training/training-question.js'
import { completeJoinFree } from '../../../data/join-free/complete-join-free.js'
import { createRandom } from '../../../data/random.js'
import { createValueIndex } from '../../../rag/value-index.js'
import { retailCatalog } from '../../support/retail-catalog.js'

const index = createValueIndex(retailCatalog)
const asked = [
  "select count(*) where stores.city = 'from stores'",
  'select count(*) from stores',
  'select regions.region_name, count(*) from stores group by regions.region_name',
  "select stores.store_name where stores.city = stores_2.city and stores_2.store_name = 'x'",
  'select count(*) from (select stores.city group by stores.city having count(*) > 2) as t',
]

const shop: TrainingDatabase = {
  name: 'shop',
  catalog: retailCatalog,
  questions: asked.map((joinFree, at) => ({
    id: String(at),
    wordings: ['Which?'],
    joinFree,
    tables: ['stores'],
    failure: { sql: 'select stores.town', reason: 'stores has no town' },
  })),
  linkValues: (question) => index.link(question),
}

/** Enough for every manner of naming to come up. */
const renamings = Array.from({ length: 100 }, (_, seed) => renameSchema(shop, createRandom(seed)))
const namesOf = ({ catalog }: TrainingDatabase) =>
  catalog.tables.flatMap(({ name, columns }) => [name, ...columns.map((column) => column.name)])

describe('a schema under other names', () => {
  it('is written as designers write: with capitals, in the singular, with and without prefixes', () => {
    const names = new Set(renamings.flatMap(namesOf))
    for (const name of [
      'stores',
      'Stores',
      'STORES',
      'store',
      'StoreName',
      'storeName',
      'Store Name',
    ]) {
      expect(names).toContain(name)
    }
    const columns = renamings.map(({ catalog }) =>
      catalog.tables[1]?.columns[1]?.name.toLowerCase(),
    )
    expect(new Set(columns)).toEqual(new Set(['store_name', 'storename', 'store name', 'name']))
  })

  it('keeps every question, with SQL that completes on the new names', () => {
    for (const { catalog, questions } of renamings) {
      expect(questions).toHaveLength(asked.length)
      for (const { joinFree, tables } of questions) {
        expect(completeJoinFree(joinFree, catalog, { rankedTables: [] }).ok).toBe(true)
        expect(catalog.tables.map(({ name }) => name)).toContain(tables[0])
      }
    }
  })

  it('leaves texts of the SQL as they are', () => {
    for (const { questions } of renamings) expect(questions[0]?.joinFree).toContain("'from stores'")
  })

  it('links values to the columns by their new names', () => {
    for (const { catalog, linkValues } of renamings) {
      const [link] = linkValues('Stores in Porto')
      const table = catalog.tables.find(({ name }) => name === link?.column.table)
      expect(table?.columns.map(({ name }) => name)).toContain(link?.column.column)
    }
  })

  it('keeps its keys', () => {
    for (const { catalog } of renamings) {
      const columns = new Set(
        catalog.tables.flatMap(({ name, columns }) => columns.map((one) => `${name}.${one.name}`)),
      )
      for (const { from, to } of catalog.relationships) {
        for (const { table, column } of [from, to]) expect(columns).toContain(`${table}.${column}`)
      }
      for (const { name, primaryKey } of catalog.tables) {
        for (const key of primaryKey) expect(columns).toContain(`${name}.${key}`)
      }
    }
  })

  it('drops failed attempts, whose reasons name the old names', () => {
    for (const { questions } of renamings) {
      expect(questions.every(({ failure }) => failure === undefined)).toBe(true)
    }
  })

  it('keeps two names apart that would become one', () => {
    const [stores] = retailCatalog.tables.slice(1)
    const columns = ['store_name', 'name'].map((name) => ({ ...stores!.columns[1]!, name }))
    const tables = [{ ...stores!, columns, primaryKey: ['store_name'] }]
    const catalog = { ...retailCatalog, tables, relationships: [] }
    for (let seed = 0; seed < 40; seed++) {
      const names = namesOf(renameSchema({ ...shop, catalog, questions: [] }, createRandom(seed)))
      expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(3)
    }
  })
})
