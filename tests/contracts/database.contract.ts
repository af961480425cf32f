/** What every Database must do, run by each implementation over the same small shop. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { engineWords } from '../../agents/generators/remote/engine-words.js'
import type { Database } from '../../data/database.js'
import { describeReading } from './reading.contract.js'

/** Creates what the contract asks about; plain enough for any engine. */
export const shopStatements: readonly string[] = [
  'CREATE TABLE stores (store_id INTEGER PRIMARY KEY, store_name VARCHAR(40) NOT NULL, status VARCHAR(10), opened_on DATE)',
  "INSERT INTO stores VALUES (1, 'North Mart', 'active', '2022-01-15'), (2, 'South Mart', 'closed', '2022-03-01'), (3, 'O''Hara''s', 'active', NULL)",
  'CREATE TABLE sales (sale_id INTEGER PRIMARY KEY, store_id INTEGER REFERENCES stores (store_id), amount DECIMAL(10, 2))',
  'INSERT INTO sales VALUES (1, 1, 10.50), (2, 1, 20.25), (3, 2, 5.00), (4, 3, NULL)',
]

export interface OpenedDatabase {
  readonly database: Database
  /** One SELECT that runs for minutes and stops when interrupted. */
  readonly endlessSql: string
  /** Whether keys stand in the schema, or are found in the values. Default: declared. */
  readonly keys?: 'declared' | 'inferred'
  cleanUp(): Promise<void>
}

export function databaseContract(name: string, open: () => Promise<OpenedDatabase>): void {
  describe(`${name} as a Database`, () => {
    let opened: OpenedDatabase
    let database: Database

    beforeAll(async () => {
      opened = await open()
      database = opened.database
    })
    afterAll(() => opened.cleanUp())

    describeCatalog(() => opened)
    describeQueries(() => database)
    describeStops(() => opened)
    describeReading(() => opened)
    test('closes twice and then answers with a failure', async () => {
      const { database: other, cleanUp } = await open()
      await other.close()
      await other.close()
      expect(await other.query('SELECT 1')).toMatchObject({ ok: false })
      expect(await other.explain('SELECT 1')).toMatchObject({ code: 'sql_failed' })
      await cleanUp()
    })
  })
}

function describeCatalog(opened: () => OpenedDatabase): void {
  const database = () => opened().database

  test('describes tables, columns and keys', async () => {
    const catalog = await database().introspect()
    expect(catalog.tables.map((table) => table.name).sort()).toEqual(['sales', 'stores'])
    const stores = catalog.tables.find((table) => table.name === 'stores')
    expect(stores).toMatchObject({ rowCount: 3, primaryKey: ['store_id'] })
    expect(stores?.columns.map((column) => [column.name, column.kind])).toEqual([
      ['store_id', 'number'],
      ['store_name', 'text'],
      ['status', 'text'],
      ['opened_on', 'date'],
    ])
    const { keys = 'declared' } = opened()
    expect(catalog.relationships).toContainEqual({
      from: { table: 'sales', column: 'store_id' },
      to: { table: 'stores', column: 'store_id' },
      origin: keys,
      ...(keys === 'inferred' && { evidence: expect.any(String) }),
    })
  })

  test('names one version until the data changes', async () => {
    const version = await database().version()
    expect(version).toBe(await database().version())
    expect((await database().introspect()).version).toBe(version)
  })

  test('rejects a description that was cancelled beforehand', async () => {
    await expect(database().introspect(AbortSignal.abort())).rejects.toThrow()
  })
}

function describeQueries(database: () => Database): void {
  test('answers a join with columns, rows and counts', async () => {
    const outcome = await database().query(
      'SELECT stores.store_name, sum(sales.amount) AS total FROM sales JOIN stores ON sales.store_id = stores.store_id GROUP BY stores.store_name ORDER BY stores.store_name',
    )
    expect(outcome).toMatchObject({
      ok: true,
      result: {
        columns: [
          { name: 'store_name', kind: 'text' },
          { name: 'total', kind: 'number' },
        ],
        rows: [
          ['North Mart', 30.75],
          ["O'Hara's", null],
          ['South Mart', 5],
        ],
        rowCount: 3,
        truncated: false,
      },
    })
  })

  test('knows months, years and days by the words that models elsewhere are told', async () => {
    const { dialect } = await database().introspect()
    const { month, year, days } = engineWords[dialect]
    const of = (text: string) =>
      text
        .replace(/\bday\b(?!')/, 'late.opened_on')
        .replace('first', 'early.opened_on')
        .replace('last', 'late.opened_on')
    const outcome = await database().query(
      `SELECT ${of(month)} AS m, ${of(year)} AS y, ${of(days)} AS d FROM stores AS early, stores AS late WHERE early.store_id = 1 AND late.store_id = 2`,
    )
    if (!outcome.ok) throw new Error(outcome.failure.message)
    const [[foundMonth, ...found] = []] = outcome.result.rows
    expect(JSON.stringify(foundMonth)).toContain('2022-03')
    expect(found.map(Number)).toEqual([2022, 45])
  })

  test('delivers an empty result with its columns', async () => {
    const outcome = await database().query('SELECT store_name FROM stores WHERE store_id > 99')
    expect(outcome).toMatchObject({
      ok: true,
      result: { columns: [{ name: 'store_name' }], rows: [], truncated: false },
    })
  })

  test('cuts at the asked number of rows and says so', async () => {
    const cut = await database().query('SELECT * FROM stores', { maxRows: 2 })
    expect(cut).toMatchObject({ ok: true, result: { rowCount: 2, truncated: true } })
    const whole = await database().query('SELECT * FROM stores', { maxRows: 3 })
    expect(whole).toMatchObject({ ok: true, result: { rowCount: 3, truncated: false } })
  })

  test('explains good SQL as runnable without a failure', async () => {
    expect(await database().explain('SELECT count(*) FROM stores')).toBeUndefined()
  })

  test('offers near names for an unknown column or table', async () => {
    const column = await database().explain('SELECT stores.store_nme FROM stores')
    expect(column).toMatchObject({ code: 'sql_invalid' })
    expect(column?.hints[0]).toBe('stores.store_name')
    const table = await database().explain('SELECT * FROM store')
    expect(table).toMatchObject({ code: 'sql_invalid', hints: ['stores'] })
  })

  test.each([
    'DELETE FROM stores',
    'DROP TABLE stores',
    "UPDATE stores SET status = 'x'",
    'SELECT 1; SELECT 2',
    'CREATE TABLE t (a INTEGER)',
  ])('refuses %s in explain and query', async (sql) => {
    expect(await database().explain(sql)).toMatchObject({ code: 'sql_refused' })
    expect(await database().query(sql)).toMatchObject({
      ok: false,
      failure: { code: 'sql_refused' },
    })
  })

  test('calls broken SQL invalid', async () => {
    expect(await database().explain('SELECT FROM WHERE')).toMatchObject({ code: 'sql_invalid' })
  })
}

function describeStops(opened: () => OpenedDatabase): void {
  test('stops a query whose time is up', async () => {
    const { database, endlessSql } = opened()
    const start = performance.now()
    const outcome = await database.query(endlessSql, { timeoutMs: 300 })
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'sql_timeout' } })
    expect(performance.now() - start).toBeLessThan(10_000)
    expect(await database.query('SELECT 1')).toMatchObject({ ok: true })
  })

  test('stops a query that is cancelled while it runs', async () => {
    const { database, endlessSql } = opened()
    const start = performance.now()
    const outcome = await database.query(endlessSql, { signal: AbortSignal.timeout(300) })
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'cancelled' } })
    expect(performance.now() - start).toBeLessThan(10_000)
  })

  test('does not start a query that was cancelled beforehand', async () => {
    const { database } = opened()
    const signal = AbortSignal.abort()
    expect(await database.query('SELECT 1', { signal })).toMatchObject({
      ok: false,
      failure: { code: 'cancelled' },
    })
    expect(await database.explain('SELECT 1', signal)).toMatchObject({ code: 'cancelled' })
  })

  test('answers several questions at once', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 12 }, (_, index) => opened().database.query(`SELECT ${index} AS n`)),
    )
    expect(outcomes.map((outcome) => outcome.ok && outcome.result.rows[0]?.[0])).toEqual(
      Array.from({ length: 12 }, (_, index) => index),
    )
  })
}
