/** Kept results: the same SQL on the same data is run once, and nothing old or of somebody else is ever given. */
import { mkdtemp, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Database } from '../../../data/database.js'
import { openDuckDbDatabase } from '../../../data/duckdb/duckdb-database.js'
import { createMemoryResultCache } from '../../../data/results/memory-result-cache.js'
import type { ResultCache } from '../../../data/results/result-cache.js'
import { withResultCache } from '../../../data/results/with-result-cache.js'
import { shopStatements } from '../../contracts/database.contract.js'
import { describeResultCache } from '../../contracts/result-cache.contract.js'

let folder = ''
let path = ''
let database: Database

async function write(path: string, statements: readonly string[]): Promise<void> {
  const instance = await DuckDBInstance.create(path)
  const connection = await instance.connect()
  for (const statement of statements) await connection.run(statement)
  connection.closeSync()
  instance.closeSync()
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-results-'))
  path = join(folder, 'shop.duckdb')
  await write(path, shopStatements)
  database = await openDuckDbDatabase(path, { label: 'shop', limits: { children: 1 } })
})
afterAll(async () => {
  await database.close()
  await rm(folder, { recursive: true })
})

const count = 'SELECT count(*) AS n FROM sales'

async function rowsOf(asked: Database, sql: string, maxRows?: number) {
  const outcome = await asked.query(sql, { maxRows })
  if (!outcome.ok) throw new Error(outcome.failure.message)
  return outcome.result
}

describeResultCache('Memory', async (maxBytes) => createMemoryResultCache(maxBytes))

it('gives the result again, and says that it was kept', async () => {
  const cache = createMemoryResultCache(1e6)
  const kept = withResultCache(database, cache, 'shop')
  const first = await rowsOf(kept, count)
  const second = await rowsOf(kept, count)
  expect(first.isKept).toBeUndefined()
  expect(second).toMatchObject({ isKept: true, rows: first.rows, columns: first.columns })
  expect(cache.figures()).toMatchObject({ hits: 1, misses: 1, entries: 1 })
})

it('does not wait until the result is kept', async () => {
  const put: string[] = []
  const slow: ResultCache = {
    ...createMemoryResultCache(1e6),
    put: (key) => {
      put.push(key)
      return new Promise(() => {})
    },
  }
  expect((await rowsOf(withResultCache(database, slow, 'shop'), count)).rowCount).toBe(1)
  expect(put).toHaveLength(1)
})

it('keeps apart owners, limits and failures', async () => {
  const cache = createMemoryResultCache(1e6)
  const one = withResultCache(database, cache, 'shop')
  const other = withResultCache(database, cache, 'shop#policy')
  await rowsOf(one, 'SELECT * FROM sales')
  expect((await rowsOf(other, 'SELECT * FROM sales')).isKept).toBeUndefined()
  const few = await rowsOf(one, 'SELECT * FROM sales', 2)
  expect(few).toMatchObject({ rowCount: 2, truncated: true })
  expect(few.isKept).toBeUndefined()
  for (const _ of [1, 2]) {
    expect(await one.query('SELECT nothing FROM sales')).toMatchObject({ ok: false })
  }
  expect(cache.figures().entries).toBe(3)
})

it.each([
  'SELECT random() AS n',
  'SELECT now() AS n',
  'SELECT current_date AS n',
  'SELECT uuid() AS n',
  'SELECT gen_random_uuid() AS n',
  'SELECT age(opened_on) FROM stores',
  'SELECT * FROM sales USING SAMPLE 2 ROWS',
])('runs what changes by itself each time: %s', async (sql) => {
  const cache = createMemoryResultCache(1e6)
  const kept = withResultCache(database, cache, 'shop')
  await kept.query(sql)
  await kept.query(sql)
  expect(cache.figures()).toMatchObject({ hits: 0, entries: 0 })
})

it('drops what was not asked for the longest, and keeps nothing too large', async () => {
  const cache = createMemoryResultCache(8_000)
  const kept = withResultCache(database, cache, 'shop')
  for (let number = 0; number < 100; number++) {
    await rowsOf(kept, `SELECT ${number} AS n, repeat('x', 300) AS long`)
  }
  expect(cache.figures().bytes).toBeLessThanOrEqual(8_000)
  expect((await rowsOf(kept, "SELECT 99 AS n, repeat('x', 300) AS long")).isKept).toBe(true)
  expect((await rowsOf(kept, "SELECT 0 AS n, repeat('x', 300) AS long")).isKept).toBeUndefined()
  await rowsOf(kept, "SELECT repeat('x', 5000) AS long")
  expect((await rowsOf(kept, "SELECT repeat('x', 5000) AS long")).isKept).toBeUndefined()
})

it('runs it again once another file is in the place of the old one', async () => {
  const kept = withResultCache(database, createMemoryResultCache(1e6), 'shop')
  const old = await rowsOf(kept, count)
  const other = join(folder, 'other.duckdb')
  await write(other, [...shopStatements, 'INSERT INTO sales VALUES (9, 1, 1.00)'])
  await rename(other, path)
  const fresh = await rowsOf(kept, count)
  expect(Number(fresh.rows[0]?.[0])).toBe(Number(old.rows[0]?.[0]) + 1)
  expect(fresh.isKept).toBeUndefined()
})
