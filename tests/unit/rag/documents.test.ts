/** The documents a catalog is turned into. */
import { expect, it } from 'vitest'
import type { Catalog } from '../../../data/catalog.js'
import { buildDocuments, documentsHash } from '../../../rag/documents.js'
import { column, relationship, retailCatalog, table } from '../../support/retail-catalog.js'

const examples = [
  { question: 'Sales of closed stores', sql: 'select * from sales where "stores".status = \'x\'' },
]

it('writes one document per table, relationship, text value set, pattern and example', () => {
  const documents = buildDocuments(retailCatalog, examples)
  const count = (kind: string) => documents.filter((document) => document.kind === kind).length
  expect(count('table')).toBe(8)
  expect(count('column_group')).toBe(8)
  expect(count('relationship')).toBe(7)
  expect(count('value_set')).toBe(8)
  expect(count('pattern')).toBeGreaterThanOrEqual(20)
  expect(count('example')).toBe(1)
})

it('describes a table in words a question would use', () => {
  const text = textOf('table:sale_lines')
  expect(text).toContain('Table sale lines')
  expect(text).toContain('line amount')
  expect(text).toContain('210000 rows')
})

it('gives an example the tables its SQL names', () => {
  const [example] = buildDocuments(retailCatalog, examples).filter(({ kind }) => kind === 'example')
  expect(example?.tables).toEqual(['stores', 'sales'])
  expect(example?.sql).toBe(examples[0]?.sql)
})

it('keeps ids and texts for the same data, whatever its version is called', () => {
  const again = buildDocuments({ ...retailCatalog, version: 'another' }, examples)
  expect(again).toEqual(buildDocuments(retailCatalog, examples))
  expect(new Set(again.map(({ id }) => id)).size).toBe(again.length)
})

it('changes its hash when a text or an example changes', () => {
  const hash = documentsHash(buildDocuments(retailCatalog))
  const grown = { ...retailCatalog, tables: [table('more', 1, []), ...retailCatalog.tables] }
  expect(documentsHash(buildDocuments(retailCatalog))).toBe(hash)
  expect(documentsHash(buildDocuments(grown))).not.toBe(hash)
  expect(documentsHash(buildDocuments(retailCatalog, examples))).not.toBe(hash)
})

it('stays bounded on a table with two thousand columns', () => {
  const columns = Array.from({ length: 2_000 }, (_, at) => column(`measure_${at}`, 'number'))
  const documents = buildDocuments(catalogOf(table('wide', 10, columns)))
  expect(documents.filter(({ kind }) => kind === 'column_group')).toHaveLength(250)
  expect(longest(documents)).toBeLessThanOrEqual(900)
})

it('stays bounded on five hundred tables and on thousands of them', () => {
  const tables = (count: number) =>
    Array.from({ length: count }, (_, at) => table(`table_${at}`, 10, manyColumns()))
  expect(buildDocuments(catalogOf(...tables(500))).length).toBeLessThan(3_000)
  expect(buildDocuments(catalogOf(...tables(5_000))).length).toBeLessThan(9_000)
})

it('keeps long and odd values short and whole', () => {
  const values = ['💡'.repeat(60), 'x'.repeat(500), ...retailCatalog.tables.map(({ name }) => name)]
  const odd = table('💰 "x"', 1, [column('ключ', 'text', { values, samples: values })])
  const documents = buildDocuments(catalogOf(odd))
  expect(longest(documents)).toBeLessThanOrEqual(900)
  expect(documents.every(({ text }) => text.match(/\p{Surrogate}/u) === null)).toBe(true)
})

it('tells tables apart that differ only in how they are joined to others', () => {
  const catalog = {
    ...retailCatalog,
    relationships: [relationship('a.b', 'c.d'), relationship('a.b', 'c.d')],
  }
  expect(buildDocuments(catalog).filter(({ kind }) => kind === 'relationship')).toHaveLength(1)
})

function textOf(id: string): string {
  return buildDocuments(retailCatalog).find((document) => document.id === id)?.text ?? ''
}

function manyColumns() {
  return Array.from({ length: 20 }, (_, at) => column(`column_${at}`, 'number'))
}

function catalogOf(...tables: Catalog['tables']): Catalog {
  return { dialect: 'duckdb', version: '1', relationships: [], tables }
}

function longest(documents: readonly { readonly text: string }[]): number {
  return Math.max(...documents.map(({ text }) => text.length))
}
