/** What Parley knows of a MariaDB's tables: keys, comments, values, and large tables by a few of their rows. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Catalog } from '../../../data/catalog.js'
import { findColumn, findTable } from '../../../data/catalog.js'
import type { Database } from '../../../data/database.js'
import { hasMysql, openMysql, useOwnMysql } from '../../support/mysql-database.js'
import { mysqlShop } from '../../unit/data/mysql/shop-schema.js'

const server = useOwnMysql()

describe.skipIf(!hasMysql)('The catalog of a MariaDB database', () => {
  let database: Database
  let catalog: Catalog
  const column = (table: string, name: string) => findColumn(catalog, { table, column: name })

  beforeAll(async () => {
    database = await openMysql(
      await server.create('shop', [
        ...mysqlShop,
        'CREATE TABLE pairs (a integer, b integer, PRIMARY KEY (a, b))',
        'CREATE TABLE uses (a integer, b integer, store integer, FOREIGN KEY (a, b) REFERENCES pairs (a, b))',
        'INSERT INTO pairs VALUES (1, 1), (1, 2)',
        'INSERT INTO uses VALUES (1, 1, 3), (1, 2, 4)',
        'CREATE TABLE visits (visit_id integer, store_id integer)',
        'INSERT INTO visits SELECT seq, seq % 30 + 1 FROM seq_1_to_200',
        'CREATE TABLE gone (a integer)',
        'CREATE VIEW broken AS SELECT a FROM gone',
        'DROP TABLE gone',
        'CREATE TABLE days (day date, code char(2) CHARACTER SET latin1)',
      ]),
    )
    catalog = await database.introspect()
  })
  afterAll(() => database?.close())

  it('has tables, comments, types and declared keys, and leaves out what cannot be read', () => {
    expect(catalog.tables.map(({ name }) => name)).toEqual([
      'days',
      'pairs',
      'sales',
      'select',
      'stores',
      'uses',
      'visits',
      'Weird Name',
      'open_stores',
    ])
    expect(findTable(catalog, 'stores')).toMatchObject({
      rowCount: 30,
      primaryKey: ['store_id'],
      comment: 'Places that sell',
    })
    expect(findTable(catalog, 'stores')?.columns.map(({ type, kind }) => [type, kind])).toEqual([
      ['INT', 'number'],
      ['VARCHAR(40)', 'text'],
      ['INT', 'number'],
      ['TINYINT(1)', 'boolean'],
      ['DATE', 'date'],
      ["ENUM('small','medium','large')", 'text'],
      ['LONGTEXT', 'text'],
    ])
    expect(column('stores', 'size')).toMatchObject({
      comment: 'In square metres',
      min: '10',
      max: '300',
    })
    expect(column('stores', 'name')).toMatchObject({ unique: true, nullable: false })
    expect(findTable(catalog, 'pairs')?.primaryKey).toEqual(['a', 'b'])
    expect(catalog.relationships).toContainEqual({
      from: { table: 'uses', column: 'a' },
      to: { table: 'pairs', column: 'a' },
      further: [{ from: 'b', to: 'b' }],
      origin: 'declared',
    })
  })

  it('knows values, most frequent first, and the ends of dates', () => {
    expect(column('stores', 'kind')?.values?.toSorted()).toEqual(['large', 'medium', 'small'])
    expect(column('stores', 'is_open')?.values?.toSorted()).toEqual(['false', 'true'])
    expect(column('sales', 'sold_on')).toMatchObject({ min: '2023-01-01', max: '2024-11-30' })
    expect(column('sales', 'note')).toMatchObject({ distinctCount: 0, samples: [] })
  })

  it('proves keys that nobody declared', () => {
    expect(findTable(catalog, 'visits')?.primaryKey).toEqual(['visit_id'])
    expect(catalog.relationships).toContainEqual(
      expect.objectContaining({
        from: { table: 'visits', column: 'store_id' },
        to: { table: 'stores', column: 'store_id' },
        origin: 'inferred',
      }),
    )
  })
})

describe.skipIf(!hasMysql)('A large table on MariaDB', () => {
  it('is described from rows of many places, and counted by the server', async () => {
    const url = await server.create('large', [
      'CREATE TABLE events (event_id bigint PRIMARY KEY, at datetime, kind varchar(10), payload text, due date, KEY (at))',
      `INSERT INTO events SELECT seq, '2020-01-01' + INTERVAL seq MINUTE,
         elt(floor(seq / 22501) + 1, 'first', 'middle', 'third', 'last'), repeat('x', 800), '2020-01-01' + INTERVAL floor(seq / 90000) DAY FROM seq_1_to_90000`,
      'ANALYZE TABLE events',
    ])
    const database = await openMysql(url)
    const table = findTable(await database.introspect(), 'events')
    await database.close()
    expect(table?.rowCount).toBeGreaterThan(60_000)
    expect(table?.rowCount).toBeLessThan(120_000)
    const [, at, kind, , due] = table?.columns ?? []
    expect(kind?.values?.toSorted()).toEqual(['first', 'last', 'middle', 'third'])
    expect(at).toMatchObject({ min: '2020-01-01 00:01:00', max: '2020-03-03 12:00:00' })
    expect(due).toMatchObject({ max: '2020-01-02', rangeIsSampled: true })
  })
})
