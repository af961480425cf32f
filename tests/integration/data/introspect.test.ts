/** The catalog of real DuckDB databases: declared and inferred keys, profiles, odd names, extremes. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Catalog, findColumn, findTable } from '../../../data/catalog.js'
import { introspectDuckDb } from '../../../data/duckdb/introspect.js'
import { readerOf } from '../../../data/duckdb/read-rows.js'

const WIDE_COLUMNS = 2_000
const WIDE_LIMIT_MS = 15_000
const SMALL_MEMORY = '512MB'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-catalog-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function catalogOf(statements: readonly string[], path = ':memory:'): Promise<Catalog> {
  const instance = await DuckDBInstance.create(path, { memory_limit: SMALL_MEMORY })
  const connection = await instance.connect()
  for (const statement of statements) await connection.run(statement)
  const catalog = await introspectDuckDb(readerOf(connection))
  connection.closeSync()
  instance.closeSync()
  return catalog
}

function describeRelationships(catalog: Catalog) {
  return catalog.relationships.map(
    ({ from, to, origin }) => `${from.table}.${from.column} -> ${to.table}.${to.column} ${origin}`,
  )
}

describe('a database with declared keys', () => {
  let catalog: Catalog
  beforeAll(async () => {
    catalog = await catalogOf([
      'CREATE TABLE regions (region_id INTEGER PRIMARY KEY, region_name VARCHAR)',
      `CREATE TABLE stores (store_id INTEGER PRIMARY KEY, region INTEGER REFERENCES regions (region_id),
        opened DATE, checked TIMESTAMP, share DECIMAL(5,2), active BOOLEAN, tags VARCHAR[])`,
      `CREATE TABLE visits (store_id INTEGER REFERENCES stores (store_id), day DATE, visitors INTEGER,
        PRIMARY KEY (store_id, day))`,
      "COMMENT ON TABLE stores IS 'Places of sale'",
      "COMMENT ON COLUMN stores.share IS 'Share of sales'",
      "INSERT INTO regions VALUES (1, 'North'), (2, 'South')",
      `INSERT INTO stores SELECT i, 1 + (i % 10) // 8, DATE '2024-01-01' + i::INTEGER,
        TIMESTAMP '2024-01-01 10:00:00' + INTERVAL (i) HOUR, i / 4, i <> 3,
        CASE WHEN i > 2 THEN ['x'] END FROM range(20) r(i)`,
      "INSERT INTO visits SELECT i, DATE '2024-02-01', 7 FROM range(20) r(i)",
    ])
  })

  it('keeps its keys and relationships and infers none of its own beside them', () => {
    expect(catalog.tables.map((t) => [t.name, t.primaryKey, t.rowCount])).toEqual([
      ['regions', ['region_id'], 2],
      ['stores', ['store_id'], 20],
      ['visits', ['store_id', 'day'], 20],
    ])
    expect(describeRelationships(catalog)).toEqual([
      'stores.region -> regions.region_id declared',
      'visits.store_id -> stores.store_id declared',
    ])
    expect(findColumn(catalog, { table: 'stores', column: 'store_id' })?.unique).toBe(true)
    expect(findColumn(catalog, { table: 'visits', column: 'store_id' })?.unique).toBe(false)
  })

  it('has ranges for numbers, dates and timestamps', () => {
    const range = (column: string) => {
      const found = findColumn(catalog, { table: 'stores', column })
      return [found?.kind, found?.min, found?.max]
    }
    expect(range('opened')).toEqual(['date', '2024-01-01', '2024-01-20'])
    expect(range('checked')).toEqual(['timestamp', '2024-01-01 10:00:00', '2024-01-02 05:00:00'])
    expect(range('share')).toEqual(['number', '0', '4.75'])
    expect(range('tags')).toEqual(['other', undefined, undefined])
  })

  it('lists values most frequent first, counts them and notices missing ones', () => {
    const column = (name: string) => findColumn(catalog, { table: 'stores', column: name })
    expect(column('active')?.values).toEqual(['true', 'false'])
    expect(column('region')).toMatchObject({
      values: ['1', '2'],
      distinctCount: 2,
      nullable: false,
    })
    expect(column('tags')).toMatchObject({ nullable: true, samples: ["['x']"] })
    expect(column('opened')?.samples).toHaveLength(5)
  })

  it('carries comments', () => {
    expect(findTable(catalog, 'stores')?.comment).toBe('Places of sale')
    expect(findColumn(catalog, { table: 'stores', column: 'share' })?.comment).toBe(
      'Share of sales',
    )
  })
})

describe('a declared key of several columns', () => {
  it('is one relationship with every pair, and leaves its columns free to point elsewhere', async () => {
    const catalog = await catalogOf([
      'CREATE TABLE stores (store_id INTEGER PRIMARY KEY)',
      'CREATE TABLE targets (store_id INTEGER, month DATE, amount INTEGER, PRIMARY KEY (store_id, month))',
      `CREATE TABLE notes (note VARCHAR, store_id INTEGER, noted_for DATE,
        FOREIGN KEY (store_id, noted_for) REFERENCES targets (store_id, month))`,
      'INSERT INTO stores SELECT i FROM range(1, 31) r(i)',
      "INSERT INTO targets SELECT i, DATE '2024-01-01', i FROM range(1, 31) r(i)",
      "INSERT INTO notes SELECT 'n' || i, i, DATE '2024-01-01' FROM range(1, 31) r(i)",
    ])
    expect(catalog.relationships[0]).toEqual({
      from: { table: 'notes', column: 'store_id' },
      to: { table: 'targets', column: 'store_id' },
      further: [{ from: 'noted_for', to: 'month' }],
      origin: 'declared',
    })
    expect(describeRelationships(catalog)).toContain('notes.store_id -> stores.store_id inferred')
  })
})

describe('a database without declared keys', () => {
  it('gets the keys and relationships that names and values prove, with the reason', async () => {
    const catalog = await catalogOf([
      "CREATE TABLE customers AS SELECT i AS id, 'c' || i AS name FROM range(1, 101) r(i)",
      "CREATE TABLE products AS SELECT i AS product_id, 'p' || i AS title FROM range(1, 31) r(i)",
      `CREATE TABLE orders AS SELECT i AS order_no, 1 + i % 90 AS "customerId", 1 + i % 30 AS product_id
        FROM range(500) r(i)`,
    ])
    expect(describeRelationships(catalog)).toEqual([
      'orders.customerId -> customers.id inferred',
      'orders.product_id -> products.product_id inferred',
    ])
    expect(catalog.tables.map((t) => t.primaryKey)).toEqual([['id'], ['order_no'], ['product_id']])
    expect(catalog.relationships[0]?.evidence).toBe(
      'all 90 distinct values of orders.customerId exist in customers.id, and it is named after the table',
    )
  })

  it('does not relate id columns that only share a range of numbers', async () => {
    const catalog = await catalogOf([
      "CREATE TABLE planets AS SELECT i AS planet_id, 'a' || i AS name FROM range(1, 51) r(i)",
      "CREATE TABLE songs AS SELECT i AS song_id, 'b' || i AS title, 1 + i % 50 AS rank FROM range(1, 51) r(i)",
    ])
    expect(catalog.relationships).toEqual([])
  })

  it('does not believe a name that the values contradict', async () => {
    const catalog = await catalogOf([
      'CREATE TABLE stores AS SELECT i AS store_id FROM range(1, 21) r(i)',
      'CREATE TABLE sales AS SELECT i AS sale_id, 15 + i % 20 AS store_id FROM range(100) r(i)',
    ])
    expect(catalog.relationships).toEqual([])
  })

  it('accepts a few orphans among many values', async () => {
    const catalog = await catalogOf([
      'CREATE TABLE stores AS SELECT i AS store_id FROM range(1, 101) r(i)',
      'CREATE TABLE sales AS SELECT i AS sale_id, 2 + i % 100 AS store_id FROM range(1000) r(i)',
    ])
    expect(catalog.relationships[0]?.evidence).toMatch(/^99 of 100 distinct values/)
  })

  it('does not call a column a key when a value repeats or is missing', async () => {
    const catalog = await catalogOf([
      'CREATE TABLE twice AS SELECT 1 AS id UNION ALL SELECT 1',
      'CREATE TABLE hole AS SELECT 1 AS id UNION ALL SELECT NULL',
      'CREATE TABLE bare (id INTEGER)',
    ])
    expect(catalog.tables.map((t) => t.primaryKey)).toEqual([[], [], []])
  })
})

describe('value lists', () => {
  it('hold small integers that mean something, not the ids of other rows', async () => {
    const catalog = await catalogOf([
      'CREATE TABLE t AS SELECT 2020 + i % 4 AS year, i % 4 AS store_id, i FROM range(100) r(i)',
    ])
    const values = catalog.tables[0]?.columns.map((c) => c.values)
    expect(values).toEqual([['2020', '2021', '2022', '2023'], undefined, undefined])
  })

  it('hold names of people and places, but neither long texts nor too many values', async () => {
    const catalog = await catalogOf([
      `CREATE TABLE people AS SELECT 'Person ' || i AS name, repeat('word ', 20) || i AS biography,
        'note ' || i AS note FROM range(3000) r(i)`,
      "CREATE TABLE visits AS SELECT 'visitor ' || i AS visitor FROM range(6000) r(i)",
    ])
    const listed = (table: string, column: string) =>
      findColumn(catalog, { table, column })?.values?.length
    expect(listed('people', 'name')).toBe(3000)
    expect(listed('people', 'biography')).toBeUndefined()
    expect(listed('visits', 'visitor')).toBeUndefined()
    expect(findColumn(catalog, { table: 'visits', column: 'visitor' })?.distinctCount).toBe(6000)
  })
})

describe('odd databases', () => {
  it('may have spaces, quotes, keywords and any script in their names', async () => {
    const odd = ['select', 'a "quoted" name', "it's", 'größe 度', 'x;y--z', 'Group By', '1st']
    const columns = odd.map((name, i) => `${i} AS "${name.replaceAll('"', '""')}"`).join(', ')
    const catalog = await catalogOf(
      odd.map((name) => `CREATE TABLE "${name.replaceAll('"', '""')}" AS SELECT ${columns}`),
    )
    expect(catalog.tables.map((t) => t.name).sort()).toEqual([...odd].sort())
    for (const table of catalog.tables) {
      expect(table.columns.map((c) => [c.name, c.min])).toEqual(
        odd.map((name, i) => [name, `${i}`]),
      )
    }
  })

  it('may declare keys over such names', async () => {
    const catalog = await catalogOf([
      'CREATE TABLE "the, parent" ("key, ""one""" INTEGER PRIMARY KEY)',
      'CREATE TABLE child (p INTEGER REFERENCES "the, parent" ("key, ""one"""))',
    ])
    expect(describeRelationships(catalog)).toEqual(['child.p -> the, parent.key, "one" declared'])
  })

  it('may be empty', async () => {
    expect(await catalogOf([])).toMatchObject({ dialect: 'duckdb', tables: [], relationships: [] })
  })

  it('may have tables without rows', async () => {
    const catalog = await catalogOf(['CREATE TABLE t (id INTEGER, name VARCHAR)'])
    expect(catalog.tables[0]).toMatchObject({ rowCount: 0, primaryKey: [] })
    expect(catalog.tables[0]?.columns[1]).toMatchObject({ distinctCount: 0, samples: [] })
  })

  it('include views, and leave out a view that no longer works', async () => {
    const catalog = await catalogOf([
      'CREATE TABLE t AS SELECT 1 AS id',
      'CREATE VIEW good AS SELECT id, id + 1 AS next FROM t',
      'CREATE TABLE gone AS SELECT 1 AS id',
      'CREATE VIEW broken AS SELECT id FROM gone',
      'DROP TABLE gone',
    ])
    expect(catalog.tables.map((t) => t.name)).toEqual(['t', 'good'])
  })

  it('leave out temporary tables and other schemas', async () => {
    const catalog = await catalogOf([
      'CREATE TEMP TABLE passing AS SELECT 1 AS id',
      'CREATE SCHEMA side',
      'CREATE TABLE side.hidden AS SELECT 1 AS id',
      'CREATE TABLE shown AS SELECT 1 AS id',
    ])
    expect(catalog.tables.map((t) => t.name)).toEqual(['shown'])
  })

  it('may have 2,000 columns and are read in seconds within a small memory limit', async () => {
    const columns = Array.from({ length: WIDE_COLUMNS }, (_, i) =>
      i % 2 === 0 ? `(i * ${i + 1}) % 1000 AS c${i}` : `'v' || (i * ${i + 1}) % 50 AS c${i}`,
    )
    const before = process.cpuUsage()
    const catalog = await catalogOf([
      `CREATE TABLE wide AS SELECT ${columns.join(', ')} FROM range(1000) r(i)`,
    ])
    // Processor time, since a busy machine stretches the clock.
    const { user, system } = process.cpuUsage(before)
    expect((user + system) / 1_000).toBeLessThan(WIDE_LIMIT_MS)
    expect(catalog.tables[0]?.columns).toHaveLength(WIDE_COLUMNS)
    expect(catalog.tables[0]?.columns.at(-1)?.samples).not.toEqual([])
  }, 120_000)
})

describe('the version of a catalog', () => {
  it('stays the same for the same data and changes with it', async () => {
    const path = join(folder, 'versions.duckdb')
    const first = await catalogOf(['CREATE TABLE t AS SELECT 1 AS id', 'CHECKPOINT'], path)
    expect((await catalogOf([], path)).version).toBe(first.version)
    const second = await catalogOf(['INSERT INTO t VALUES (2)', 'CHECKPOINT'], path)
    expect(second.version).not.toBe(first.version)
  })
})
