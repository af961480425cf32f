/** Everything a user may point Parley at: each kind of file, folders of them, and what cannot work. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSource } from '../../../data/sources/open-source.js'
import { packageRoot } from '../../../models/package-root.js'
import { writeSqliteFile } from '../../support/sqlite-file.js'
import { writeWorkbook } from '../../support/workbook-file.js'

let folder: string
let home: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-source-'))
  home = join(folder, 'home')
})
afterEach(() => rm(folder, { recursive: true }))

/** Writes a file into the test's folder and returns its path. */
async function file(name: string, content: string | Buffer): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}

async function database(path: string, ...statements: string[]): Promise<string> {
  const instance = await DuckDBInstance.create(path)
  const connection = await instance.connect()
  for (const statement of statements) await connection.run(statement)
  connection.closeSync()
  instance.closeSync()
  return path
}

async function opened(source: string) {
  const outcome = await openSource(source, home)
  if (!outcome.ok) throw new Error(outcome.failure.message)
  return outcome.source
}

async function failure(source: string) {
  const outcome = await openSource(source, home)
  return outcome.ok ? undefined : outcome.failure
}

async function read(path: string, sql: string) {
  const instance = await DuckDBInstance.create(path, { access_mode: 'READ_ONLY' })
  const connection = await instance.connect()
  const reader = await connection.runAndReadAll(sql)
  const rows = reader
    .getRows()
    .map((row) => row.map((cell) => (cell === null ? null : String(cell))))
  const columns = reader.columnNames().map((name, i) => `${name} ${reader.columnTypes()[i]}`)
  connection.closeSync()
  instance.closeSync()
  return { rows, columns }
}

async function tables(path: string) {
  return (await read(path, 'SELECT table_name FROM duckdb_tables() ORDER BY 1')).rows.flat()
}

describe('a source of each kind', () => {
  it('may be a DuckDB file, used in place and not changed', async () => {
    const path = await database(join(folder, 'shop.duckdb'), 'CREATE TABLE t AS SELECT 1 AS id')
    expect(await opened(path)).toEqual({ kind: 'duckdb', path, label: 'shop.duckdb' })
    expect(await readdir(folder)).toEqual(['shop.duckdb'])
  })

  it('may be a DuckDB file under another name', async () => {
    const path = await database(join(folder, 'shop.db'), 'CREATE TABLE t AS SELECT 1 AS id')
    expect((await opened(path)).kind).toBe('duckdb')
  })

  it.each(['shop.sqlite', 'shop.db', 'shop'])('may be a SQLite file called %s', async (name) => {
    const path = join(folder, name)
    writeSqliteFile(path, ['CREATE TABLE t (id INTEGER)'])
    expect(await opened(path)).toEqual({ kind: 'sqlite', path, label: name })
    expect(await readdir(folder)).toEqual([name])
  })

  it('may be a CSV file with types and dates found out', async () => {
    const path = await file(
      'Order Items (2023).csv',
      'id,day,amount,who\n1,2023-05-01,2.5,Ann\n2,2023-05-02,3,Bob\n',
    )
    const source = await opened(path)
    expect(source).toMatchObject({ kind: 'import', label: 'Order Items (2023).csv' })
    expect(await read(source.path, 'FROM order_items_2023')).toEqual({
      columns: ['id BIGINT', 'day DATE', 'amount DOUBLE', 'who VARCHAR'],
      rows: [
        ['1', '2023-05-01', '2.5', 'Ann'],
        ['2', '2023-05-02', '3', 'Bob'],
      ],
    })
  })

  it.each([
    ['a.tsv', 'id\tname\n1\tAnn\n'],
    ['a.csv.gz', gzipSync('id,name\n1,Ann\n')],
    ['a.json', '[{"id": 1, "name": "Ann"}]'],
    ['a.jsonl', '{"id": 1, "name": "Ann"}\n'],
    ['a.ndjson', '{"id": 1, "name": "Ann"}\n'],
    ['a.csv', Buffer.from('\ufeffid,name\n1,Ann\n', 'utf16le')],
  ])('may be %s', async (name, content) => {
    const source = await opened(await file(name, content))
    expect(await read(source.path, 'FROM a')).toEqual({
      columns: ['id BIGINT', 'name VARCHAR'],
      rows: [['1', 'Ann']],
    })
  })

  it('may be a Parquet file', async () => {
    const path = join(folder, 'facts.parquet')
    await database(':memory:', `COPY (SELECT 7 AS id) TO '${path}' (FORMAT parquet)`)
    expect((await read((await opened(path)).path, 'FROM facts')).rows).toEqual([['7']])
  })

  it('may be a workbook: one typed table for each sheet with rows', async () => {
    const path = join(folder, 'Shop.xlsx')
    await writeWorkbook(path, {
      People: [
        ['List of people', null, null, null, null],
        ['Name', 'Born', 'Married', 'Kids', 'Mixed'],
        ['Ann', new Date('1995-01-31'), true, 3, 'x'],
        ['Bob & Co', new Date('2010-03-01'), false, null, 4],
      ],
      Sheet2: [
        ['When', 'Name', 'Name'],
        [new Date('2024-01-01T10:30:00Z'), 1.5, 2],
      ],
      Empty: [],
    })
    const source = await opened(path)
    expect(await tables(source.path)).toEqual(['people', 'shop_sheet2'])
    expect(await read(source.path, 'FROM people')).toEqual({
      columns: ['Name VARCHAR', 'Born DATE', 'Married BOOLEAN', 'Kids BIGINT', 'Mixed VARCHAR'],
      rows: [
        ['Ann', '1995-01-31', 'true', '3', 'x'],
        ['Bob & Co', '2010-03-01', 'false', null, '4'],
      ],
    })
    expect(await read(source.path, 'FROM shop_sheet2')).toEqual({
      columns: ['When TIMESTAMP', 'Name DOUBLE', 'Name_2 BIGINT'],
      rows: [['2024-01-01 10:30:00', '1.5', '2']],
    })
  })

  it('may be a folder: a table for each readable file, other files left alone', async () => {
    const shop = join(folder, 'shop')
    await mkdir(shop)
    await file('shop/a.csv', 'id\n1\n')
    await file('shop/A.tsv', 'id\n2\n')
    await file('shop/b.json', '[{"id": 3}]')
    await file('shop/readme.md', 'hello')
    await file('shop/.hidden.csv', 'id\n4\n')
    const steps: string[] = []
    const outcome = await openSource(shop, home, (step) => steps.push(step))
    if (!outcome.ok) throw new Error(outcome.failure.message)
    expect(outcome.source.label).toBe('shop (3 files)')
    expect(await tables(outcome.source.path)).toEqual(['a', 'a_2', 'b'])
    expect(steps).toContain('Importing b.json')
  })
})

describe('files as they really are', () => {
  it('keeps rows that are too short or too long', async () => {
    const source = await opened(await file('a.csv', 'a,b,c\n1,2,3\n4,5\n6,7,8,9\n'))
    expect((await read(source.path, 'SELECT a, b, c FROM a')).rows).toEqual([
      ['1', '2', '3'],
      ['4', '5', null],
      ['6', '7', '8'],
    ])
  })

  it('reads numbers with a decimal comma', async () => {
    const source = await opened(await file('a.csv', 'id;price\n1;3,5\n2;4,25\n'))
    expect((await read(source.path, 'SELECT sum(price) FROM a')).rows).toEqual([['7.75']])
  })

  it('reads amounts as people write them, and leaves codes, lists and versions alone', async () => {
    const rows = [
      '1|$1,234.50|-1.234,50 €|01234|1,2,3|1.2.3|12|600.101',
      '2|$20|20,75|12345|4,5|1.0.0|n/a|050.102',
      '3||3.000|00001|6|2.1.1|7|600.103',
    ]
    const header = 'id|us|eu|zip|list|version|mixed|course'
    const source = await opened(await file('a.csv', `${header}\n${rows.join('\n')}\n`))
    const { columns } = await read(source.path, 'FROM a')
    expect(columns).toEqual([
      'id BIGINT',
      'us DOUBLE',
      'eu DOUBLE',
      'zip VARCHAR',
      'list VARCHAR',
      'version VARCHAR',
      'mixed VARCHAR',
      'course VARCHAR',
    ])
    expect((await read(source.path, 'SELECT sum(us), sum(eu) FROM a')).rows).toEqual([
      ['1254.5', '1786.25'],
    ])
  })

  it('reads Latin-1 text', async () => {
    const source = await opened(await file('a.csv', Buffer.from('id,name\n1,José\n', 'latin1')))
    expect((await read(source.path, 'SELECT name FROM a')).rows).toEqual([['José']])
  })

  it('takes a column for text when only its last row is none of the first type', async () => {
    const numbers = Array.from({ length: 120_000 }, (_, i) => `${i},${i}`).join('\n')
    const source = await opened(await file('a.csv', `id,v\n${numbers}\n120000,none\n`))
    expect((await read(source.path, 'SELECT count(*), max(v) FROM a')).rows).toEqual([
      ['120001', 'none'],
    ])
  })

  it('reads a file whose name looks like a pattern, a quote or a number', async () => {
    const odd = join(folder, 'odd')
    await mkdir(odd)
    for (const name of ['a[1].csv', 'b*.csv', "it's.csv", '2023.csv', 'größe.csv', '!!!.csv']) {
      await file(`odd/${name}`, 'id\n1\n')
    }
    const source = await opened(odd)
    expect(await tables(source.path)).toEqual(['a_1', 'b', 'data', 'data_2023', 'größe', 'it_s'])
  })
})

describe('importing again', () => {
  it('happens only when a file has changed, and leaves no older copy', async () => {
    const path = await file('a.csv', 'id\n1\n')
    const first = await opened(path)
    expect(await opened(path)).toEqual(first)
    await writeFile(path, 'id\n1\n2\n')
    const second = await opened(path)
    expect(second.path).not.toBe(first.path)
    expect((await read(second.path, 'SELECT count(*) FROM a')).rows).toEqual([['2']])
    await utimes(path, new Date(), new Date(Date.now() + 60_000))
    await opened(path)
    expect(await readdir(join(home, 'imports'))).toHaveLength(1)
  })
})

describe('a source that cannot work', () => {
  it('is missing', async () => {
    expect(await failure(join(folder, 'none.csv'))).toMatchObject({ code: 'source_missing' })
  })

  it.each([
    ['a.duckdb', 'this is no database', 'source_corrupt'],
    ['a.parquet', 'nor is this a parquet file', 'source_corrupt'],
    ['a.json', '[{"id": 1},', 'source_corrupt'],
    ['a.json', '{"id": ', 'source_corrupt'],
    ['a.xlsx', 'and no workbook either', 'source_corrupt'],
    ['a.csv', Buffer.from([0, 255, 254, 1, 0, 200, 10, 3]), 'source_corrupt'],
    ['a.csv', '', 'source_empty'],
    ['a.csv', '\n\n\n', 'source_empty'],
    ['a.json', '[]', 'source_empty'],
    ['a.sqlite', 'SQLite format 3\0 and more', 'source_corrupt'],
    ['a.db', 'no database', 'source_corrupt'],
    ['a.pdf', '%PDF', 'source_unsupported'],
    ['a.xls', 'old', 'source_unsupported'],
  ])('is %s holding %j: %s', async (name, content, code) => {
    const found = await failure(await file(name, content))
    expect(found).toMatchObject({ code, message: expect.stringContaining(name) })
    expect(found?.hints.length).toBeGreaterThan(0)
    expect(await readdir(join(home, 'imports')).catch(() => [])).toEqual([])
  })

  it('is a DuckDB file cut in its middle', async () => {
    const path = await database(join(folder, 'a.duckdb'), 'CREATE TABLE t AS SELECT 1 AS id')
    const { truncate } = await import('node:fs/promises')
    await truncate(path, 6_000)
    expect(await failure(path)).toMatchObject({ code: 'source_corrupt' })
  })

  it('is a DuckDB file without tables', async () => {
    const path = await database(join(folder, 'a.duckdb'))
    expect(await failure(path)).toMatchObject({ code: 'source_empty' })
  })

  it('is a SQLite file without tables, or one that another program has locked', async () => {
    const path = join(folder, 'a.sqlite')
    writeSqliteFile(path, ['CREATE TABLE t (id INTEGER)', 'DROP TABLE t'])
    expect(await failure(path)).toMatchObject({ code: 'source_empty' })
    const other = join(folder, 'b.sqlite')
    writeSqliteFile(other, ['CREATE TABLE t (id INTEGER)'])
    const script = `const db = new (require('libsql'))(process.argv[1]); db.exec('BEGIN EXCLUSIVE'); console.log('locked'); setInterval(() => {}, 1000)`
    const holder = spawn(process.execPath, ['-e', script, other], { cwd: packageRoot })
    await once(holder.stdout, 'data')
    expect(await failure(other)).toMatchObject({ code: 'source_locked' })
    holder.kill('SIGKILL')
  })

  it('is a workbook without rows', async () => {
    const path = join(folder, 'a.xlsx')
    await writeWorkbook(path, { Empty: [], Header: [['id', 'name']] })
    expect(await failure(path)).toMatchObject({ code: 'source_empty' })
  })

  it('is a folder without readable files', async () => {
    await mkdir(join(folder, 'docs'))
    expect(await failure(join(folder, 'docs'))).toMatchObject({ code: 'source_empty' })
  })

  it('is a server, whose password is not repeated', async () => {
    const found = await failure('mssql://ann:secret@localhost/shop')
    expect(found).toMatchObject({ code: 'source_unsupported' })
    expect(JSON.stringify(found)).not.toContain('secret')
    expect(await failure('https://example.com/a.csv')).toMatchObject({ code: 'source_unsupported' })
  })

  it('is a folder in which one file is damaged: the message names it', async () => {
    await mkdir(join(folder, 'shop'))
    await file('shop/good.csv', 'id\n1\n')
    await file('shop/bad.parquet', 'nothing')
    const found = await failure(join(folder, 'shop'))
    expect(found).toMatchObject({
      code: 'source_corrupt',
      message: expect.stringContaining('bad.parquet'),
    })
  })
})
