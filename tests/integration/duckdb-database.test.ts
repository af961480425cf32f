/** The DuckDB engine behind the Database port: locked down, limited and reopened when its file changes. */
import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../../data/database.js'
import { openDuckDbDatabase } from '../../data/duckdb/duckdb-database.js'
import { reviewedEngine } from '../../data/guard/denied-functions.js'
import { packageRoot } from '../../models/package-root.js'
import { databaseContract, shopStatements } from '../contracts/database.contract.js'
import { fuzz } from '../support/fuzz-database.js'
import { allowedSql } from '../unit/data/guard/allowed-sql.js'
import { refusedSql } from '../unit/data/guard/refused-sql.js'

/** Row by row, so that it runs out of time and never of memory. */
const endlessSql = 'SELECT count(*) FROM range(1000000000000) WHERE range % 7 = 3'

async function writeFileOf(path: string, statements: readonly string[]): Promise<void> {
  const instance = await DuckDBInstance.create(path)
  const connection = await instance.connect()
  for (const statement of statements) await connection.run(statement)
  connection.closeSync()
  instance.closeSync()
}

databaseContract('A DuckDB file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'parley-'))
  await writeFileOf(join(folder, 'shop.duckdb'), shopStatements)
  const database = await openDuckDbDatabase(join(folder, 'shop.duckdb'), { label: 'Shop' })
  return {
    database,
    endlessSql,
    async cleanUp() {
      await database.close()
      await rm(folder, { recursive: true })
    },
  }
})

describe('A DuckDB file', () => {
  let folder: string
  let path: string
  let database: Database

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parley-'))
    path = join(folder, 'shop.duckdb')
    await writeFileOf(path, [
      'CREATE TABLE stores (id INTEGER PRIMARY KEY, name VARCHAR, status VARCHAR, size INTEGER, opened_on DATE, store_id INTEGER)',
      "INSERT INTO stores SELECT i, 'Store ' || i, if(i % 3 = 0, 'closed', 'active'), i * 10, DATE '2022-01-01' + i::INTEGER, i FROM range(1, 31) t(i)",
      'CREATE TABLE sales (store_id INTEGER REFERENCES stores (id), sold_on DATE, amount DECIMAL(10, 2))',
      "INSERT INTO sales SELECT i % 30 + 1, DATE '2023-01-01' + (i % 700)::INTEGER, i / 7 FROM range(5000) t(i)",
      'CREATE TABLE "odd name" ("select" INTEGER)',
      'CREATE TABLE pg_notes (note VARCHAR)',
      'CREATE MACRO median(x) AS x + 1',
      "CREATE VIEW elsewhere AS SELECT content FROM read_text('/etc/hostname')",
    ])
    database = await openDuckDbDatabase(path, { label: 'Shop' })
  })
  afterAll(async () => {
    await database.close()
    await rm(folder, { recursive: true })
  })

  test('keeps its bytes and its folder through every attack, with and without the guard', async () => {
    const before = await hashOf(path)
    for (const sql of refusedSql) {
      expect(await database.query(sql), sql).toMatchObject({ ok: false })
    }
    const lockdown: { openLockedDatabase(options: object): Promise<DuckDBInstance> } = await import(
      join(packageRoot, 'data/duckdb/locked-database.mjs')
    )
    const options = { path, memoryMegabytes: 256, threads: 1 }
    const instance = await lockdown.openLockedDatabase(options)
    const connection = await instance.connect()
    for (const sql of refusedSql.filter((text) => !/sleep|USING count|json_|\?|\$/i.test(text))) {
      await connection.run(sql).catch(() => undefined)
    }
    await expect(connection.run(`SELECT * FROM read_blob('${path}')`)).rejects.toThrow('disabled')
    await expect(connection.run('SET lock_configuration = false')).rejects.toThrow('locked')
    connection.closeSync()
    instance.closeSync()
    expect(await hashOf(path)).toBe(before)
    expect(await readdir(folder)).toEqual(['shop.duckdb'])
  })

  test('runs what the guard accepts', async () => {
    const failures: string[] = []
    for (const sql of allowedSql.filter((text) => !/median/.test(text))) {
      const outcome = await database.query(sql)
      if (!outcome.ok) failures.push(`${sql}: ${outcome.failure.message}`)
    }
    expect(failures).toEqual([])
  })

  test('does not trust a built-in function that a macro of the file hides', async () => {
    expect(await database.query('SELECT median(size) FROM stores')).toMatchObject({
      ok: false,
      failure: { code: 'sql_invalid' },
    })
  })

  test('gives a view that reads files no answer', async () => {
    expect(await database.query('SELECT * FROM elsewhere')).toMatchObject({ ok: false })
    expect((await database.introspect()).tables.map(({ name }) => name)).not.toContain('elsewhere')
  })

  test('cuts rows, columns, cells and bytes and says so', async () => {
    const cases: readonly (readonly [sql: string, rows: number, columns: number])[] = [
      ['SELECT * FROM range(5000)', 1_000, 1],
      ['SELECT * FROM range(1000)', 1_000, 1],
      [`SELECT ${Array.from({ length: 250 }, (_, index) => `${index} AS c${index}`)}`, 1, 200],
      ["SELECT repeat('x', 20000) AS long", 1, 1],
      ["SELECT repeat('é', 9000) FROM range(900)", 111, 1],
    ]
    for (const [sql, rows, columns] of cases) {
      const outcome = await database.query(sql)
      if (!outcome.ok) throw new Error(outcome.failure.message)
      expect([outcome.result.rows.length, outcome.result.columns.length]).toEqual([rows, columns])
      expect(outcome.result.truncated).toBe(!sql.includes('range(1000)'))
    }
    const long = await database.query("SELECT repeat('x', 20000) AS long")
    expect(long.ok && String(long.result.rows[0]?.[0]).length).toBe(10_000)
  })

  test('names a long enumeration by its kind and not by its values', async () => {
    const values = Array.from({ length: 1_000 }, (_, index) => `'value ${index}'`)
    const outcome = await database.query(`SELECT 'value 7'::ENUM(${values}) AS chosen`)
    expect(outcome).toMatchObject({
      ok: true,
      result: { columns: [{ type: 'ENUM(…)', kind: 'text' }], rows: [['value 7']] },
    })
  })

  test('recovers after a query that needs too much memory', async () => {
    const small = await openDuckDbDatabase(path, { label: '', limits: { memoryMegabytes: 50 } })
    const outcome = await small.query("SELECT count(DISTINCT range || 'x') FROM range(20000000)")
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'sql_out_of_memory' } })
    expect(await small.query('SELECT count(*) FROM sales')).toMatchObject({ ok: true })
    await small.close()
  })

  test('gives up on work that no interrupt stops and goes on with a fresh engine', async () => {
    const start = performance.now()
    const outcome = await database.query(
      "SELECT levenshtein(repeat('a', 60000), repeat('b', 60000))",
      { timeoutMs: 200 },
    )
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'sql_timeout' } })
    expect(performance.now() - start).toBeLessThan(10_000)
    expect(await database.query('SELECT count(*) FROM sales')).toMatchObject({ ok: true })
  })

  test('was reviewed for the engine that runs', async () => {
    const outcome = await database.query('SELECT version()')
    expect(outcome.ok && outcome.result.rows).toEqual([[reviewedEngine]])
  })

  test('cancels running queries when it is closed', async () => {
    const other = await openDuckDbDatabase(path, { label: 'Shop' })
    const running = other.query(endlessSql)
    await new Promise((resolve) => setTimeout(resolve, 200))
    await other.close()
    expect(await running).toMatchObject({ ok: false, failure: { code: 'cancelled' } })
  })

  test('answers or fails cleanly for mutated statements, and the file stays the same', async () => {
    const before = await hashOf(path)
    const outcomes = await fuzz(database, [...allowedSql, ...refusedSql])
    expect(Math.max(...outcomes.map(({ elapsedMs }) => elapsedMs))).toBeLessThan(10_000)
    expect(outcomes.filter(({ code }) => code === 'thrown')).toEqual([])
    expect(await hashOf(path)).toBe(before)
    expect(await database.query('SELECT count(*) FROM sales')).toMatchObject({ ok: true })
  })
})

describe('A DuckDB file that is replaced', () => {
  test('is opened anew, described anew, and survives a broken replacement', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'parley-'))
    const path = join(folder, 'data.duckdb')
    await writeFileOf(path, ['CREATE TABLE old_table AS SELECT 1 AS a'])
    const database = await openDuckDbDatabase(path, { label: 'Data' })
    const first = await database.introspect()
    expect(await database.introspect()).toBe(first)

    await writeFileOf(`${path}.next`, ['CREATE TABLE new_table AS SELECT 2 AS b'])
    await rename(`${path}.next`, path)
    expect(await database.version()).not.toBe(first.version)
    expect(await database.query('SELECT b FROM new_table')).toMatchObject({
      ok: true,
      result: { rows: [[2]] },
    })
    const second = await database.introspect()
    expect(second.tables.map((table) => table.name)).toEqual(['new_table'])
    expect(second.version).toBe(await database.version())

    await writeFile(`${path}.next`, 'no database at all')
    await rename(`${path}.next`, path)
    expect(await database.query('SELECT b FROM new_table')).toMatchObject({
      ok: false,
      failure: { code: 'sql_failed' },
    })
    await writeFileOf(`${path}.next`, ['CREATE TABLE third_table AS SELECT 3 AS c'])
    await rename(`${path}.next`, path)
    expect(await database.query('SELECT c FROM third_table')).toMatchObject({ ok: true })
    await database.close()
    await rm(folder, { recursive: true })
  })

  test('rejects at the start when it is missing or no database', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'parley-'))
    await expect(openDuckDbDatabase(join(folder, 'none.duckdb'), { label: '' })).rejects.toThrow()
    await writeFile(join(folder, 'text.duckdb'), 'x'.repeat(5000))
    await expect(openDuckDbDatabase(join(folder, 'text.duckdb'), { label: '' })).rejects.toThrow()
    expect(await readdir(folder)).toEqual(['text.duckdb'])
    await rm(folder, { recursive: true })
  })
})

async function hashOf(path: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(path))
    .digest('hex')
}
