/** `parley data …` on a small copy of Spider. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SqliteRunner } from '../../../data/evaluation/sqlite/sqlite-runner.js'
import { databasePath } from '../../../data/training/spider/spider-files.js'
import { verifySpider } from '../../../data/training/spider/verify-spider.js'
import { dialect } from '../../../src/commands/data/dialect.js'
import { download } from '../../../src/commands/data/download.js'
import { instructions } from '../../../src/commands/data/instructions.js'
import { schemas } from '../../../src/commands/data/schemas.js'
import { splits } from '../../../src/commands/data/splits.js'
import { untilStopped } from '../../../src/commands/data/until-stopped.js'
import { verify } from '../../../src/commands/data/verify.js'
import { spiderFolder } from '../../support/datasets.js'
import { recordingContext } from '../../support/recording-context.js'
import { copyRows, cowQuestions, writeSpiderCopy } from '../../support/spider-copy.js'

let folder: string
let spider: string
const sqlite = new SqliteRunner()
const { signal } = new AbortController()

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-data-'))
  spider = join(folder, 'spider')
  await writeSpiderCopy(spider)
})

afterAll(async () => {
  await sqlite.close()
  await rm(folder, { recursive: true })
})

const context = () => recordingContext({ PARLEY_HOME: folder })

async function readLines(path: string): Promise<Record<string, unknown>[]> {
  const text = await readFile(path, 'utf8')
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
}

describe('verify', () => {
  it('finds nothing wrong with a whole copy, and hashes the same bytes to the same', async () => {
    const options = { signal, expectedRows: copyRows }
    const found = await verifySpider(spider, sqlite, options)
    expect(found).toMatchObject({ questions: 6, askable: 6, schemas: 3, databases: 3 })
    expect(found.problems).toEqual([])
    expect(await verifySpider(spider, sqlite, options)).toEqual(found)
  })

  it('names what is missing, damaged or of another layout, and fails', async () => {
    const broken = join(folder, 'broken')
    await writeSpiderCopy(broken)
    await rm(databasePath(broken, 'rivers'))
    await writeFile(databasePath(broken, 'concerts'), 'no database')
    await writeFile(join(broken, 'train_spider.json'), '[{"db_id": "farm",')
    await writeFile(join(broken, 'tables.json'), '[{"db_id": "farm"}]')
    const recorded = context()
    expect(await verify({ spider: broken, json: true }, recorded)).toBe(1)
    const { problems } = JSON.parse(recorded.printed.join(''))
    expect(problems[0]).toMatch(/^train_spider\.json is broken JSON/)
    expect(problems[1]).toMatch(/^tables\.json has another layout: 0\.table_names/)
    expect(problems).toContain('Databases are missing: rivers.')
    expect(problems).toContain('Databases are empty or damaged: concerts.')
    expect(problems).toContain('2 of 2 questions cannot be asked for want of a database.')
  })

  it('says what to do where there is no folder, or another number of questions than released', async () => {
    const absent = context()
    expect(await verify({ spider: join(folder, 'absent') }, absent)).toBe(1)
    const counted = context()
    expect(await verify({ spider }, counted)).toBe(1)
    expect(counted.said.join()).toContain('train_spider.json has 4 entries, the release 7000.')
    for (const { said } of [absent, counted]) expect(said.join()).toContain('parley data download')
  })
})

describe('download', () => {
  it('names the layout that verify reads', async () => {
    const recorded = context()
    expect(await download({ set: 'spider' }, recorded)).toBe(0)
    for (const name of Object.keys(copyRows)) expect(recorded.printed.join()).toContain(name)
  })

  it('knows no other sets', async () => {
    const recorded = context()
    expect(await download({ set: 'moon' }, recorded)).toBe(2)
    expect(recorded.said.join()).toContain('Known: spider')
  })
})

describe('schemas', () => {
  it('writes a file for each database and an index of them', async () => {
    const out = join(folder, 'schemas')
    expect(await schemas({ spider, out }, context())).toBe(0)
    expect((await readdir(out)).sort()).toEqual(
      ['concerts.json', 'farm.json', 'rivers.json', 'schema_index.json'].sort(),
    )
    const farm = JSON.parse(await readFile(join(out, 'farm.json'), 'utf8'))
    expect(farm.tables[1].columns[1]).toEqual({
      name: 'Farm_ID',
      words: 'farm id',
      type: 'number',
      primaryKey: false,
      references: { table: 'Farm', column: 'Farm_ID' },
    })
    const [first] = JSON.parse(await readFile(join(out, 'schema_index.json'), 'utf8'))
    expect(first).toEqual({
      database: 'farm',
      file: 'farm.json',
      tables: 2,
      columns: 4,
      foreignKeys: 1,
    })
  })

  it('says which file is missing', async () => {
    const recorded = context()
    expect(await schemas({ spider: folder, out: join(folder, 'none') }, recorded)).toBe(1)
    expect(recorded.said.join()).toContain('tables.json is missing.')
  })
})

describe('instructions', () => {
  it("ask as the local model is asked, in Gemma's turns, without the development databases", async () => {
    const out = join(folder, 'gemma.jsonl')
    expect(await instructions({ spider, out, format: 'gemma', split: 'train' }, context())).toBe(0)
    const rows = await readLines(out)
    expect(rows.map(({ database }) => database)).toEqual(['farm', 'farm', 'farm', 'farm', 'rivers'])
    const [{ text } = {}] = rows
    expect(text).toMatch(/^<start_of_turn>user\n.*\nsqlite\nfarm: farm_id int key/is)
    expect(text).toContain(
      `Question: ${cowQuestions[0][0]}\nSQL:<end_of_turn>\n<start_of_turn>model\n`,
    )
    expect(text).toMatch(/GROUP BY T1\.Farm_ID<end_of_turn>\n$/)
  })

  it('are messages for other models, and the development split on request', async () => {
    const out = join(folder, 'chat.jsonl')
    expect(await instructions({ spider, out, format: 'chat', split: 'dev' }, context())).toBe(0)
    const [row] = await readLines(out)
    expect(row?.messages).toMatchObject([
      { role: 'system' },
      { role: 'user', content: expect.stringContaining('Question: How many songs?') },
      { role: 'assistant', content: 'SELECT count(*) FROM song' },
    ])
  })

  it('end with one word when they are stopped, and leave no file', async () => {
    const recorded = recordingContext({ PARLEY_HOME: folder }, AbortSignal.abort())
    const out = join(folder, 'stopped.jsonl')
    const options = { spider, out, format: 'gemma', split: 'train' }
    expect(await untilStopped(instructions)(options, recorded)).toBe(1)
    expect(recorded.said).toEqual(['Stopped. Nothing was written.'])
    expect(await readdir(folder)).not.toContain('stopped.jsonl')
  })

  it('refuse a format that there is not', async () => {
    const recorded = context()
    const options = { spider, out: join(folder, 'x.jsonl'), format: 'xml', split: 'train' }
    expect(await instructions(options, recorded)).toBe(2)
    expect(recorded.said.join()).toContain('--format gemma|chat')
  })
})

describe('dialect, by our own tree', () => {
  it('keeps what gives the same on DuckDB, says why the rest fails, and instructions take it up', async () => {
    const out = join(folder, 'converted')
    const options = { spider, to: 'duckdb', out, split: 'train', converter: 'join-free' }
    expect(await dialect(options, context())).toBe(0)
    const kept = await readLines(join(out, 'duckdb-train.jsonl'))
    const failed = await readLines(join(out, 'duckdb-train-failures.jsonl'))
    const report = JSON.parse(await readFile(join(out, 'duckdb-train.json'), 'utf8'))
    expect(kept.length + failed.length).toBe(5)
    expect(report).toMatchObject({ questions: 5, equal: kept.length })
    expect(kept.map(({ question }) => question)).toContain(cowQuestions[1][0])
    for (const { verdict } of failed) expect(verdict).toMatch(/differs|refused|not_converted/)
    const lines = join(folder, 'duckdb.jsonl')
    const converted = join(out, 'duckdb-train.jsonl')
    await instructions(
      { spider, out: lines, format: 'gemma', split: 'train', converted },
      context(),
    )
    expect((await readLines(lines))[0]?.text).toContain('\nduckdb\n')
  })

  it('says how it is used, and which server does not answer', async () => {
    const out = join(folder, 'never')
    const base = { spider, out, split: 'train', converter: 'join-free' }
    expect(await dialect({ ...base, to: 'oracle' }, context())).toBe(2)
    const recorded = context()
    const postgres = 'postgres://nobody@127.0.0.1:1/none'
    expect(await dialect({ ...base, to: 'postgres', postgres }, recorded)).toBe(1)
    expect(recorded.said.join()).toMatch(/PostgreSQL cannot be used: .*ECONNREFUSED/)
  })
})

describe('splits', () => {
  const defaults = { shares: '90/5/5', seed: '1' }

  it('part a file of Spider by database, and leave out long SQL on request', async () => {
    const out = join(folder, 'splits')
    const file = join(folder, 'three.jsonl')
    const rows = ['a', 'a', 'b', 'c'].map((database) => ({ database, sql: 'SELECT 1' }))
    const long = { database: 'd', sql: 'SELECT 1 + 1 + 1 + 1' }
    await writeFile(file, [...rows, long].map((row) => JSON.stringify(row)).join('\n'))
    const recorded = context()
    const options = { ...defaults, file, out, maxWords: '3', json: true }
    expect(await splits(options, recorded)).toBe(0)
    const report = JSON.parse(recorded.printed.join(''))
    expect(report.leftOut).toBe(1)
    const databases = ['train', 'validation', 'test'].flatMap((name) => report[name].databases)
    expect(databases.sort()).toEqual(['a', 'b', 'c'])
    const train = await readLines(join(out, 'train.jsonl'))
    expect(train.length).toBe(report.train.questions)
    expect(
      await splits({ ...defaults, file: join(spider, 'train_spider.json'), out }, context()),
    ).toBe(0)
  })

  it('say which entry names no database, and which shares do not make 100', async () => {
    const file = join(folder, 'nameless.jsonl')
    await writeFile(file, '{"database": "a"}\n{"question": "what?"}\n')
    const recorded = context()
    expect(await splits({ ...defaults, file, out: folder }, recorded)).toBe(1)
    expect(recorded.said.join()).toContain('entry 2: It names no database')
    expect(await splits({ file, out: folder, shares: '90/5/6', seed: '1' }, context())).toBe(2)
  })
})

describe.skipIf(spiderFolder === undefined)('on the real Spider', () => {
  it('counts what the release counts', async () => {
    const found = await verifySpider(spiderFolder ?? '', sqlite, { signal })
    expect(found).toMatchObject({ questions: 9_693, schemas: 166, databases: 166 })
    expect(found.problems.join()).not.toContain('entries')
  })
})
