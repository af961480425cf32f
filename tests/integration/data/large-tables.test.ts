/** Tables that are too large to be read whole: what is read of them, and what is known nevertheless. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import Database from 'libsql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newestDate, newestDateRemark } from '../../../agents/entities/schema/newest-date.js'
import { findColumn, findTable, type Value } from '../../../data/catalog.js'
import { openDuckDbDatabase } from '../../../data/duckdb/duckdb-database.js'
import { introspectDuckDb } from '../../../data/duckdb/introspect.js'
import { LateError, type ReadRows, readerOf } from '../../../data/duckdb/read-rows.js'
import { describeTables } from '../../../data/sqlite/introspect.js'

/** Runs of equal values: twelve million rows take some megabytes and seconds. */
const rows = 12_000_000
const sales = `CREATE TABLE sales AS SELECT r AS id, DATE '2015-01-01' + (r // 3000)::INT AS sold_on,
  'Region ' || (r // 50000 % 8) AS region, (r // 3000 % 997)::DECIMAL(12,2) AS amount FROM range(${rows}) t(r)`

let folder: string
let path: string
let instance: DuckDBInstance
let connection: DuckDBConnection

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-large-'))
  path = join(folder, 'large.duckdb')
  instance = await DuckDBInstance.create(path, { threads: '1' })
  connection = await instance.connect()
  await connection.run(sales)
  await connection.run('CHECKPOINT')
  connection.closeSync()
  instance.closeSync()
  instance = await DuckDBInstance.create(path, { threads: '1', access_mode: 'READ_ONLY' })
  connection = await instance.connect()
}, 60_000)

afterAll(async () => {
  connection.closeSync()
  instance.closeSync()
  await rm(folder, { recursive: true })
})

describe('a DuckDB table of millions of rows', () => {
  it('is described without a look at all rows, with exact counts and ranges', async () => {
    const statements: string[] = []
    const recorded: ReadRows = (sql) => {
      statements.push(sql)
      return readerOf(connection)(sql)
    }
    const catalog = await introspectDuckDb(recorded)
    expect(findTable(catalog, 'sales')?.rowCount).toBe(rows)
    const column = (name: string) => findColumn(catalog, { table: 'sales', column: name })
    expect(column('sold_on')).toMatchObject({
      max: '2025-12-13',
      distinctCount: expect.any(Number),
    })
    expect(column('sold_on')?.rangeIsSampled).toBeUndefined()
    expect(newestDateRemark(catalog)).toBe('')
    expect(column('id')).toMatchObject({ min: '0', max: `${rows - 1}` })
    expect(column('region')?.values?.toSorted()).toEqual(
      Array.from({ length: 8 }, (_, at) => `Region ${at}`),
    )
    const whole = statements.filter((sql) => /FROM "sales"(?! TABLESAMPLE| LIMIT)/.test(sql))
    expect(whole.length).toBeGreaterThan(0)
    for (const sql of whole) {
      const [plan] = await readerOf(connection)(`EXPLAIN ${sql}`)
      expect(plan?.join(), sql).not.toContain('SEQ_SCAN')
    }
  })

  it('is described alike each time', async () => {
    const database = await openDuckDbDatabase(path, { label: 'large' })
    const again = await openDuckDbDatabase(path, { label: 'large' })
    expect(await again.introspect()).toEqual(await database.introspect())
    await database.close()
    await again.close()
  })

  it('has the dates of a sample, said to be so, where the newest cannot be found in time', async () => {
    const hurried: ReadRows = async (sql) => {
      if (/SELECT min\("sold_on"\), max\("sold_on"\)/.test(sql)) throw new LateError()
      return readerOf(connection)(sql)
    }
    const catalog = await introspectDuckDb(hurried)
    const soldOn = findColumn(catalog, { table: 'sales', column: 'sold_on' })
    expect(soldOn?.rangeIsSampled).toBe(true)
    expect(newestDate(catalog)).toBe(soldOn?.max)
    expect(newestDateRemark(catalog)).toContain('in a sample of sales')
    expect(findColumn(catalog, { table: 'sales', column: 'id' })?.max).toBe(`${rows - 1}`)
  })

  it('is known by its names and rows where even a sample takes too long', async () => {
    const slow: ReadRows = async (sql) => {
      if (/TABLESAMPLE/.test(sql)) throw new LateError()
      return readerOf(connection)(sql)
    }
    const catalog = await introspectDuckDb(slow)
    expect(findTable(catalog, 'sales')).toMatchObject({ rowCount: rows, primaryKey: [] })
  })
})

it('a view of a thousand million rows is described from its first ones', async () => {
  const file = join(folder, 'view.duckdb')
  const made = await DuckDBInstance.create(file)
  const writer = await made.connect()
  await writer.run(
    'CREATE VIEW numbers AS SELECT range AS n, range % 7 AS day FROM range(1000000000)',
  )
  writer.closeSync()
  made.closeSync()
  const database = await openDuckDbDatabase(file, { label: 'view' })
  const catalog = await database.introspect()
  expect(findTable(catalog, 'numbers')?.rowCount).toBeGreaterThan(1_000_000)
  expect(findColumn(catalog, { table: 'numbers', column: 'day' })?.values).toHaveLength(7)
  await database.close()
}, 60_000)

/** At the end of a table, looked at without a limit. */
const lastRows = 1_000

/** A SQLite file that says to have a thousand million rows; every statement on it is small. */
function largeSqlite() {
  const database = new Database(':memory:')
  database.exec(`CREATE TABLE events (id INTEGER PRIMARY KEY, day TEXT, kind TEXT, amount REAL);
    CREATE INDEX by_day ON events (day);
    INSERT INTO events WITH RECURSIVE r(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM r WHERE i < 49999)
      SELECT i * 20000 + 1, date('2020-01-01', (i / 50) || ' days'), 'kind ' || i % 3, i * 0.5 FROM r`)
  const statements: string[] = []
  const ask = (sql: string) => database.prepare(sql).raw().all() as Value[][]
  const read = async (sql: string): Promise<readonly (readonly Value[])[]> => {
    if (/sqlite_schema|pragma_/.test(sql)) return ask(sql)
    statements.push(sql)
    if (/^SELECT count\(\*\) FROM \(SELECT 1 FROM "events" LIMIT 5000001\)$/.test(sql))
      return [[5_000_001]]
    return ask(sql)
  }
  return { read, ask, statements, close: () => database.close() }
}

it('a SQLite table of millions of rows is described without a look at all of them', async () => {
  const { read, ask, statements, close } = largeSqlite()
  const catalog = { ...(await describeTables(read)), version: '1' }
  const column = (name: string) => findColumn(catalog, { table: 'events', column: name })
  expect(column('day')).toMatchObject({ max: '2022-09-26' })
  expect(column('day')?.rangeIsSampled).toBeUndefined()
  expect(column('amount')?.rangeIsSampled).toBe(true)
  /** SQLite goes to each end by itself. */
  const end = /SELECT (min|max)\("?\w+"?\) FROM "events"( WHERE "\w+" [<>] '')?(?=\)|$)/g
  for (const sql of statements) {
    const reads = [...sql.replace(end, '').matchAll(/FROM "events"([^()]*)/g)]
    const limited = reads.filter(([, rest = '']) => rest.includes('LIMIT'))
    const steps = ask(`EXPLAIN QUERY PLAN ${sql}`).map(([, , , step]) => String(step))
    const scans = steps.filter((step) => step.startsWith('SCAN events'))
    expect(scans.length, sql).toBeLessThanOrEqual(limited.length)
    for (const [read] of reads.filter((one) => !limited.includes(one))) {
      const [[found] = []] = ask(`SELECT count(*) ${read}`)
      expect(found, sql).toBeLessThanOrEqual(lastRows)
    }
  }
  expect(statements.length).toBeGreaterThan(0)
  close()
})
