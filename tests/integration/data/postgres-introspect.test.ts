/** What Parley learns of a PostgreSQL database, and how little it reads of a large one. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Catalog, findColumn, findTable } from '../../../data/catalog.js'
import type { Database } from '../../../data/database.js'
import { readAddress } from '../../../data/postgres/address.js'
import { openPostgresDatabase } from '../../../data/postgres/postgres-database.js'
import { hasPostgres, openPostgres, useOwnPostgres } from '../../support/postgres-database.js'
import { shopSchema } from '../../unit/data/postgres/shop-schema.js'

const further = [
  `CREATE TABLE events (at timestamp, kind text, amount double precision) PARTITION BY RANGE (at)`,
  `CREATE TABLE events_2023 PARTITION OF events FOR VALUES FROM ('2023-01-01') TO ('2024-01-01')`,
  `CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')`,
  `INSERT INTO events SELECT timestamp '2023-01-01' + i * interval '1 hour', 'k' || i % 3, i FROM generate_series(0, 9999) i`,
  'CREATE TABLE visits (visit_id integer, store_id integer, seen_by text)',
  `INSERT INTO visits SELECT i, i % 30 + 1, 'Person ' || i % 7 FROM generate_series(1, 400) i`,
  'CREATE TABLE lines (order_id integer, line integer, PRIMARY KEY (order_id, line))',
  'CREATE TABLE notes (order_id integer, line integer, body text, FOREIGN KEY (order_id, line) REFERENCES lines)',
  'CREATE TABLE people (person_id integer PRIMARY KEY, name text, salary numeric)',
  `INSERT INTO people VALUES (1, 'Ann', 100)`,
  'REVOKE SELECT ON people FROM reader',
  'GRANT SELECT (person_id, name) ON people TO reader',
  'CREATE TABLE hidden (a integer)',
  'REVOKE SELECT ON hidden FROM reader',
  'CREATE VIEW uneasy AS SELECT 1 / (store_id - store_id) AS one FROM stores',
  `CREATE TABLE ends (day date, number double precision)`,
  `INSERT INTO ends VALUES ('infinity', 'NaN'), ('2024-01-01', 1)`,
  'CREATE TABLE bare ()',
]

/** Wide enough in bytes to be sampled, and quick to make. */
const large = [
  `CREATE TABLE large AS SELECT i AS id, i % 5 AS small, date '2020-01-01' + i % 1000 AS day, 'Name ' || i % 9 AS name,
   repeat('x', 60) AS filler, i * 2 AS other FROM generate_series(1, 600000) i`,
  `INSERT INTO large VALUES (600001, 1, '2030-05-05', 'Name 1', 'x', 2)`,
  'CREATE INDEX ON large (id)',
  'ANALYZE large',
]

describe.skipIf(!hasPostgres)('A PostgreSQL database is described', () => {
  const server = useOwnPostgres()
  let database: Database
  let catalog: Catalog
  beforeAll(async () => {
    database = await openPostgres(await server.create('rich', [...shopSchema, ...further]))
    catalog = await database.introspect()
  }, 60_000)
  afterAll(() => database.close())

  const table = (name: string) => {
    const found = findTable(catalog, name)
    if (!found) throw new Error(`There is no ${name}.`)
    return found
  }

  it('with tables, partitioned tables and views of all schemas, by their bare names', () => {
    const names = catalog.tables.map(({ name }) => name)
    expect(names).toEqual(
      expect.arrayContaining([
        'stores',
        'sales',
        'events',
        'Weird Name',
        'totals',
        'open_stores',
        'old_sales',
      ]),
    )
    for (const hidden of ['events_2023', 'salaries', 'hidden', 'pg_class', 'bare']) {
      expect(names).not.toContain(hidden)
    }
    expect(names.filter((name) => name === 'stores')).toHaveLength(1)
    expect(table('stores').columns.map(({ name }) => name)).toContain('opened_on')
  })

  it('with types, kinds, comments, keys and value profiles', () => {
    expect(table('stores')).toMatchObject({
      comment: 'Places that sell',
      primaryKey: ['store_id'],
      rowCount: 30,
    })
    const column = (name: string) => findColumn(catalog, { table: 'stores', column: name })
    expect(column('store_id')).toMatchObject({
      type: 'INTEGER',
      kind: 'number',
      unique: true,
      min: '1',
      max: '30',
    })
    expect(column('name')).toMatchObject({
      type: 'CHARACTER VARYING(40)',
      unique: true,
      nullable: false,
    })
    expect(column('size')).toMatchObject({ comment: 'In square metres', min: '10', max: '300' })
    expect(column('is_open')).toMatchObject({ kind: 'boolean', values: ['false', 'true'] })
    expect(column('opened_on')).toMatchObject({
      kind: 'date',
      min: '2022-01-02',
      max: '2022-01-31',
    })
    expect(column('kind')).toMatchObject({ kind: 'text', values: ['small', 'medium', 'large'] })
    expect(column('details')).toMatchObject({ kind: 'other', samples: ['{"owner": "Ann"}'] })
    expect(table('events')).toMatchObject({ rowCount: 10_000 })
    expect(table('totals')).toMatchObject({ rowCount: 30 })
    expect(table('open_stores')).toMatchObject({ rowCount: 15, primaryKey: [] })
  })

  it('with declared keys, and those that the values prove', () => {
    expect(catalog.relationships).toContainEqual({
      from: { table: 'sales', column: 'store_id' },
      to: { table: 'stores', column: 'store_id' },
      origin: 'declared',
    })
    expect(catalog.relationships).toContainEqual({
      from: { table: 'notes', column: 'order_id' },
      to: { table: 'lines', column: 'order_id' },
      further: [{ from: 'line', to: 'line' }],
      origin: 'declared',
    })
    expect(table('visits').primaryKey).toEqual(['visit_id'])
    const inferred = catalog.relationships.find(({ from }) => from.table === 'visits')
    expect(inferred).toMatchObject({
      to: { table: 'stores', column: 'store_id' },
      origin: 'inferred',
      evidence: expect.stringContaining('all 30 distinct values of visits.store_id exist'),
    })
  })

  it('as far as the role may read it', async () => {
    expect(table('people').columns.map(({ name }) => name)).toEqual(['person_id', 'name'])
    expect(await database.query('SELECT name FROM people')).toMatchObject({ ok: true })
    expect(await database.query('SELECT salary FROM people')).toMatchObject({
      failure: { code: 'sql_refused' },
    })
  })

  it('even where a view fails, and where values have no end', () => {
    expect(table('uneasy').columns).toMatchObject([{ name: 'one', samples: [] }])
    const day = findColumn(catalog, { table: 'ends', column: 'day' })
    expect([day?.min, day?.max]).toEqual([undefined, undefined])
  })

  it('by a sample where a table is large', async () => {
    const sampled = await openPostgres(await server.create('heavy', large))
    const { tables } = await sampled.introspect()
    const described = tables[0]!
    expect(described.rowCount / 600_000).toBeCloseTo(1, 1)
    const column = (name: string) => described.columns.find((one) => one.name === name)
    expect(column('id')).toMatchObject({ min: '1', max: '600001' })
    expect(column('day')).toMatchObject({ max: '2030-05-05', rangeIsSampled: true })
    expect(column('small')?.values).toHaveLength(5)
    expect(column('name')?.values).toHaveLength(9)
    expect((column('id')?.distinctCount ?? 0) / 600_000).toBeCloseTo(1, 1)
    await sampled.close()
  })

  it('whole or not at all where connections end in between', async () => {
    const shaky = await openPostgres(server.url('rich'))
    let isDone = false
    const described = shaky.introspect().then(
      ({ tables }) => tables.length,
      () => 'lost',
    )
    void described.finally(() => {
      isDone = true
    })
    while (!isDone) {
      await server.run(
        'rich',
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'reader'`,
      )
    }
    expect(['lost', catalog.tables.length]).toContain(await described)
    expect((await shaky.introspect()).tables).toHaveLength(catalog.tables.length)
    await shaky.close()
  })

  it('anew when tables or rows change, rows not more often than they are held', async () => {
    const url = await server.create('moving', [
      'CREATE TABLE a (n integer)',
      'INSERT INTO a VALUES (1)',
    ])
    const read = await readAddress(url)
    if (!read.ok) throw new Error(read.message)
    const moving = await openPostgresDatabase(read.address, false, {
      limits: { catalogHoldMs: 1_000 },
    })
    const first = await moving.introspect()
    expect(await moving.introspect()).toBe(first)
    await server.run('moving', 'INSERT INTO a VALUES (2)', 'SELECT pg_stat_force_next_flush()')
    expect(await moving.version()).toBe(first.version)
    // Rows are held for twenty times as long as the catalog took to read, which a busy machine makes long.
    await expect.poll(() => moving.version(), { timeout: 80_000 }).not.toBe(first.version)
    const second = await moving.introspect()
    expect(second.tables).toMatchObject([{ name: 'a', rowCount: 2 }])
    await server.run('moving', 'ALTER TABLE a RENAME COLUMN n TO m')
    expect(await moving.version()).not.toBe(second.version)
    expect((await moving.introspect()).tables[0]?.columns[0]?.name).toBe('m')
    await moving.close()
  }, 90_000)
})
