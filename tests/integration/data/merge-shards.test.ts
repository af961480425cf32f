/** `parley generate --merge`: what several machines wrote becomes one set of files, parted once. */
import { appendFile, copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeDatabaseFile } from '../../../data/duckdb/write-database-file.js'
import type { Pair } from '../../../data/generator/pair.js'
import { normalisedQuestion, normalisedSql } from '../../../data/generator/sql-shape.js'
import { generate } from '../../../src/commands/generate.js'
import { mergeGenerated } from '../../../src/commands/merge-generated.js'
import { recordingContext } from '../../support/recording-context.js'
import { schoolTables } from '../../support/school-tables.js'

const phases = ['single_table', 'joins'] as const
const machines = [1, 2, 3]
const count = 60

let folder: string
let school: string
const at = (...path: string[]) => join(folder, ...path)
const context = () => recordingContext({ PARLEY_HOME: at('home') })

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-merge-'))
  school = at('school.duckdb')
  await writeDatabaseFile(school, async (connection) => {
    for (const statement of schoolTables) await connection.run(statement)
  })
  for (const index of machines) {
    const config = await configOf(`machine-${index}`)
    const options = { config, source: school, shard: `${index}/${machines.length}` }
    expect(await generate(options, context())).toBe(0)
  }
}, 120_000)

afterAll(() => rm(folder, { recursive: true }))

/** The same settings for every machine but for the folder. */
async function configOf(out: string, seed = 1): Promise<string> {
  const path = at(`${out}.yaml`)
  const list = phases.map((name) => `  - {name: ${name}, count: ${count}}\n`).join('')
  await writeFile(path, `output_dir: ${at(out)}\nseed: ${seed}\nphases:\n${list}`)
  return path
}

async function readPairs(path: string): Promise<Pair[]> {
  const text = await readFile(path, 'utf8')
  return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]))
}

const all = () => machines.map((index) => at(`machine-${index}`))
const shardFile = (phase: string, index: number) => `${phase}-shard-${index}-of-3.jsonl`

/** Copies of the machines' folders, to be spoiled. */
async function copies(name: string): Promise<string> {
  await mkdir(at(name))
  for (const index of machines) {
    for (const phase of phases) {
      const file = shardFile(phase, index)
      await copyFile(at(`machine-${index}`, file), at(name, file))
    }
  }
  return at(name)
}

async function merge(out: string, folders: readonly string[], more = {}) {
  const used = context()
  const code = await mergeGenerated(
    { config: await configOf(out), merge: folders, json: true, ...more },
    used,
  )
  return { code, said: used.said.join('\n'), printed: used.printed.join() }
}

describe('merged shards', { timeout: 60_000 }, () => {
  it('are whole phases without repeats, in the order of their drafts', async () => {
    const { code, printed } = await merge('whole', all())
    expect(code).toBe(0)
    expect(JSON.parse(printed)).toMatchObject({
      phases: phases.map((phase) => ({ phase, shards: 3, written: count, repeated: 0, notes: [] })),
    })
    for (const phase of phases) {
      const pairs = await readPairs(at('whole', `${phase}.jsonl`))
      expect(pairs).toHaveLength(count)
      expect(new Set(pairs.map(({ sql = '' }) => normalisedSql(sql))).size).toBe(count)
      expect(new Set(pairs.map(({ question }) => normalisedQuestion(question))).size).toBe(count)
      const drafts = pairs.map(({ metadata }) => metadata.draft)
      expect(drafts).toEqual([...drafts].sort((one, other) => one - other))
    }
  })

  it('are parted once: no template and no skeleton of any shard is in both parts', async () => {
    const train = await readPairs(at('whole', 'train.jsonl'))
    const validation = await readPairs(at('whole', 'validation.jsonl'))
    expect(train.length).toBeGreaterThan(validation.length)
    expect(validation.length).toBeGreaterThan(5)
    for (const key of ['template', 'skeleton'] as const) {
      const known = new Set(train.map((pair) => pair[key]))
      expect(validation.filter((pair) => known.has(pair[key]))).toEqual([])
    }
  })

  it('come out the same when they are merged again, in another order', async () => {
    const before = await readFile(at('whole', 'train.jsonl'), 'utf8')
    expect((await merge('whole', [...all(), ...all()].reverse())).code).toBe(0)
    expect(await readFile(at('whole', 'train.jsonl'), 'utf8')).toBe(before)
  })

  it('can be gone on with as if one machine had written them', async () => {
    const config = await configOf('whole')
    const used = context()
    expect(await generate({ config, source: school, resume: true, json: true }, used)).toBe(0)
    expect(JSON.parse(used.printed.join())).toMatchObject({
      phases: phases.map((phase) => ({ phase, earlier: count, written: count })),
    })
  })

  it('of which two share a pair hold it once', async () => {
    const folder = await copies('shared')
    const [pair] = await readPairs(join(folder, shardFile('joins', 1)))
    await appendFile(join(folder, shardFile('joins', 2)), `${JSON.stringify(pair)}\n`)
    const { printed } = await merge('shared-whole', [folder])
    expect(JSON.parse(printed).phases[1]).toMatchObject({ written: count, repeated: 1 })
  })

  it('that came short are named', async () => {
    const folder = await copies('short')
    const path = join(folder, shardFile('joins', 2))
    const lines = (await readFile(path, 'utf8')).split('\n')
    await writeFile(path, `${lines.slice(0, 7).join('\n')}\n`)
    const { printed } = await merge('short-whole', [folder])
    expect(JSON.parse(printed).phases[1].notes).toEqual([`${path} has 7 of 20.`])
  })
})

describe('shards that cannot be merged', { timeout: 60_000 }, () => {
  it('because some are missing are all named, and nothing is written', async () => {
    const { code, said } = await merge('missing', [at('machine-1'), at('machine-3')])
    expect(code).toBe(1)
    for (const phase of phases) expect(said).toContain(`${shardFile(phase, 2)} is in none of`)
    await expect(readFile(at('missing', 'joins.jsonl'))).rejects.toThrow()
  })

  it('because a phase has none are told', async () => {
    await mkdir(at('empty'))
    const { code, said } = await merge('none', [at('empty')])
    expect([code, said]).toEqual([1, expect.stringContaining('No shard of joins is in')])
  })

  it.each([
    ['end in the middle of a line', '{"id": "cut', 'ends in the middle of a line'],
    ['hold what is no pair', '{"id": "other"}\n', 'line 21 is no pair'],
  ])('because they %s say where', async (why, line, message) => {
    const folder = await copies(why)
    await appendFile(join(folder, shardFile('joins', 3)), line)
    const { code, said } = await merge(`${why} whole`, [folder])
    expect([code, said]).toEqual([1, expect.stringContaining(message)])
    expect(said).toContain(shardFile('joins', 3))
  })

  it('because two files of one shard differ name both', async () => {
    const folder = await copies('older')
    await writeFile(join(folder, shardFile('joins', 1)), '')
    const { code, said } = await merge('older-whole', [...all(), folder])
    expect([code, said]).toEqual([1, expect.stringContaining('differ: leave one of them out')])
  })

  it('because a phase was parted in two ways are told apart', async () => {
    const folder = await copies('ways')
    await writeFile(join(folder, 'joins-shard-1-of-2.jsonl'), '')
    const { code, said } = await merge('ways-whole', [folder])
    expect([code, said]).toEqual([1, expect.stringContaining('do not belong together')])
  })

  it('because they were written with another seed or of another database are refused', async () => {
    const folder = await copies('foreign')
    const path = join(folder, shardFile('joins', 1))
    const text = await readFile(path, 'utf8')
    await writeFile(path, text.replaceAll('"database":"school"', '"database":"pub"'))
    expect((await merge('foreign-whole', [folder])).said).toContain('are about pub and school')
    const used = context()
    const config = await configOf('seeded', 2)
    expect(await mergeGenerated({ config, merge: all() }, used)).toBe(1)
    expect(used.said.join()).toContain('another seed than 2')
  })

  it('because other pairs stand where they would go leave those alone', async () => {
    const config = await configOf('taken')
    expect(await generate({ config, source: school, phase: 'joins' }, context())).toBe(0)
    const before = await readFile(at('taken', 'joins.jsonl'), 'utf8')
    const { code, said } = await merge('taken', all())
    expect([code, said]).toEqual([1, expect.stringContaining('holds pairs that are in no shard')])
    expect(await readFile(at('taken', 'joins.jsonl'), 'utf8')).toBe(before)
  })

  it.each([
    ['a folder that is not there', ['no-such-folder'], {}, 'no-such-folder'],
    ['a shard to write', ['x'], { shard: '1/3' }, 'takes no source, --shard or --resume'],
    ['a version that is no name', ['x'], { runVersion: '../x' }, '--run-version takes letters'],
  ])('because of %s say so', async (_, folders, more, message) => {
    const { code, said } = await merge('refused', folders, more)
    expect(code).toBeGreaterThan(0)
    expect(said).toContain(message)
  })
})
