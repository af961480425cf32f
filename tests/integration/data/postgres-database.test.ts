/** A live PostgreSQL behind the Database port: the contract, attacks, results, limits, and connections that end. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database, QueryResult } from '../../../data/database.js'
import { exportResult } from '../../../data/exports/export-result.js'
import { weaveFilters } from '../../../data/filters/weave-filters.js'
import { allowedFunctions, reviewedServer } from '../../../data/postgres/allowed-functions.js'
import { openSessions } from '../../../data/postgres/sessions.js'
import { databaseContract, shopStatements } from '../../contracts/database.contract.js'
import { fuzz } from '../../support/fuzz-database.js'
import { hasPostgres, openPostgres, useOwnPostgres } from '../../support/postgres-database.js'
import { allowedPostgresSql } from '../../unit/data/postgres/allowed-postgres-sql.js'
import { refusedPostgresSql } from '../../unit/data/postgres/refused-postgres-sql.js'
import { shopSchema } from '../../unit/data/postgres/shop-schema.js'

const endlessSql =
  'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n'

/** Each cell as text; of a CSV file as it stands there. */
async function rowsOfDuckDb(sql: string, isText: boolean): Promise<(string | null)[][]> {
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  const path = sql.replace("FROM '", "FROM read_csv('").concat(', all_varchar = true)')
  const reader = await connection.runAndReadAll(
    isText ? path : `SELECT COLUMNS(*)::VARCHAR FROM (${sql})`,
  )
  const rows = reader.getRowsJson() as (string | null)[][]
  connection.closeSync()
  instance.closeSync()
  return rows
}

async function resultOf(database: Database, sql: string): Promise<QueryResult> {
  const outcome = await database.query(sql)
  if (!outcome.ok) throw new Error(`${sql}: ${outcome.failure.message}`)
  return outcome.result
}

describe.skipIf(!hasPostgres)('PostgreSQL', () => {
  const server = useOwnPostgres()
  let shops = 0

  databaseContract('A PostgreSQL database', async () => {
    shops += 1
    const database = await openPostgres(await server.create(`shop${shops}`, shopStatements))
    return { database, endlessSql, cleanUp: () => database.close() }
  })

  describe('A PostgreSQL database', () => {
    let database: Database
    beforeAll(async () => {
      database = await openPostgres(await server.create('rich', shopSchema))
    })
    afterAll(() => database.close())

    it('is written into files with all of its digits', async () => {
      const sql =
        "SELECT 12345678901234567.89::numeric(20,2) AS price, sum(x) AS total, DATE '2024-02-29' AS day, '=1' AS note FROM (VALUES (0.1), (12345678901234.567)) v(x)"
      const folder = await mkdtemp(join(tmpdir(), 'parley-files-'))
      for (const format of ['csv', 'parquet'] as const) {
        const made = await exportResult(database, { sql, format, folder })
        if (!made.ok) throw new Error(made.failure.message)
        const rows = await rowsOfDuckDb(`SELECT * FROM '${made.file.path}'`, format === 'csv')
        expect(rows).toEqual([
          [
            '12345678901234567.89',
            '12345678901234.667',
            '2024-02-29',
            format === 'csv' ? "'=1" : '=1',
          ],
        ])
      }
      await rm(folder, { recursive: true })
    })

    it('takes filters into its SQL', async () => {
      const sql = (where: string) =>
        `SELECT s.name, sum(amount) AS total FROM sales JOIN stores s USING (store_id) ${where} GROUP BY s.name ORDER BY 1`
      const asked = {
        from: '2023-02-01',
        to: '2023-02-28',
        values: [
          { column: 'is_open', values: [true] },
          { column: 'kind', values: ['small', 'large'] },
        ],
      }
      const woven = weaveFilters(sql(''), asked, await database.introspect())
      expect(woven.verdicts.map(({ columns }) => columns)).toEqual([
        ['sales.sold_on'],
        ['stores.is_open'],
        ['stores.kind'],
      ])
      const plain = sql(
        "WHERE sold_on BETWEEN '2023-02-01' AND '2023-02-28' AND is_open AND kind IN ('small', 'large')",
      )
      const { rows } = await resultOf(database, woven.sql)
      expect(rows).toEqual((await resultOf(database, plain)).rows)
      expect(rows.length).toBeGreaterThan(3)
    })

    /** How many queries of the reader are under way. */
    const running = () =>
      server.run(
        'rich',
        `SELECT count(*) FROM pg_stat_activity WHERE usename = 'reader' AND state <> 'idle'`,
      )

    /** Everything that an attack might change. */
    const state = () =>
      server.run(
        'rich',
        `SELECT (SELECT md5(string_agg(s::text, ',' ORDER BY store_id)) FROM stores s),
           (SELECT md5(string_agg(s::text, ',')) FROM sales s),
           (SELECT count(*) FROM pg_class WHERE relpersistence <> 't'), (SELECT count(*) FROM pg_proc),
           (SELECT count(*) FROM pg_largeobject_metadata), (SELECT last_value FROM ids),
           (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory')`,
      )

    it('runs what a question may ask', async () => {
      const failures: string[] = []
      for (const sql of allowedPostgresSql) {
        const outcome = await database.query(sql)
        if (!outcome.ok) failures.push(`${sql}: ${outcome.failure.message}`)
        const bound = await database.explain(sql)
        if (bound) failures.push(`explain ${sql}: ${bound.message}`)
      }
      expect(failures).toEqual([])
    })

    it('stays as it is through every attack, even asked as a superuser', async () => {
      const before = await state()
      const all = await openPostgres(server.url('rich', 'parley'), { allowWriter: true })
      const passed: string[] = []
      for (const asked of [database, all]) {
        for (const sql of refusedPostgresSql) {
          const outcome = await asked.query(sql, { timeoutMs: 1_000 })
          // A superuser may read every schema.
          if (asked === all && sql.includes('secrets')) continue
          const isHeld = !outcome.ok && /^sql_(refused|invalid)$/.test(outcome.failure.code)
          if (!isHeld) passed.push(sql)
          if ((await asked.explain(sql)) === undefined) passed.push(`explain ${sql}`)
        }
      }
      await all.close()
      expect(passed).toEqual([])
      expect(await state()).toEqual(before)
    })

    it('answers or fails cleanly for mutated statements, and stays as it is', async () => {
      const before = await state()
      const statements = [...allowedPostgresSql, ...refusedPostgresSql]
      const short = statements.filter((sql) => sql.length < 500)
      const outcomes = await fuzz(database, short)
      expect(outcomes.filter(({ code }) => code === 'thrown')).toEqual([])
      expect(await state()).toEqual(before)
      expect(await database.query('SELECT count(*) FROM sales')).toMatchObject({ ok: true })
    })

    it('gives each column a type and a kind, and each cell a value that JSON can carry', async () => {
      const { columns, rows } = await resultOf(
        database,
        `SELECT store_id, name, is_open, opened_on, kind, details, tags, 9007199254740993 AS large, 12.50 AS price,
           123456789012345678.5 AS exact, 'NaN'::float8 AS none, 'Infinity'::float8 AS endless, 0.1::real AS share,
           timestamp '2023-01-02 03:04:05' AS moment, '\\x00ff'::bytea AS bytes, interval '1 day 2 hours' AS span,
           'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid AS code, null AS nothing
         FROM stores WHERE store_id = 2`,
      )
      expect(columns.map(({ name, type, kind }) => [name, type, kind])).toEqual([
        ['store_id', 'INTEGER', 'number'],
        ['name', 'CHARACTER VARYING(40)', 'text'],
        ['is_open', 'BOOLEAN', 'boolean'],
        ['opened_on', 'DATE', 'date'],
        ['kind', 'size_class', 'text'],
        ['details', 'JSONB', 'other'],
        ['tags', 'TEXT[]', 'other'],
        ['large', 'BIGINT', 'number'],
        ['price', 'NUMERIC', 'number'],
        ['exact', 'NUMERIC', 'number'],
        ['none', 'DOUBLE PRECISION', 'number'],
        ['endless', 'DOUBLE PRECISION', 'number'],
        ['share', 'REAL', 'number'],
        ['moment', 'TIMESTAMP WITHOUT TIME ZONE', 'timestamp'],
        ['bytes', 'BYTEA', 'other'],
        ['span', 'INTERVAL', 'other'],
        ['code', 'UUID', 'text'],
        ['nothing', 'TEXT', 'text'],
      ])
      expect(rows).toEqual([
        [
          2,
          'Store 2',
          true,
          '2022-01-03',
          'large',
          '{"owner": "Ann"}',
          '{a,b}',
          '9007199254740993',
          12.5,
          '123456789012345678.5',
          'NaN',
          'Infinity',
          0.1,
          '2023-01-02 03:04:05',
          '\\x00ff',
          '1 day 02:00:00',
          'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11',
          null,
        ],
      ])
    })

    it('cuts rows, columns, cells and bytes and says so', async () => {
      const cases: readonly (readonly [sql: string, rows: number, columns: number])[] = [
        ['SELECT * FROM sales', 1_000, 4],
        ['SELECT * FROM sales LIMIT 1000', 1_000, 4],
        [`SELECT ${Array.from({ length: 250 }, (_, index) => `${index} AS c${index}`)}`, 1, 200],
        ["SELECT repeat('x', 20000) AS long", 1, 1],
        ["SELECT repeat('x', 9000) FROM sales", 222, 1],
      ]
      for (const [sql, rows, columns] of cases) {
        const result = await resultOf(database, sql)
        expect([sql, result.rows.length, result.columns.length]).toEqual([sql, rows, columns])
        expect(result.truncated).toBe(!sql.includes('LIMIT'))
      }
    })

    it('reads no more of ten billion rows than it shows', async () => {
      const many = 'generate_series(1, 100000)'
      const { rows, truncated } = await resultOf(database, `SELECT 1 FROM ${many} a, ${many} b`)
      expect([rows.length, truncated]).toEqual([1_000, true])
    })

    it('gives up a cell that is too large to receive, and goes on', async () => {
      const outcome = await database.query("SELECT repeat('x', 100000000)", { timeoutMs: 60_000 })
      expect(outcome).toMatchObject({ ok: false, failure: { code: 'sql_out_of_memory' } })
      expect(await database.query('SELECT 1')).toMatchObject({ ok: true })
    }, 90_000)

    it('leaves nothing running on the server after a query was stopped', async () => {
      const stopped = await Promise.all(
        Array.from({ length: 6 }, () => database.query(endlessSql, { timeoutMs: 300 })),
      )
      expect(stopped.map((outcome) => outcome.ok || outcome.failure.code)).toEqual(
        Array.from({ length: 6 }, () => 'sql_timeout'),
      )
      await expect.poll(running).toEqual([['0']])
    })

    it('cancels what runs when it is closed', async () => {
      const other = await openPostgres(server.url('rich'))
      const asked = other.query(endlessSql)
      await expect.poll(running).toEqual([['1']])
      await other.close()
      expect(await asked).toMatchObject({ ok: false, failure: { code: 'cancelled' } })
    })

    it('tells its version while every connection for queries is busy', async () => {
      const stopper = new AbortController()
      const options = { timeoutMs: 60_000, signal: stopper.signal }
      let over = 0
      const long = Array.from({ length: 6 }, () =>
        database.query(endlessSql, options).finally(() => over++),
      )
      await database.version()
      expect(over).toBe(0)
      stopper.abort()
      await Promise.all(long)
    })

    it('has the server itself refuse a second statement', async () => {
      const sessions = openSessions({ host: server.folder, user: 'parley', database: 'rich' }, 1)
      const { signal } = new AbortController()
      const limits = { timeoutMs: 1_000, signal, searchPath: [] }
      const stacked = sessions.use(limits, ({ run }) => run('SELECT 1; DELETE FROM sales'))
      await expect(stacked).rejects.toThrow('multiple commands')
      const written = sessions.use(limits, ({ run }) => run('DELETE FROM sales'))
      await expect(written).rejects.toThrow('read-only transaction')
      await sessions.close()
    })

    it('says that the connection was lost, and connects anew', async () => {
      const asked = database.query(endlessSql)
      await expect.poll(running).toEqual([['1']])
      await server.run(
        'rich',
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'reader'`,
      )
      expect(await asked).toMatchObject({
        failure: { code: 'sql_failed', message: 'The connection to the database was lost.' },
      })
      expect(await database.query('SELECT count(*) FROM stores')).toMatchObject({ ok: true })
    })

    it('waits shortly for a table that somebody changes, and says what it waited for', async () => {
      const changing = server.client('rich')
      await changing.connect()
      await changing.query('BEGIN; LOCK TABLE sales')
      expect(await database.query('SELECT count(*) FROM sales')).toMatchObject({
        failure: { code: 'sql_failed', message: expect.stringContaining('locked') },
      })
      await changing.end()
      expect(await database.query('SELECT count(*) FROM sales')).toMatchObject({ ok: true })
    })

    it('names what is near, as PostgreSQL spells it', async () => {
      expect(await database.explain('SELECT s.nme FROM stores s')).toMatchObject({
        code: 'sql_invalid',
        message: 'Column s.nme does not exist',
        hints: expect.arrayContaining(['stores.name']),
      })
      expect(await database.explain('SELECT round(1.5::float8, 1)')).toMatchObject({
        code: 'sql_invalid',
        hints: [expect.stringContaining('type casts')],
      })
      expect(await database.query('SELECT 1 / (store_id - 1) FROM stores')).toMatchObject({
        failure: { code: 'sql_failed', message: 'Division by zero' },
      })
    })

    it('sees a table that is made while it is open', async () => {
      const before = await database.version()
      await database.query('SELECT count(*) FROM stores')
      await server.run('rich', 'CREATE TABLE later (a integer)')
      await expect
        .poll(() => database.explain('SELECT a FROM later'), { timeout: 5_000 })
        .toBeUndefined()
      expect(await database.version()).not.toBe(before)
    })

    it('was reviewed for the server that runs, and allows no function that writes, waits or changes anything', async () => {
      const [[version] = []] = await server.run('rich', 'SHOW server_version')
      expect(Number.parseInt(String(version), 10)).toBeLessThanOrEqual(reviewedServer)
      const volatile = await server.run(
        'rich',
        `SELECT DISTINCT proname FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace
         AND provolatile = 'v' AND proname IN (${[...allowedFunctions].map((name) => `'${name}'`)})`,
      )
      expect(volatile.flat().sort()).toEqual(['clock_timestamp', 'random', 'timeofday'])
    })
  })
})
