/** Files of whole results: every row, exact, harmless in a spreadsheet, and cut only where it is said. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import readWorkbook from 'read-excel-file/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../data/database.js'
import { openDuckDbDatabase } from '../../data/duckdb/duckdb-database.js'
import { writeDatabaseFile } from '../../data/duckdb/write-database-file.js'
import { type ExportFormat, exportLimits } from '../../data/exports/export-limits.js'
import { exportResult } from '../../data/exports/export-result.js'
import { openSqliteDatabase } from '../../data/sqlite/sqlite-database.js'
import { writeSqliteFile } from '../support/sqlite-file.js'
import { type TemporaryHome, temporaryHome } from '../support/temporary-product.js'

let home: TemporaryHome
let duckdb: Database
let sqlite: Database

const columns = 'id INTEGER, price DECIMAL(20,2), big BIGINT, sold DATE, seen TIMESTAMP, ok BOOLEAN'
const rows = [
  `(1, 12345678901234567.89, 9007199254740993, '2024-02-29', '2024-02-29 12:30:00', true, 'plain')`,
  `(2, 0.50, -5, '1899-12-31', NULL, false, '=HYPERLINK("http://evil.example")')`,
  `(3, NULL, NULL, NULL, NULL, NULL, NULL)`,
  `(4, -7, 0, '2024-03-01', '2024-03-01 00:00:00', true, '')`,
  `(5, 1, 1, '2024-03-02', '2024-03-02 00:00:00', true, 'a,"b"' || chr(10) || 'c')`,
]

beforeAll(async () => {
  home = await temporaryHome()
  const path = join(home.path, 'all.duckdb')
  await writeDatabaseFile(path, async (connection) => {
    await connection.run(`CREATE TABLE things (${columns}, note VARCHAR)`)
    for (const row of rows) await connection.run(`INSERT INTO things VALUES ${row}`)
    await connection.run('CREATE TABLE many AS SELECT range AS n FROM range(30000)')
  })
  duckdb = await openDuckDbDatabase(path, { label: 'all' })
  const file = join(home.path, 'all.sqlite')
  writeSqliteFile(file, [
    `CREATE TABLE things (${columns}, note TEXT)`,
    "INSERT INTO things VALUES (1, 0.5, 9007199254740993, '2024-02-29', '2024-02-29 12:30:00', 1, '@SUM(A1)')",
    "INSERT INTO things VALUES (2, NULL, -5, '2024-03-01', NULL, 0, 'x')",
  ])
  sqlite = await openSqliteDatabase(file, { label: 'all' })
})
afterAll(async () => {
  await duckdb.close()
  await sqlite.close()
  await home.remove()
})

/** The file that is made of it, while it is there. */
async function withFile<Result>(
  database: Database,
  sql: string,
  format: ExportFormat,
  look: (path: string) => Promise<Result>,
): Promise<{ readonly seen: Result; readonly rowCount: number; readonly cut?: string }> {
  const outcome = await exportResult(database, { sql, format, folder: folder() })
  if (!outcome.ok) throw new Error(outcome.failure.message)
  const { file } = outcome
  try {
    return { seen: await look(file.path), rowCount: file.rowCount, cut: file.cut }
  } finally {
    await file.remove()
  }
}

const text = (path: string) => readFile(path, 'utf8')
const all = 'SELECT * FROM things ORDER BY id'

describe('a file of a result', () => {
  it('is CSV with exact numbers, dates as dates, and no formula', async () => {
    const { seen, rowCount } = await withFile(duckdb, all, 'csv', text)
    expect(rowCount).toBe(5)
    expect(seen.split('\n')).toEqual([
      'id,price,big,sold,seen,ok,note',
      '1,12345678901234567.89,9007199254740993,2024-02-29,2024-02-29 12:30:00,true,plain',
      `2,0.5,-5,1899-12-31,,false,"'=HYPERLINK(""http://evil.example"")"`,
      '3,,,,,,',
      '4,-7,0,2024-03-01,2024-03-01 00:00:00,true,""',
      '5,1,1,2024-03-02,2024-03-02 00:00:00,true,"a,""b""',
      'c"',
      '',
    ])
  })

  it.each(['=1+1', '+cmd', '-2+3', '@SUM(A1)', '\t=1', '\r=1', '＝1', '-1e'])(
    'has no cell and no heading that a spreadsheet would work out, such as %j',
    async (cell) => {
      const sql = `SELECT '${cell}' AS "${cell}", '-5' AS "n", '+49 30 1' AS phone`
      const { seen } = await withFile(duckdb, sql, 'csv', text)
      const bare = seen.replaceAll('"', '')
      expect(bare).toBe(`'${cell},n,phone\n'${cell},-5,'+49 30 1\n`)
    },
  )

  it('is Parquet with the types of the engine', async () => {
    const { seen } = await withFile(duckdb, all, 'parquet', firstAndThird)
    expect(seen).toEqual([
      ['1', '12345678901234567.89', '9007199254740993', '2024-02-29', 'DECIMAL(20,2)'],
      ['3', null, null, null, 'DECIMAL(20,2)'],
    ])
  })

  it('is Parquet with exact sums, however large', async () => {
    const sql = 'SELECT sum(n) AS s, sum(n) * 10000000000000000 AS t, NULL::HUGEINT AS u FROM many'
    const { seen } = await withFile(duckdb, sql, 'parquet', (path) =>
      rowsOfParquet(`SELECT s::VARCHAR, typeof(s), t::VARCHAR, typeof(t) FROM '${path}'`),
    )
    expect(seen).toEqual([['449985000', 'BIGINT', '4499850000000000000000000', 'DECIMAL(38,0)']])
  })

  it('is JSON with an object for each row', async () => {
    const { seen } = await withFile(duckdb, all, 'json', text)
    const objects = JSON.parse(seen)
    expect(objects).toHaveLength(5)
    expect(objects[0]).toEqual({
      id: 1,
      price: '12345678901234567.89',
      big: '9007199254740993',
      sold: '2024-02-29',
      seen: '2024-02-29 12:30:00',
      ok: true,
      note: 'plain',
    })
    expect(objects[2]).toMatchObject({ id: 3, price: null, note: null })
  })

  it('is a workbook with numbers, dates, and texts that are no formulas', async () => {
    const { seen } = await withFile(duckdb, all, 'xlsx', sheetOf)
    expect(seen[0]).toEqual(['id', 'price', 'big', 'sold', 'seen', 'ok', 'note'])
    expect(seen[1]?.slice(0, 3)).toEqual([1, '12345678901234567.89', '9007199254740993'])
    expect(seen[1]?.[3]).toEqual(new Date('2024-02-29T00:00:00Z'))
    // A time of day is a fraction of a day there.
    const time = Math.round(Number(seen[1]?.[4]) / 1_000) * 1_000
    expect(new Date(time)).toEqual(new Date('2024-02-29T12:30:00Z'))
    expect(seen[2]).toEqual([
      ...[2, 0.5, -5, '1899-12-31', null, false],
      '=HYPERLINK("http://evil.example")',
    ])
  })

  it('has all rows, and each of two columns of one name', async () => {
    const sql = 'SELECT n, n, n AS "N" FROM many ORDER BY n DESC'
    const { seen, rowCount, cut } = await withFile(duckdb, sql, 'csv', text)
    expect([rowCount, cut]).toEqual([30_000, undefined])
    const lines = seen.trim().split('\n')
    expect(lines).toHaveLength(30_001)
    expect(lines.slice(0, 2)).toEqual(['n,n_2,N_3', '29999,29999,29999'])
  })

  it.each<ExportFormat>(['csv', 'parquet', 'xlsx', 'json'])(
    'may be empty, as %s',
    async (format) => {
      const sql = 'SELECT id, note FROM things WHERE id > 99'
      const { rowCount } = await withFile(duckdb, sql, format, async () => undefined)
      expect(rowCount).toBe(0)
    },
  )

  it('is made of SQLite too', async () => {
    const csv = await withFile(sqlite, all, 'csv', text)
    expect(csv.seen).toBe(
      "id,price,big,sold,seen,ok,note\n1,0.5,9007199254740993,2024-02-29,2024-02-29 12:30:00,true,'@SUM(A1)\n2,,-5,2024-03-01,,false,x\n",
    )
    const parquet = await withFile(sqlite, all, 'parquet', firstAndThird)
    expect(parquet.seen[0]?.slice(0, 4)).toEqual([
      ...['1', '0.5', '9007199254740993', '2024-02-29'],
    ])
  })

  it('is cut where the limits say, and says so', async () => {
    const { maxBytes } = exportLimits.xlsx
    const sql = `SELECT repeat('x', 30000) AS x FROM many LIMIT ${Math.ceil(maxBytes / 30_000) + 50}`
    const { rowCount, cut } = await withFile(duckdb, sql, 'xlsx', async () => undefined)
    expect(cut).toBe('bytes')
    expect(rowCount).toBe(Math.floor(maxBytes / 30_000))
  })

  it.each([
    ['DROP TABLE things', 'sql_refused'],
    ["SELECT * FROM read_csv('/etc/passwd')", 'sql_refused'],
    ["COPY things TO '/tmp/x.csv'", 'sql_refused'],
    ['SELECT nothing FROM things', 'sql_invalid'],
  ])('is not made of "%s", and nothing is left behind', async (sql, code) => {
    const outcome = await exportResult(duckdb, { sql, format: 'csv', folder: folder() })
    expect(outcome).toMatchObject({ ok: false, failure: { code } })
    expect(await readdir(folder())).toEqual([])
  })

  it('is given up when nobody wants it any more, and nothing is left behind', async () => {
    const sql = 'SELECT a.n FROM many a, many b, many c ORDER BY a.n * b.n % (c.n + 1)'
    const signal = AbortSignal.timeout(700)
    const outcome = await exportResult(duckdb, { sql, format: 'csv', folder: folder(), signal })
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'cancelled' } })
    expect(await readdir(folder())).toEqual([])
  })
})

const folder = () => join(home.path, 'exports')

async function sheetOf(path: string): Promise<readonly (readonly unknown[])[]> {
  const [sheet] = await readWorkbook(path)
  return sheet?.data ?? []
}

/** Two rows of a Parquet file's first columns, with the type of the second. */
function firstAndThird(path: string): Promise<(string | null)[][]> {
  return rowsOfParquet(
    `SELECT id::VARCHAR, price::VARCHAR, big::VARCHAR, sold::VARCHAR, typeof(price) FROM '${path}' WHERE id IN (1, 3) ORDER BY id`,
  )
}

async function rowsOfParquet(sql: string): Promise<(string | null)[][]> {
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  const rows = (await connection.runAndReadAll(sql)).getRowsJson() as (string | null)[][]
  connection.closeSync()
  instance.closeSync()
  return rows
}
