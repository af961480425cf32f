/** `parley train rows`: what it makes of pairs that were generated, and of sets that are missing or laid out otherwise. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeDatabaseFile } from '../../data/duckdb/write-database-file.js'
import { parseSettings } from '../../data/generator/settings/read-settings.js'
import { readPairs } from '../../src/commands/train/read-pairs.js'
import { trainRows } from '../../src/commands/train/rows.js'
import { exitCodes } from '../../src/exit-codes.js'
import { generatePairs } from '../../src/generate-pairs.js'
import { recordingContext } from '../support/recording-context.js'
import { schoolTables } from '../support/school-tables.js'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-sets-'))
})

afterAll(() => rm(folder, { recursive: true }))

const newContext = () =>
  recordingContext({ PARLEY_HOME: folder, PARLEY_MODEL: join(folder, 'any.gguf') })

async function rowsOf(spider: string) {
  const context = newContext()
  const counts = { warehouses: '0', templates: '0', passes: '1', seed: '1' }
  const code = await trainRows({ spider, ...counts }, context)
  return { code, said: context.said.join('\n') }
}

async function generateSchool() {
  const source = join(folder, 'school.duckdb')
  await writeDatabaseFile(source, async (connection) => {
    for (const statement of schoolTables) await connection.run(statement)
  })
  const pairs = join(folder, 'generated')
  const phases = ['single_table', 'joins', 'schema_docs'].map(
    (name) => `{name: ${name}, count: 40}`,
  )
  const read = parseSettings(`output_dir: ${pairs}\nphases: [${phases.join(', ')}]`, 'school.yaml')
  if (!read.ok) throw new Error(read.problems.join(' '))
  await generatePairs({ settings: read.settings, source, home: folder })
  return { folder: pairs, source }
}

describe('parley train rows', () => {
  it('names the file of a set that is not there, and where to look up the layout', async () => {
    const { code, said } = await rowsOf(join(folder, 'nowhere'))
    expect(code).toBe(exitCodes.failed)
    expect(said).toContain(join(folder, 'nowhere', 'dev.json'))
    expect(said).toContain('parley data download')
  })

  it.each([
    ['no JSON', 'rubbish'],
    ['JSON of another shape', '[{"question": "Which?"}]'],
  ])('says that a file is laid out in another way: %s', async (_, text) => {
    await writeFile(join(folder, 'dev.json'), text)
    const { code, said } = await rowsOf(folder)
    expect(code).toBe(exitCodes.failed)
    expect(said).toMatch(/another layout .*parley data download/s)
  })
})

describe('pairs that were generated', () => {
  it('are trained on and validated on as they were parted, each checked again', async () => {
    const read = await readPairs(await generateSchool(), newContext())
    if (!read.ok) throw new Error(read.message)
    const { training, validation, rejected } = read
    expect(training.questions.length).toBeGreaterThan(40)
    expect(validation.questions.length).toBeGreaterThan(5)
    const asked = training.questions.length + validation.questions.length
    expect(rejected.length).toBeLessThan(asked * 0.1)
    const ids = new Set(training.questions.map(({ id }) => id))
    expect(validation.questions.filter(({ id }) => ids.has(id))).toEqual([])
    expect(training.questions.every(({ joinFree }) => !/ join /i.test(joinFree))).toBe(true)
  }, 120_000)

  it('that are not there are asked for by the command that writes them', async () => {
    const place = { folder: join(folder, 'none'), source: 'demo:retail' }
    expect(await readPairs(place, newContext())).toMatchObject({
      ok: false,
      message: expect.stringMatching(/none.train\.jsonl.*parley generate/),
    })
  })

  it('say nothing without the database that they are about', async () => {
    const counts = { warehouses: '0', templates: '0', passes: '1', seed: '1' }
    const context = newContext()
    expect(await trainRows({ pairs: folder, ...counts }, context)).toBe(exitCodes.usage)
    expect(context.said.join()).toContain('--source')
  })
})
