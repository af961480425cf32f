/** The scorer's own way to SQLite files: all rows, benchmark SQL as it comes, nothing written, nothing endless. */
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { SqliteRunner } from '../../../data/evaluation/sqlite/sqlite-runner.js'
import { writeSqliteFile } from '../../support/sqlite-file.js'

let folder: string
let path: string
const runner = new SqliteRunner(3_000)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-runner-'))
  path = join(folder, 'pets.sqlite')
  writeSqliteFile(path, [
    'CREATE TABLE pets (name TEXT, weight REAL, chip INTEGER, photo BLOB)',
    "INSERT INTO pets VALUES ('Rex', 12.5, 9007199254740993, x'00ff'), ('Mia', 4, 7, NULL)",
  ])
})

afterAll(async () => {
  await runner.close()
  await rm(folder, { recursive: true })
})

const run = (sql: string, changes = {}) => runner.run({ path, sql, maxRows: 100, ...changes })

it('gives all rows, and says when it cut them', async () => {
  const rows = [['Rex'], ['Mia']]
  expect(await run('SELECT name FROM pets')).toEqual({ ok: true, rows, truncated: false })
  const cut = await run('SELECT name FROM pets', { maxRows: 1 })
  expect(cut).toEqual({ ok: true, rows: [['Rex']], truncated: true })
})

it('keeps long whole numbers and bytes apart from texts and from their neighbours', async () => {
  const rows = [['\u0000integer 9007199254740993', '\u0000bytes 00ff', 12.5, 7]]
  const sql = 'SELECT chip, photo, weight, (SELECT min(chip) FROM pets) FROM pets LIMIT 1'
  expect(await run(sql)).toMatchObject({ rows })
})

it('takes a name in double quotes that is no column for a text, as benchmarks do', async () => {
  const rows = [[12.5]]
  expect(await run('SELECT weight FROM pets WHERE name = "Rex"')).toMatchObject({ rows })
  expect(await run('SELECT "name" FROM pets WHERE chip = 7')).toMatchObject({ rows: [['Mia']] })
})

it('fails with the words of the engine', async () => {
  expect(await run('SELECT age FROM pets')).toEqual({ ok: false, message: 'no such column: age' })
  expect(await run('SELECT 1; SELECT 2')).toMatchObject({ ok: false })
  expect(await run("SELECT ';' -- ; comment\n;")).toMatchObject({ ok: true, rows: [[';']] })
})

it('writes nothing, and makes no file where none is', async () => {
  expect(await run('DELETE FROM pets')).toMatchObject({ ok: false })
  expect(await run('SELECT count(*) FROM pets')).toMatchObject({ rows: [[2]] })
  const missing = join(folder, 'missing.sqlite')
  expect(await run('SELECT 1', { path: missing })).toMatchObject({ ok: false })
  expect(existsSync(missing)).toBe(false)
})

it('says what is no database', async () => {
  const text = join(folder, 'text.sqlite')
  await writeFile(text, 'this is no database, however long it may be'.repeat(100))
  expect(await run('SELECT 1 FROM sqlite_master', { path: text })).toMatchObject({ ok: false })
})

it('kills a query that never ends, and runs the next', async () => {
  const endless =
    'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n'
  const outcomes = await Promise.all([run(endless), run('SELECT 1')])
  expect(outcomes).toEqual([
    { ok: false, message: 'It took longer than 3 s.' },
    { ok: true, rows: [[1]], truncated: false },
  ])
})

it('is silent once it is closed', async () => {
  const closed = new SqliteRunner()
  await closed.close()
  const message = 'Stopped.'
  expect(await closed.run({ path, sql: 'SELECT 1', maxRows: 1 })).toEqual({ ok: false, message })
})
