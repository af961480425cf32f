/** `parley generate` and `generatePairs` on files of both engines. */
import { writeFileSync } from 'node:fs'
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeDatabaseFile } from '../../../data/duckdb/write-database-file.js'
import type { Pair } from '../../../data/generator/pair.js'
import { parseSettings } from '../../../data/generator/settings/read-settings.js'
import { normalisedQuestion, normalisedSql } from '../../../data/generator/sql-shape.js'
import { openSource } from '../../../data/sources/open-source.js'
import { generate } from '../../../src/commands/generate.js'
import { generatePairs } from '../../../src/generate-pairs.js'
import { openDatabase } from '../../../src/open-database.js'
import { recordingContext } from '../../support/recording-context.js'
import { schoolTables } from '../../support/school-tables.js'
import { writeSqliteFile } from '../../support/sqlite-file.js'

let folder: string
let school: string
let schoolInSqlite: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-generate-'))
  school = join(folder, 'school.duckdb')
  schoolInSqlite = join(folder, 'school.sqlite')
  await writeDatabaseFile(school, async (connection) => {
    for (const statement of schoolTables) await connection.run(statement)
  })
  writeSqliteFile(schoolInSqlite, schoolTables)
})
afterAll(() => rm(folder, { recursive: true }))

function settingsOf(out: string, phases: readonly string[], more = '') {
  const list = phases.map((name) => `  - name: ${name}\n    count: 40\n`).join('')
  const read = parseSettings(`output_dir: ${join(folder, out)}\n${more}phases:\n${list}`, 'test')
  if (!read.ok) throw new Error(read.problems.join(' '))
  return read.settings
}

const everyPhase = ['builtins', 'single_table', 'joins', 'complex_sqls']
const schemaPhases = ['schema_docs', 'schema_relationship']

async function readPairs(path: string): Promise<Pair[]> {
  const text = await readFile(path, 'utf8')
  return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]))
}

async function generateAll(source: string, out: string, phases = everyPhase, more = '') {
  const generated = await generatePairs({
    settings: settingsOf(out, phases, more),
    source,
    home: join(folder, 'home'),
  })
  if (!generated.ok) throw new Error(generated.message)
  const pairs = await Promise.all(generated.phases.map(({ path }) => readPairs(path)))
  return { ...generated, pairs: pairs.flat() }
}

const known = new Map<string, ReturnType<typeof generateAll>>()

/** What several tests look at, and none changes; in a folder named after it. */
function generatedOnce(source: string, out: string, phases = everyPhase) {
  const generated = known.get(out) ?? generateAll(source, out, phases)
  known.set(out, generated)
  return generated
}

describe.each([
  ['DuckDB', () => school],
  ['SQLite', () => schoolInSqlite],
])('pairs on a %s file', (engine, path) => {
  let pairs: readonly Pair[]
  beforeAll(async () => {
    pairs = (await generatedOnce(path(), `all-${engine}`)).pairs
  }, 120_000)

  it('are as many as were wanted, in every phase', () => {
    for (const phase of everyPhase) {
      expect(pairs.filter((pair) => pair.phase === phase)).toHaveLength(40)
    }
  })

  it('all bind and run', async () => {
    const opened = await openSource(path(), join(folder, 'home'))
    if (!opened.ok) throw new Error(opened.failure.message)
    const database = await openDatabase(opened.source)
    for (const { sql = '' } of pairs) expect(await database.explain(sql), sql).toBeUndefined()
    await database.close()
  })

  it('repeat no question and no SQL within a phase', () => {
    for (const phase of everyPhase) {
      const own = pairs.filter((pair) => pair.phase === phase)
      expect(new Set(own.map(({ sql = '' }) => normalisedSql(sql))).size).toBe(own.length)
      expect(new Set(own.map(({ question }) => normalisedQuestion(question))).size).toBe(own.length)
    }
  })

  it('use many templates, and joins where they are asked for', () => {
    expect(new Set(pairs.map(({ template }) => template)).size).toBeGreaterThan(60)
    const joined = pairs.filter(({ phase }) => phase === 'joins')
    expect(joined.filter(({ tables }) => tables.length < 2)).toEqual([])
    const single = pairs.filter(({ phase }) => phase === 'builtins' || phase === 'single_table')
    expect(single.filter(({ tables }) => tables.length > 1)).toEqual([])
  })
})

describe('questions about the schema', () => {
  let pairs: readonly Pair[]
  beforeAll(async () => {
    pairs = (await generateAll(school, 'schema', schemaPhases)).pairs
  }, 60_000)

  it('are answered in words that name what they are about', () => {
    const docs = pairs.filter(({ phase }) => phase === 'schema_docs')
    expect(docs).toHaveLength(40)
    for (const { answer = '', tables } of docs) {
      expect(
        tables.filter((table) => !answer.includes(table)),
        answer,
      ).toEqual([])
    }
  })

  it('say of keys whether they are declared, and by what they were found', () => {
    const all = pairs.filter(({ phase }) => phase === 'schema_relationship')
    const reasons = all.filter(({ answer = '' }) => answer.includes('it is inferred: '))
    expect(reasons.length).toBeGreaterThan(5)
    expect(all.filter(({ answer = '' }) => answer.includes('declares this key'))).toEqual([])
  })

  it('have SQL that binds where they ask for rows', async () => {
    const opened = await openSource(school, join(folder, 'home'))
    if (!opened.ok) throw new Error(opened.failure.message)
    const database = await openDatabase(opened.source)
    const asked = pairs.flatMap(({ sql }) => sql ?? [])
    expect(asked.length).toBeGreaterThan(0)
    for (const sql of asked) expect(await database.explain(sql), sql).toBeUndefined()
    await database.close()
  })

  it('tell no stored value where they may not', async () => {
    const path = join(folder, 'secrets.sqlite')
    writeSqliteFile(path, [
      'CREATE TABLE people (person_id INTEGER, name TEXT, city TEXT, salary INTEGER)',
      "INSERT INTO people VALUES (1, 'Zora Quill', 'Ulmdorf', 77123), (2, 'Yann Prask', 'Osthal', 31987)",
    ])
    const settings = settingsOf('secrets', ['schema_docs', 'single_table'])
    const phases = settings.phases.map((phase) => ({ ...phase, use_sample_rows: false }))
    const home = join(folder, 'home')
    const generated = await generatePairs({ settings: { ...settings, phases }, source: path, home })
    const texts = await Promise.all(generated.phases.map(({ path }) => readFile(path, 'utf8')))
    expect(texts.join('').length).toBeGreaterThan(1_000)
    expect(texts.join('')).not.toMatch(/Zora|Quill|Yann|Prask|Ulmdorf|Osthal|77123|31987/)
  })
})

describe('generating', () => {
  it('writes the same lines for the same seed, and others for another', async () => {
    const [first, again, other] = [
      await generatedOnce(school, 'joins', ['joins']),
      await generateAll(school, 'again', ['joins']),
      await generateAll(school, 'other', ['joins'], 'seed: 2\n'),
    ]
    expect(again.pairs).toEqual(first.pairs)
    const known = new Set(first.pairs.map(({ question }) => question))
    expect(other.pairs.filter(({ question }) => known.has(question)).length).toBeLessThan(10)
  }, 60_000)

  it('keeps no more empty results than it may', async () => {
    const none = await generateAll(school, 'none', ['joins'], 'keep_empty_share: 0\n')
    expect(none.pairs.filter(({ metadata }) => metadata.empty)).toEqual([])
    const some = await generateAll(school, 'some', ['joins'], 'keep_empty_share: 0.2\n')
    const empty = some.pairs.filter(({ metadata }) => metadata.empty).length
    expect(empty).toBeGreaterThan(0)
    expect(empty).toBeLessThanOrEqual(8)
  }, 60_000)

  it('says why nothing is asked of tables without rows and without keys', async () => {
    const path = join(folder, 'bare.sqlite')
    writeSqliteFile(path, ['CREATE TABLE visits (visit_id INTEGER, amount INTEGER)'])
    const { phases, pairs } = await generateAll(path, 'bare', ['joins'])
    expect(pairs).toEqual([])
    expect(phases[0]?.notes).toEqual([
      'visits has no rows, so nothing is asked about it.',
      'No table points at another, so nothing can be joined.',
    ])
  })

  it('does not overwrite what was written', async () => {
    await generatedOnce(school, 'joins', ['joins'])
    const again = await generatePairs({
      settings: settingsOf('joins', ['joins']),
      source: school,
      home: join(folder, 'home'),
    })
    expect(again).toMatchObject({ ok: false, message: expect.stringContaining('--run-version') })
    expect(await readPairs(join(folder, 'joins/joins.jsonl'))).toHaveLength(40)
  })

  it('leaves whole lines when it is stopped', async () => {
    const stopping = new AbortController()
    const generated = await generatePairs({
      settings: settingsOf('stopped', ['joins']),
      source: school,
      home: join(folder, 'home'),
      signal: stopping.signal,
      onProgress: (step, done) => {
        if (step === 'Generating joins' && done === 12) stopping.abort()
      },
    })
    expect(generated).toMatchObject({ ok: true })
    const pairs = await readPairs(join(folder, 'stopped/joins.jsonl'))
    expect(pairs.length).toBeGreaterThanOrEqual(12)
    expect(pairs.length).toBeLessThan(40)
  })

  it('goes on after a kill in the middle of a line, and comes to the same file', async () => {
    const whole = await generatedOnce(school, 'joins', ['joins'])
    const lines = whole.pairs.map((pair) => JSON.stringify(pair))
    const path = join(folder, 'broken/joins.jsonl')
    await mkdir(join(folder, 'broken'))
    await writeFile(path, `${lines.slice(0, 15).join('\n')}\n${lines[15]?.slice(0, 30)}`)
    const settings = settingsOf('broken', ['joins'])
    const home = join(folder, 'home')
    const generated = await generatePairs({ settings, source: school, home, resume: true })
    expect(generated.phases).toMatchObject([{ written: 40, earlier: 15 }])
    expect(await readPairs(path)).toEqual(whole.pairs)
  })

  it('says so when the database goes away, and keeps what was written', async () => {
    const path = join(folder, 'leaving.sqlite')
    await copyFile(schoolInSqlite, path)
    const generated = await generatePairs({
      settings: settingsOf('leaving', ['joins']),
      source: path,
      home: join(folder, 'home'),
      onProgress: (step, done) => {
        if (step === 'Generating joins' && done === 5) writeFileSync(path, 'no database any more')
      },
    })
    expect(generated).toMatchObject({
      ok: false,
      message: expect.stringContaining('The database cannot be read any more'),
    })
    const pairs = await readPairs(join(folder, 'leaving/joins.jsonl'))
    expect(pairs.length).toBeGreaterThanOrEqual(5)
    expect(pairs.length).toBeLessThan(40)
  }, 60_000)

  it('parts a phase into shards that repeat nothing', async () => {
    const home = join(folder, 'home')
    const pairs: Pair[] = []
    for (const index of [1, 2, 3]) {
      const settings = settingsOf('shards', ['single_table'])
      const shard = { index, of: 3 }
      const generated = await generatePairs({ settings, source: school, home, shard })
      for (const { path } of generated.phases) pairs.push(...(await readPairs(path)))
    }
    expect(pairs).toHaveLength(40)
    expect(new Set(pairs.map(({ sql = '' }) => normalisedSql(sql))).size).toBe(40)
    expect(new Set(pairs.map(({ question }) => normalisedQuestion(question))).size).toBe(40)
  }, 60_000)

  it('parts what it wrote so that no template and no skeleton is in both parts', async () => {
    const { split } = await generatedOnce(school, 'all-DuckDB')
    const [train, validation] = await Promise.all((split?.paths ?? []).map(readPairs))
    expect((train?.length ?? 0) + (validation?.length ?? 0)).toBeGreaterThan(100)
    for (const key of ['template', 'skeleton'] as const) {
      const known = new Set(train?.map((pair) => pair[key]))
      expect(validation?.filter((pair) => known.has(pair[key]))).toEqual([])
    }
  }, 60_000)

  it('keeps a log of each run, with why drafts were left out', async () => {
    await generatedOnce(school, 'joins', ['joins'])
    const [name = ''] = (await readdir(join(folder, 'joins/logs'))).sort()
    expect(name).toMatch(/^run-.*\.log$/)
    const text = await readFile(join(folder, 'joins/logs', name), 'utf8')
    const events = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(events.map(({ event }) => event)).toEqual(
      expect.arrayContaining(['run_started', 'phase_started', 'phase_ended', 'run_ended']),
    )
    const rejected = events.filter(({ event }) => event === 'draft_rejected')
    expect(rejected.length).toBeGreaterThan(0)
    expect(rejected.every(({ reason, question }) => reason && question)).toBe(true)
  })
})

describe('parley generate', () => {
  const context = () => recordingContext({ PARLEY_HOME: join(folder, 'home') })
  const config = () => join(folder, 'config.yaml')
  const write = (text: string) => writeFile(config(), text)

  it('writes one phase alone with a suffix, and reports it', async () => {
    const out = join(folder, 'command')
    await write(
      `output_dir: ${out}\nphases:\n  - {name: joins, count: 5}\n  - {name: builtins, count: 5}\n`,
    )
    const used = context()
    const options = { config: config(), source: school, phase: 'builtins', runVersion: 'v2' }
    expect(await generate({ ...options, json: true }, used)).toBe(0)
    expect(JSON.parse(used.printed.join())).toMatchObject({
      stopped: false,
      phases: [{ phase: 'builtins', written: 5, path: join(out, 'builtins-v2.jsonl') }],
    })
    const [pair] = await readPairs(join(out, 'builtins-v2.jsonl'))
    expect(pair).toMatchObject({ database: 'school', metadata: { version: 'v2' } })
  })

  it.each([
    [{}, 'Use: parley generate'],
    [{ phase: 'everything' }, 'There is no phase everything. The phases are builtins,'],
    [{ phase: 'complex_sqls' }, 'does not configure the phase complex_sqls'],
    [{ runVersion: '../x' }, '--run-version takes letters'],
    [{ shard: '3/2' }, '--shard takes its number'],
  ])('refuses %j', async (options, message) => {
    await write('phases:\n  - {name: joins, count: 5}\n')
    const used = context()
    const named = Object.keys(options).length > 0 ? { config: config() } : {}
    expect(await generate({ ...named, ...options }, used)).toBe(2)
    expect(used.said.join()).toContain(message)
  })

  it('names the line of a wrong field', async () => {
    await write('phases:\n  - {name: joins, count: none}\n')
    const used = context()
    expect(await generate({ config: config() }, used)).toBe(2)
    expect(used.said.join()).toContain('config.yaml, line 2, phases.0.count: ')
  })

  it('fails on a source that is not there and on a folder that cannot be written', async () => {
    const phases = 'phases:\n  - {name: joins, count: 5}\n'
    await write(`output_dir: ${join(folder, 'missing')}\n${phases}`)
    const missing = context()
    const source = join(folder, 'none.duckdb')
    expect(await generate({ config: config(), source }, missing)).toBe(1)
    expect(missing.said.join()).toContain('none.duckdb')
    await write(`output_dir: ${join(config(), 'inside-a-file')}\n${phases}`)
    const unwritable = context()
    expect(await generate({ config: config(), source: school }, unwritable)).toBe(1)
    expect(unwritable.said.join()).toContain('cannot be written')
  })
})
