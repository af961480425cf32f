/** Converted SQL on the engines: the same rows under fitting types, and a verdict on every query. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DialectEngine } from '../../../data/dialects/dialect-engine.js'
import { openDuckDbTrial } from '../../../data/dialects/duckdb-trial.js'
import { judgeConversion } from '../../../data/dialects/judge-conversion.js'
import { findPostgres, startPostgres } from '../../../data/dialects/postgres-server.js'
import { openPostgresTrial } from '../../../data/dialects/postgres-trial.js'
import { readTypedTables } from '../../../data/dialects/read-typed-tables.js'
import { openSqlglotConverter } from '../../../data/dialects/sqlglot-converter.js'
import { tryConversions } from '../../../data/dialects/try-conversions.js'
import type { TypedTable } from '../../../data/dialects/typed-table.js'
import { readSpider } from '../../../data/evaluation/convert/spider-layout.js'
import { SqliteRunner } from '../../../data/evaluation/sqlite/sqlite-runner.js'
import { spiderFolder } from '../../support/datasets.js'
import { writeSpiderCopy } from '../../support/spider-copy.js'
import { sqlglotPython } from '../../support/sqlglot-python.js'
import { writeSqliteFile } from '../../support/sqlite-file.js'

const programs = await findPostgres()
if (programs === undefined) {
  if (process.env.CI) throw new Error('PostgreSQL is not installed: apt-get install postgresql')
  process.stderr.write('Tests on PostgreSQL are skipped: it is not installed.\n')
}

let folder: string
let loose: string
let tables: readonly TypedTable[]
const sqlite = new SqliteRunner()

/** Every kind of column, and of what SQLite lets into one. */
const statements = [
  `CREATE TABLE "Loose Ends" (id INTEGER PRIMARY KEY, whole INTEGER, share REAL, word TEXT, code TEXT, day DATE, moment DATETIME,
   mixed INTEGER, half TIMESTAMP, sold BOOLEAN, unused)`,
  ...Array.from(
    { length: 25 },
    (_, at) =>
      `INSERT INTO "Loose Ends" VALUES (${at}, ${at * 3}, ${at}.0, 'Word ${at}', '${100 + at}', '2020-01-${10 + (at % 15)}',
       '2020-01-10 08:00:${10 + at}', ${at === 7 ? "'N/A'" : at}, '2020-01-10 08:00', ${at % 2}, NULL)`,
  ),
  `INSERT INTO "Loose Ends" (id, word) VALUES (99, 'Übel''s "quote"')`,
]

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-dialects-'))
  loose = join(folder, 'loose.sqlite')
  writeSqliteFile(loose, statements)
  tables = await readTypedTables(async (sql) => {
    const outcome = await sqlite.run({ path: loose, sql, maxRows: 1_000 })
    if (!outcome.ok) throw new Error(outcome.message)
    return outcome.rows
  })
})

afterAll(async () => {
  await sqlite.close()
  await rm(folder, { recursive: true })
})

describe('a table of SQLite, typed', () => {
  it('has the type of what is stored, and counts what that cannot hold', () => {
    const [{ columns = [], lostCells, rows = [] } = {}] = tables
    expect(Object.fromEntries(columns.map(({ name, kind }) => [name, kind]))).toEqual({
      id: 'integer',
      whole: 'integer',
      share: 'real',
      word: 'text',
      code: 'text',
      day: 'date',
      moment: 'timestamp',
      mixed: 'integer',
      half: 'text',
      sold: 'boolean',
      unused: 'text',
    })
    expect(lostCells).toEqual(new Map([['mixed', 1]]))
    expect(rows[7]?.[7]).toBeNull()
    expect(columns.find(({ name }) => name === 'code')).toMatchObject({
      numeric: true,
      affinity: 'text',
    })
    expect(columns.find(({ name }) => name === 'id')).toMatchObject({ unique: true, nulls: false })
  })
})

describe.each(['duckdb', 'postgres'] as const)('%s', (dialect) => {
  const isThere = dialect === 'duckdb' || programs !== undefined
  let engine: DialectEngine
  let stop = async () => {}

  beforeAll(async () => {
    if (!isThere) return
    if (dialect === 'duckdb') {
      engine = await openDuckDbTrial()
      return
    }
    const started = await startPostgres()
    if (!started.ok) throw new Error(started.message)
    stop = () => started.server.close()
    engine = await openPostgresTrial(started.server)
  })

  afterAll(async () => {
    await engine?.close()
    await stop()
  })

  const onSqlite = {
    run: (sql: string) => sqlite.run({ path: loose, sql, maxRows: 1_000 }),
  }
  const judge = async (original: string, sql: string, anyRow = false) => {
    await engine.load(tables)
    return judgeConversion(
      { sql: original, lostColumns: ['mixed'] },
      { ok: true, sql, anyRow },
      onSqlite,
      engine,
    )
  }

  it.runIf(isThere)('holds the same rows, but for the cells that were lost', async () => {
    const columns = 'id, whole, share, word, code, day, moment, half, sold, unused'
    const original = `SELECT ${columns} FROM "Loose Ends" ORDER BY id`
    const name = dialect === 'postgres' ? '"loose ends"' : '"Loose Ends"'
    expect(await judge(original, `SELECT ${columns} FROM ${name} ORDER BY id`)).toEqual({
      verdict: 'equal',
    })
    const lost = await judge(`SELECT mixed FROM "Loose Ends"`, `SELECT mixed FROM ${name}`)
    expect(lost).toEqual({ verdict: 'differs_lost_cells' })
  })

  it.runIf(isThere)('tells why a conversion is not the same', async () => {
    const name = dialect === 'postgres' ? '"loose ends"' : '"Loose Ends"'
    const one = `SELECT count(*) FROM "Loose Ends"`
    expect(await judge(one, `SELECT count(*) + 1 FROM ${name}`, true)).toEqual({
      verdict: 'differs_any_row',
    })
    expect(await judge(one, 'SELECT nothing_such')).toMatchObject({ verdict: 'refused' })
    expect(await judge('SELECT nothing_such', 'SELECT 1')).toMatchObject({
      verdict: 'original_fails',
    })
    const ties = `SELECT id FROM "Loose Ends" WHERE id < 25 ORDER BY sold`
    const turned = `SELECT id FROM ${name} WHERE id < 25 ORDER BY sold, id DESC`
    expect(await judge(ties, turned)).toEqual({ verdict: 'equal_but_ties' })
    const broken = { ok: false, message: 'no idea' } as const
    expect(await judgeConversion({ sql: one, lostColumns: [] }, broken, onSqlite, engine)).toEqual({
      verdict: 'not_converted',
      message: 'no idea',
    })
  })

  it.runIf(isThere && sqlglotPython)(
    'takes the queries of a small Spider, all with equal results',
    async () => {
      const spider = join(folder, `spider-${dialect}`)
      await writeSpiderCopy(spider)
      expect(await verdictsOf(spider, 10)).toEqual(Array(5).fill('equal'))
    },
  )

  it.runIf(isThere && sqlglotPython && spiderFolder)(
    'takes most queries of the real one',
    async () => {
      const verdicts = await verdictsOf(spiderFolder ?? '', 20)
      const equal = verdicts.filter((verdict) => verdict.startsWith('equal'))
      expect(equal.length).toBeGreaterThanOrEqual(19)
    },
  )

  async function verdictsOf(spider: string, count: number) {
    const read = await readSpider({ folder: spider, split: 'train', out: '' })
    if (!read.ok) throw new Error(read.message)
    const converter = openSqlglotConverter({ python: sqlglotPython ?? '', target: dialect })
    try {
      const { signal } = new AbortController()
      const parts = { sqlite, engine, converter, signal }
      const { items } = await tryConversions(read.questions.slice(0, count), parts)
      return items.map(({ verdict }) => verdict)
    } finally {
      await converter.close()
    }
  }
})

describe('a converter whose Python lacks sqlglot', () => {
  it('says so, and which Python it is', async () => {
    const converter = openSqlglotConverter({ python: join(folder, 'no-python'), target: 'duckdb' })
    const asked = converter.convert({ name: 'loose', path: loose, tables }, ['SELECT 1'])
    await expect(asked).rejects.toThrow(/no-python does not convert: .*ENOENT/)
    await converter.close()
  })
})
