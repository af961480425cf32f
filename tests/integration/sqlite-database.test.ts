/** The SQLite engine behind the Database port: guarded, limited, killed when it must stop, opened anew when its file changes. */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import {
  copyFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'libsql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database, QueryResult } from '../../data/database.js'
import { EngineProcess } from '../../data/engine-process/engine-process.js'
import { allowedFunctions, reviewedSqlite } from '../../data/sqlite/allowed-functions.js'
import { openSqliteDatabase } from '../../data/sqlite/sqlite-database.js'
import { sqliteProgram } from '../../data/sqlite/sqlite-program.js'
import { packageRoot } from '../../models/package-root.js'
import { databaseContract, shopStatements } from '../contracts/database.contract.js'
import { fuzz } from '../support/fuzz-database.js'
import { writeSqliteFile } from '../support/sqlite-file.js'
import { allowedSqliteSql } from '../unit/data/sqlite/allowed-sqlite-sql.js'
import { refusedSqliteSql, sqliteBombs } from '../unit/data/sqlite/refused-sqlite-sql.js'

const endlessSql =
  'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-sqlite-'))
})
afterAll(() => rm(folder, { recursive: true }))

databaseContract('A SQLite file', async () => {
  const own = await mkdtemp(join(tmpdir(), 'parley-'))
  writeSqliteFile(join(own, 'shop.sqlite'), shopStatements)
  const database = await openSqliteDatabase(join(own, 'shop.sqlite'), { label: 'Shop' })
  return {
    database,
    endlessSql,
    async cleanUp() {
      await database.close()
      await rm(own, { recursive: true })
    },
  }
})

async function resultOf(database: Database, sql: string): Promise<QueryResult> {
  const outcome = await database.query(sql)
  if (!outcome.ok) throw new Error(`${sql}: ${outcome.failure.message}`)
  return outcome.result
}

async function hashOf(path: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(path))
    .digest('hex')
}

describe('A SQLite file', () => {
  let own: string
  let path: string
  let database: Database

  beforeAll(async () => {
    own = join(folder, 'own')
    await mkdir(own)
    path = join(own, 'shop.sqlite')
    writeSqliteFile(path, [
      'CREATE TABLE stores (id INTEGER PRIMARY KEY, name TEXT, status TEXT, size INTEGER, opened_on DATE, is_open BOOLEAN)',
      `INSERT INTO stores WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r WHERE i < 30)
       SELECT i, 'Store ' || i, iif(i % 3, 'active', 'closed'), i * 10, date('2022-01-01', i || ' days'), i % 2 FROM r`,
      'CREATE TABLE sales (store_id INTEGER REFERENCES stores (id), sold_on DATE, amount DECIMAL(10, 2))',
      `INSERT INTO sales WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r WHERE i < 5000)
       SELECT i % 30 + 1, date('2023-01-01', (i % 700) || ' days'), i / 7.0 FROM r`,
      'CREATE INDEX by_store ON sales (store_id)',
      'CREATE TABLE "odd name" ("select" INTEGER)',
      'CREATE TABLE result (c0 INTEGER)',
      'CREATE TABLE texts (id INTEGER PRIMARY KEY, note TEXT)',
      "INSERT INTO texts VALUES (1, CAST(x'53e36f' AS TEXT)), (2, 'Łódź')",
      'CREATE VIEW open_stores AS SELECT name, size FROM stores WHERE is_open',
      "CREATE VIEW elsewhere AS SELECT readfile('/etc/hostname') AS content",
      'CREATE VIEW inside AS SELECT sql FROM sqlite_schema',
      'CREATE VIRTUAL TABLE words USING fts5(word)',
    ])
    database = await openSqliteDatabase(path, { label: 'Shop' })
  })
  afterAll(() => database.close())

  test('runs what a question may ask', async () => {
    const failures: string[] = []
    for (const sql of allowedSqliteSql) {
      const outcome = await database.query(sql)
      if (!outcome.ok) failures.push(`${sql}: ${outcome.failure.message}`)
    }
    expect(failures).toEqual([])
  })

  test('keeps its bytes and its folder through every attack', async () => {
    const before = await hashOf(path)
    const passed: string[] = []
    for (const sql of refusedSqliteSql) {
      if ((await database.query(sql, { timeoutMs: 1_000 })).ok) passed.push(sql)
      if ((await database.explain(sql)) === undefined) passed.push(`explain ${sql}`)
    }
    expect(passed).toEqual([])
    expect(await hashOf(path)).toBe(before)
    expect(await readdir(own)).toEqual(['shop.sqlite'])
  })

  test('gives each column a kind by its cells, and a type', async () => {
    const { columns, rows } = await resultOf(
      database,
      "SELECT is_open, opened_on, strftime('%Y-%m', opened_on) AS month, size / 4 AS quarter, size / 4.0, x'00ff' AS bytes, NULL AS none, 9007199254740993 AS large, 1e999 AS endless, opened_on || ' 10:30' AS moment FROM stores LIMIT 1",
    )
    expect(columns.map(({ name, type, kind }) => [name, type, kind])).toEqual([
      ['is_open', 'BOOLEAN', 'boolean'],
      ['opened_on', 'DATE', 'date'],
      ['month', 'TEXT', 'text'],
      ['quarter', 'INTEGER', 'number'],
      ['size / 4.0', 'REAL', 'number'],
      ['bytes', 'BLOB', 'other'],
      ['none', 'NULL', 'other'],
      ['large', 'INTEGER', 'number'],
      ['endless', 'REAL', 'number'],
      ['moment', 'TEXT', 'timestamp'],
    ])
    expect(rows).toEqual([
      [
        true,
        '2022-01-02',
        '2022-01',
        2,
        2.5,
        '00ff',
        null,
        '9007199254740993',
        'Infinity',
        '2022-01-02 10:30',
      ],
    ])
  })

  test('keeps the names of columns of the same name, and the order of rows', async () => {
    const { columns, rows } = await resultOf(
      database,
      'SELECT a.id, b.id, a.name FROM stores a JOIN stores b ON a.id = b.id ORDER BY a.size DESC LIMIT 3 -- the largest',
    )
    expect(columns.map(({ name }) => name)).toEqual(['id', 'id', 'name'])
    expect(rows).toEqual([30, 29, 28].map((id) => [id, id, `Store ${id}`]))
  })

  test('works out each value once', async () => {
    const sql = "SELECT iif(random() > 0, 'text', 1) AS either FROM sales LIMIT 500"
    const { rows } = await resultOf(database, sql)
    expect(new Set(rows.flat())).toEqual(new Set(['text', 1]))
  })

  test('reads text that is no UTF-8 as Windows-1252', async () => {
    expect((await resultOf(database, 'SELECT note FROM texts ORDER BY id')).rows).toEqual([
      ['São'],
      ['Łódź'],
    ])
  })

  test('cuts rows, columns, cells and bytes and says so', async () => {
    const cases: readonly (readonly [sql: string, rows: number, columns: number])[] = [
      ['SELECT * FROM sales', 1_000, 3],
      ['SELECT * FROM sales LIMIT 1000', 1_000, 3],
      [`SELECT ${Array.from({ length: 250 }, (_, index) => `${index} AS c${index}`)}`, 1, 200],
      ["SELECT printf('%.20000c', 'x') AS long", 1, 1],
      ["SELECT printf('%.9000c', 'x') FROM sales", 222, 1],
    ]
    for (const [sql, rows, columns] of cases) {
      const result = await resultOf(database, sql)
      expect([sql, result.rows.length, result.columns.length]).toEqual([sql, rows, columns])
      expect(result.truncated).toBe(!sql.includes('LIMIT'))
    }
    const long = await resultOf(database, "SELECT printf('%.20000c', 'x') AS long")
    expect(String(long.rows[0]?.[0])).toHaveLength(10_000)
  })

  test('says which column, table or function is missing, with near names', async () => {
    expect(await database.explain('SELECT stores.nme FROM stores')).toMatchObject({
      code: 'sql_invalid',
      message: 'There is no column "stores.nme".',
      hints: ['stores.name', 'open_stores.name', 'texts.note'],
    })
    expect(await database.explain('SELECT * FROM store')).toMatchObject({
      code: 'sql_invalid',
      message: 'There is no table "store".',
      hints: ['stores', 'open_stores'],
    })
    expect(await database.explain('SELECT strftme(1)')).toMatchObject({
      code: 'sql_invalid',
      hints: ['strftime', 'strfilter'],
    })
    expect(await database.explain('SELECT name FROM stores WHERE status = "active"')).toMatchObject(
      {
        code: 'sql_invalid',
        message: 'There is no column "active".',
      },
    )
  })

  test('runs out of memory with a failure and goes on', async () => {
    const small = await openSqliteDatabase(path, {
      label: '',
      limits: { maxHeapBytes: 20_000_000 },
    })
    for (const sql of [
      "SELECT length(replace(printf('%.5000000c', 'x'), 'x', 'yyyyyyyyyy'))",
      'SELECT count(*) FROM (SELECT DISTINCT a.amount, b.amount FROM sales a, sales b)',
    ]) {
      const outcome = await small.query(sql, { timeoutMs: 20_000 })
      expect(outcome, sql).toMatchObject({ ok: false, failure: { code: 'sql_out_of_memory' } })
    }
    expect(await small.query('SELECT count(*) FROM sales')).toMatchObject({ ok: true })
    await small.close()
  })

  test('was reviewed for the engine that runs, and allows only functions it has', async () => {
    expect((await resultOf(database, 'SELECT sqlite_version()')).rows).toEqual([[reviewedSqlite]])
    const engine = new Sqlite(':memory:')
    const names = engine.prepare('SELECT DISTINCT name FROM pragma_function_list').raw().all()
    expect([...allowedFunctions].filter((name) => !names.flat().includes(name))).toEqual([])
    engine.close()
  })

  test('stops what would never end or take all memory', async () => {
    for (const sql of sqliteBombs) {
      expect(await database.query(sql, { timeoutMs: 500 }), sql).toMatchObject({ ok: false })
    }
  })

  test('answers or fails cleanly for mutated statements, and the file stays the same', async () => {
    const before = await hashOf(path)
    const statements = [...allowedSqliteSql, ...refusedSqliteSql].filter((sql) => sql.length < 500)
    const outcomes = await fuzz(database, statements)
    expect(outcomes.filter(({ code }) => code === 'thrown')).toEqual([])
    expect(await hashOf(path)).toBe(before)
    expect(await readdir(own)).toEqual(['shop.sqlite'])
    expect(await database.query('SELECT count(*) FROM sales')).toMatchObject({ ok: true })
  })

  test('answers others while a query runs, and waits its turn when all processes are busy', async () => {
    let over = 0
    const long = [1, 2].map(() =>
      database.query(endlessSql, { timeoutMs: 2_000 }).finally(() => over++),
    )
    const queued = database.query('SELECT 1')
    const given = database.query('SELECT 2', { signal: AbortSignal.timeout(50) })
    expect(await given).toMatchObject({ ok: false, failure: { code: 'cancelled' } })
    expect(over).toBe(0)
    expect(await queued).toMatchObject({ ok: true })
    expect(await Promise.all(long)).toMatchObject([
      { failure: { code: 'sql_timeout' } },
      { failure: { code: 'sql_timeout' } },
    ])
  })

  test('does not stall the program while a query runs', async () => {
    const running = database.query(endlessSql, { timeoutMs: 800 })
    let ticks = 0
    const ticking = setInterval(() => {
      ticks += 1
    }, 20)
    await running
    clearInterval(ticking)
    // Forty would be there; a busy machine takes some of them.
    expect(ticks).toBeGreaterThan(8)
  })

  test('cancels running queries when it is closed', async () => {
    const other = await openSqliteDatabase(path, { label: 'Shop' })
    const running = other.query(endlessSql)
    await new Promise((resolve) => setTimeout(resolve, 200))
    await other.close()
    expect(await running).toMatchObject({ ok: false, failure: { code: 'cancelled' } })
  })
})

describe('A SQLite file that changes', () => {
  test('shows what another program wrote, and is described anew', async () => {
    const path = join(folder, 'written.sqlite')
    writeSqliteFile(path, ['CREATE TABLE a (n INT)', 'INSERT INTO a VALUES (1)'])
    const database = await openSqliteDatabase(path, { label: '' })
    const first = await database.introspect()
    expect(await database.introspect()).toBe(first)
    writeSqliteFile(path, ['INSERT INTO a VALUES (2)', 'CREATE TABLE b (m INT)'])
    expect(await database.version()).not.toBe(first.version)
    expect((await resultOf(database, 'SELECT n FROM a')).rows).toEqual([[1], [2]])
    expect((await resultOf(database, 'SELECT m FROM b')).rows).toEqual([])
    expect((await database.introspect()).tables.map(({ name }) => name)).toEqual(['a', 'b'])
    await database.close()
  })

  test('is opened anew when it is replaced, and survives a broken replacement', async () => {
    const path = join(folder, 'replaced.sqlite')
    writeSqliteFile(path, ['CREATE TABLE old_table (a INT)'])
    const database = await openSqliteDatabase(path, { label: '' })
    writeSqliteFile(`${path}.next`, ['CREATE TABLE new_table (b INT)'])
    await rename(`${path}.next`, path)
    expect((await resultOf(database, 'SELECT b FROM new_table')).rows).toEqual([])
    await writeFile(`${path}.next`, 'no database at all '.repeat(300))
    await rename(`${path}.next`, path)
    expect(await database.query('SELECT b FROM new_table')).toMatchObject({
      failure: { code: 'sql_failed', message: expect.stringContaining('file is not a database') },
    })
    writeSqliteFile(`${path}.next`, ['CREATE TABLE third_table (c INT)'])
    await rename(`${path}.next`, path)
    expect(await database.query('SELECT c FROM third_table')).toMatchObject({ ok: true })
    await database.close()
  })

  test('is read while another program keeps a log of changes, and nothing is left beside it', async () => {
    const path = join(folder, 'logged.sqlite')
    writeSqliteFile(path, [
      'PRAGMA journal_mode = WAL',
      'CREATE TABLE a (n INT)',
      'INSERT INTO a VALUES (1)',
    ])
    const logged = async () => (await readdir(folder)).filter((name) => name.startsWith('logged'))
    const database = await openSqliteDatabase(path, { label: '' })
    expect((await resultOf(database, 'SELECT n FROM a')).rows).toEqual([[1]])
    expect(await logged()).toEqual(['logged.sqlite'])
    const writer = new Sqlite(path)
    writer.exec('INSERT INTO a VALUES (2)')
    expect((await resultOf(database, 'SELECT n FROM a')).rows).toEqual([[1], [2]])
    writer.exec('INSERT INTO a VALUES (3)')
    expect((await resultOf(database, 'SELECT n FROM a')).rows).toEqual([[1], [2], [3]])
    writer.close()
    expect((await resultOf(database, 'SELECT n FROM a')).rows).toEqual([[1], [2], [3]])
    await database.close()
  })

  test('that is locked gives a failure, and answers once it is free', async () => {
    const path = join(folder, 'locked.sqlite')
    writeSqliteFile(path, ['CREATE TABLE a (n INT)'])
    const database = await openSqliteDatabase(path, { label: '', limits: { busyTimeoutMs: 100 } })
    const writer = new Sqlite(path)
    writer.exec('BEGIN EXCLUSIVE')
    expect(await database.query('SELECT n FROM a')).toMatchObject({
      failure: { code: 'sql_failed', message: expect.stringContaining('locked') },
    })
    await expect(
      openSqliteDatabase(path, { label: '', limits: { busyTimeoutMs: 100 } }),
    ).rejects.toThrow('locked')
    writer.exec('COMMIT')
    writer.close()
    expect(await database.query('SELECT n FROM a')).toMatchObject({ ok: true })
    await database.close()
  })

  test('rejects at the start when it is missing or no database, and fails where it is damaged', async () => {
    await expect(openSqliteDatabase(join(folder, 'none.sqlite'), { label: '' })).rejects.toThrow()
    await writeFile(join(folder, 'text.sqlite'), 'x'.repeat(5000))
    await expect(openSqliteDatabase(join(folder, 'text.sqlite'), { label: '' })).rejects.toThrow(
      'not a database',
    )
    expect(await readdir(folder)).not.toContain('none.sqlite')

    const path = join(folder, 'damaged.sqlite')
    const rows =
      'WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r WHERE i < 5000) SELECT i, hex(i) FROM r'
    writeSqliteFile(path, ['CREATE TABLE a (n INT, t TEXT)', `INSERT INTO a ${rows}`])
    const bytes = await readFile(path)
    await writeFile(path, bytes.fill(0xee, 8_192, bytes.length - 4_096))
    const database = await openSqliteDatabase(path, { label: '' })
    expect(await database.query('SELECT sum(n), max(t) FROM a')).toMatchObject({
      failure: { code: 'sql_failed' },
    })
    await expect(database.introspect()).rejects.toThrow()
    expect(await database.query('SELECT 1')).toMatchObject({ ok: true })
    await database.close()
  })

  test('with names like an address is still that file', async () => {
    const path = join(folder, 'a?mode=rwc#x%41 é.sqlite')
    writeSqliteFile(join(folder, 'plain.sqlite'), ['CREATE TABLE a (n INT)'])
    await copyFile(join(folder, 'plain.sqlite'), path)
    const database = await openSqliteDatabase(path, { label: '' })
    expect(await database.query('SELECT n FROM a')).toMatchObject({ ok: true })
    await database.close()
  })
})

describe('The process that reads the file', () => {
  const limits = { busyTimeoutMs: 100, maxHeapBytes: 100_000_000 }
  const program = join(packageRoot, 'data/sqlite/engine-child.mjs')

  test('ends itself when it takes too much memory', async () => {
    const path = join(folder, 'memory.sqlite')
    writeSqliteFile(path, ['CREATE TABLE a (n INT)'])
    const child = new EngineProcess(sqliteProgram)
    await child.request({ open: { path, ...limits, maxMemoryBytes: 1_000_000 } })
    const running = child.request({
      sql: endlessSql,
      limits: { maxRows: 1, maxBytes: 1, maxCellCharacters: 1 },
      typed: false,
    })
    await expect(running).rejects.toMatchObject({ isOutOfMemory: true })
    expect(child.alive).toBe(false)
  })

  test('does not outlive its parent, even in the middle of an endless query', async () => {
    const path = join(folder, 'parent.sqlite')
    writeSqliteFile(path, ['CREATE TABLE a (n INT)'])
    const open = { path, ...limits, maxMemoryBytes: 1_000_000_000 }
    const request = { id: 2, sql: endlessSql, limits: { maxRows: 1 }, typed: false }
    const parent = spawn(process.execPath, [
      '-e',
      `const child = require('node:child_process').fork(${JSON.stringify(program)}, { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
       child.send(${JSON.stringify({ id: 1, open })})
       child.once('message', () => child.send(${JSON.stringify(request)}, () => console.log(child.pid)))`,
    ])
    const [text] = await once(parent.stdout, 'data')
    const pid = Number(text)
    parent.kill('SIGKILL')
    await expect.poll(() => isRunning(pid)).toBe(false)
  })
})

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
