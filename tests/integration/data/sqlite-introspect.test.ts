/** The catalog of real SQLite files: loose types, keys as they were typed, odd names, bad text, samples of large tables. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Catalog, findColumn, findTable } from '../../../data/catalog.js'
import { introspectSqlite } from '../../../data/sqlite/introspect.js'
import { writeSqliteFile } from '../../support/sqlite-file.js'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-sqlite-'))
})
afterAll(() => rm(folder, { recursive: true }))

let files = 0
async function catalogOf(statements: readonly string[]): Promise<Catalog> {
  files += 1
  const path = join(folder, `${files} é#?%.sqlite`)
  writeSqliteFile(path, statements)
  return introspectSqlite(path)
}

function relationshipsOf(catalog: Catalog) {
  return catalog.relationships.map(
    ({ from, to, further, origin }) =>
      `${[from, ...(further ?? []).map((pair) => ({ ...from, column: pair.from }))].map((end) => `${end.table}.${end.column}`)} -> ${[to, ...(further ?? []).map((pair) => ({ ...to, column: pair.to }))].map((end) => `${end.table}.${end.column}`)} ${origin}`,
  )
}

describe('the kind of a column', () => {
  const cases: readonly (readonly [declared: string, values: string, kind: string])[] = [
    ['INTEGER', '(1), (2), (3)', 'number'],
    ['INT', "('a1'), ('b2')", 'text'],
    ['', "('a'), ('b')", 'text'],
    ['', '(1.5), (2)', 'number'],
    ['TEXT', "('2023-01-05'), ('2024-02-29'), (NULL), ('')", 'date'],
    ['TEXT', "('2023-01-05'), ('soon')", 'text'],
    ['TEXT', "('2023-01-05 10:00:00'), ('2023-01-06T11:30:00Z')", 'timestamp'],
    ['TEXT', "('2023-99-99')", 'text'],
    ['DATETIME', "('2023-01-05')", 'date'],
    ['DATE', "('05/01/2023')", 'text'],
    ['DATE', '(1700000000)', 'number'],
    ['DATE', '(NULL)', 'date'],
    ['VARCHAR(10)', "('12'), ('13')", 'text'],
    ['BOOLEAN', '(1), (0)', 'boolean'],
    ['BOOL', "('T'), ('F')", 'text'],
    ['BOOLEAN', '(1), (7)', 'number'],
    ['DECIMAL(10, 2)', '(1.5), (2)', 'number'],
    ['REAL', `${Array.from({ length: 40 }, (_, index) => `(${index})`)}, ('N/A')`, 'number'],
    ['BLOB', "(x'00ff')", 'other'],
  ]
  it.each(cases)('of %s holding %s is %s', async (declared, values, kind) => {
    const catalog = await catalogOf([
      `CREATE TABLE things (thing ${declared})`,
      `INSERT INTO things VALUES ${values}`,
    ])
    expect(findColumn(catalog, { table: 'things', column: 'thing' })?.kind).toBe(kind)
  })
})

describe('the profile of a table', () => {
  it('has ranges, values by frequency, gaps, counts and types as declared', async () => {
    const catalog = await catalogOf([
      'CREATE TABLE stores (store_id INTEGER PRIMARY KEY, town varchar(20), opened TEXT, share NUMERIC, untyped)',
      "INSERT INTO stores VALUES (1, 'Ulm', '2024-01-01', 0.5, 7), (2, 'Ulm', '2024-03-01', 'n/a', 8), (3, 'Bonn', '', NULL, 9)",
    ])
    expect(catalog.dialect).toBe('sqlite')
    const stores = findTable(catalog, 'stores')
    expect(stores).toMatchObject({ rowCount: 3, primaryKey: ['store_id'] })
    const column = (name: string) => findColumn(catalog, { table: 'stores', column: name })
    expect(column('store_id')).toMatchObject({ type: 'INTEGER', unique: true, min: '1', max: '3' })
    expect(column('town')).toMatchObject({
      type: 'VARCHAR(20)',
      values: ['Ulm', 'Bonn'],
      distinctCount: 2,
      nullable: false,
    })
    expect(column('opened')).toMatchObject({ kind: 'date', min: '2024-01-01', max: '2024-03-01' })
    expect(column('share')).toMatchObject({ nullable: true, samples: ['0.5', 'n/a'] })
    expect(column('untyped')).toMatchObject({ type: 'INTEGER', kind: 'number', max: '9' })
  })

  it('reads text that is no UTF-8 as Windows-1252 and lives', async () => {
    const catalog = await catalogOf([
      'CREATE TABLE players (name TEXT)',
      "INSERT INTO players VALUES (CAST(x'53e36f' AS TEXT)), ('Ñu')",
    ])
    expect(findColumn(catalog, { table: 'players', column: 'name' })?.values?.toSorted()).toEqual([
      'São',
      'Ñu',
    ])
  })

  it('reads a file that keeps its text as UTF-16', async () => {
    const catalog = await catalogOf([
      "PRAGMA encoding = 'UTF-16le'",
      'CREATE TABLE "płayers" (name TEXT)',
      'INSERT INTO "płayers" VALUES (\'Łódź\')',
    ])
    expect(findColumn(catalog, { table: 'płayers', column: 'name' })?.samples).toEqual(['Łódź'])
  })

  it('of more than a million cells is taken from a sample, with exact rows and ranges', async () => {
    const catalog = await catalogOf([
      'CREATE TABLE visits (visit_id INTEGER PRIMARY KEY, day TEXT, kind TEXT, n INT, m INT, o INT, p INT)',
      `INSERT INTO visits WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r WHERE i < 200000)
       SELECT i, date('2020-01-01', (i / 200) || ' days'), iif(i % 2, 'a', 'b'), i, i, i, i % 3 FROM r`,
    ])
    expect(findTable(catalog, 'visits')?.rowCount).toBe(200_000)
    const column = (name: string) => findColumn(catalog, { table: 'visits', column: name })
    expect(column('day')).toMatchObject({ kind: 'date', min: '2020-01-01', max: '2022-09-27' })
    expect(column('n')).toMatchObject({ max: '200000', distinctCount: 200_000 })
    expect(column('kind')?.values?.toSorted()).toEqual(['a', 'b'])
  })
})

describe('the keys of a SQLite file', () => {
  it('are found as they were typed: without a column, in another case, of several columns', async () => {
    const catalog = await catalogOf([
      'CREATE TABLE Regions (Region_ID INTEGER PRIMARY KEY, name TEXT)',
      'CREATE TABLE stores (id INTEGER PRIMARY KEY, place REFERENCES regions, twin REFERENCES STORES (ID))',
      'CREATE TABLE targets (store INT, month TEXT, amount INT, PRIMARY KEY (store, month))',
      'CREATE TABLE notes (s INT, m TEXT, FOREIGN KEY (s, m) REFERENCES targets)',
      'CREATE TABLE orphans (a INT REFERENCES nowhere (id), b INT REFERENCES stores (absent))',
    ])
    expect(relationshipsOf(catalog)).toEqual([
      'stores.place -> Regions.Region_ID declared',
      'stores.twin -> stores.id declared',
      'notes.s,notes.m -> targets.store,targets.month declared',
    ])
  })

  it('are inferred where names and values prove them', async () => {
    const catalog = await catalogOf([
      'CREATE TABLE customers (customer_id INT, name TEXT)',
      'CREATE TABLE orders (order_id INT, customer_id INT, total REAL)',
      "INSERT INTO customers VALUES (1, 'a'), (2, 'b'), (3, 'c')",
      'INSERT INTO orders VALUES (10, 1, 5), (11, 1, 6), (12, 3, 7)',
    ])
    expect(findTable(catalog, 'customers')?.primaryKey).toEqual(['customer_id'])
    expect(relationshipsOf(catalog)).toEqual([
      'orders.customer_id -> customers.customer_id inferred',
    ])
    expect(catalog.relationships[0]?.evidence).toContain('all 2 distinct values')
  })

  it('are inferred in tables that are described from a sample, too', async () => {
    const rows = (count: number) =>
      `WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r WHERE i < ${count})`
    const catalog = await catalogOf([
      'CREATE TABLE trips (trip_id INT, day INT, tip INT, a, b, c, d, e, f, g)',
      `INSERT INTO trips (trip_id, day, tip) ${rows(101_000)} SELECT i, 1, iif(i % 4, NULL, 2) FROM r`,
      'CREATE TABLE bills (bill_id INTEGER PRIMARY KEY, trip_id INT)',
      `INSERT INTO bills ${rows(50)} SELECT i, i * 3 FROM r`,
    ])
    expect(findTable(catalog, 'trips')).toMatchObject({ primaryKey: ['trip_id'] })
    expect(relationshipsOf(catalog)).toEqual(['bills.trip_id -> trips.trip_id inferred'])
    const nullable = findTable(catalog, 'trips')?.columns.map((column) => column.nullable)
    expect(nullable?.slice(0, 3)).toEqual([false, false, true])
  })

  it('of unique indexes mark single columns, not parts or conditions', async () => {
    const catalog = await catalogOf([
      'CREATE TABLE items (a INT UNIQUE, b INT, c INT, d INT, UNIQUE (b, c))',
      'CREATE UNIQUE INDEX some ON items (d) WHERE d > 5',
    ])
    expect(findTable(catalog, 'items')?.columns.map(({ unique }) => unique)).toEqual([
      true,
      false,
      false,
      false,
    ])
  })
})

describe('a SQLite file', () => {
  it('keeps odd names, leaves out broken views, virtual tables and what belongs to the engine', async () => {
    const catalog = await catalogOf([
      'CREATE TABLE "order" ("group by" INT, "it\'s ""odd""" TEXT, [Ünï cöde] TEXT)',
      `INSERT INTO "order" VALUES (1, 'x', 'y')`,
      'CREATE TABLE counted (id INTEGER PRIMARY KEY AUTOINCREMENT)',
      'CREATE TABLE gone (a)',
      'CREATE VIEW whole AS SELECT "group by" + 1 AS next FROM "order"',
      'CREATE VIEW broken AS SELECT a FROM gone',
      'DROP TABLE gone',
      'CREATE VIRTUAL TABLE words USING fts5(word)',
    ])
    expect(catalog.tables.map(({ name }) => name)).toEqual(['order', 'counted', 'whole'])
    expect(findTable(catalog, 'order')?.columns.map(({ name }) => name)).toEqual([
      'group by',
      'it\'s "odd"',
      'Ünï cöde',
    ])
    expect(findColumn(catalog, { table: 'whole', column: 'next' })).toMatchObject({
      kind: 'number',
      samples: ['2'],
    })
  })

  it('may have 2,000 columns', async () => {
    const columns = Array.from({ length: 2_000 }, (_, index) => `c${index}`)
    const catalog = await catalogOf([
      `CREATE TABLE wide (${columns})`,
      'INSERT INTO wide (c1999) VALUES (5)',
    ])
    expect(findColumn(catalog, { table: 'wide', column: 'c1999' })).toMatchObject({
      samples: ['5'],
    })
  })

  it('is neither made nor touched by being read', async () => {
    const missing = join(folder, 'missing.sqlite')
    await expect(introspectSqlite(missing)).rejects.toThrow()
    const text = join(folder, 'text.sqlite')
    await writeFile(text, 'no database '.repeat(500))
    await expect(introspectSqlite(text)).rejects.toThrow('not a database')
    const path = join(folder, 'same.sqlite')
    writeSqliteFile(path, ['CREATE TABLE a (b)'])
    const before = await readFile(path)
    await introspectSqlite(path)
    expect(await readFile(path)).toEqual(before)
    expect((await readdir(folder)).filter((name) => /missing|same|text/.test(name))).toEqual([
      'same.sqlite',
      'text.sqlite',
    ])
  })
})
