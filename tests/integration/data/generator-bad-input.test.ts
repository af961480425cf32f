/** What `parley generate` cannot use or loses on the way: a clear message, and whole lines for all that was written. */
import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { generatePhases } from '../../../data/generator/generate-phases.js'
import { parseSettings } from '../../../data/generator/settings/read-settings.js'
import { openSqliteDatabase } from '../../../data/sqlite/sqlite-database.js'
import { generate } from '../../../src/commands/generate.js'
import { generatePairs } from '../../../src/generate-pairs.js'
import { recordingContext } from '../../support/recording-context.js'
import { schoolTables } from '../../support/school-tables.js'
import { writeSqliteFile } from '../../support/sqlite-file.js'

let folder: string
let school: string
const at = (...path: string[]) => join(folder, ...path)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-bad-input-'))
  school = at('school.sqlite')
  writeSqliteFile(school, schoolTables)
})
afterAll(() => rm(folder, { recursive: true }))

const everyPhase = [
  'builtins',
  'schema_docs',
  'single_table',
  'joins',
  'complex_sqls',
  'schema_relationship',
  'sample_data',
]

function settingsOf(out: string, phases: readonly string[], more = '') {
  const list = phases.map((name) => `  - {name: ${name}, count: 30}\n`).join('')
  const read = parseSettings(`output_dir: ${at(out)}\n${more}phases:\n${list}`, 'test')
  if (!read.ok) throw new Error(read.problems.join(' '))
  return read.settings
}

async function command(text: string, more = {}) {
  const config = at('config.yaml')
  await writeFile(config, text)
  const context = recordingContext({ PARLEY_HOME: at('home') })
  const code = await generate({ config, source: school, ...more }, context)
  return { code, said: context.said.join('\n') }
}

/** To a program a limit on the size of its files is a disk that is full. */
async function withFilesUpTo<Result>(bytes: number, run: () => Promise<Result>): Promise<Result> {
  const limit = (size: number | string) =>
    execFileSync('prlimit', ['--pid', String(process.pid), `--fsize=${size}:`])
  const survive = () => {}
  process.on('SIGXFSZ', survive)
  limit(bytes)
  try {
    return await run()
  } finally {
    limit('unlimited')
    process.off('SIGXFSZ', survive)
  }
}

/** Every line of every file is JSON. */
async function linesIn(path: string): Promise<number> {
  const names = (await readdir(path)).filter((name) => name.endsWith('.jsonl'))
  const lines = names.flatMap((name) =>
    readFileSync(join(path, name), 'utf8').split('\n').slice(0, -1),
  )
  for (const line of lines) expect(() => JSON.parse(line)).not.toThrow()
  return lines.length
}

describe('a database', () => {
  it('whose tables have no rows gives no questions about rows, and says why', async () => {
    const source = at('empty.sqlite')
    writeSqliteFile(source, [
      'CREATE TABLE owners (owner_id INTEGER PRIMARY KEY, name TEXT)',
      'CREATE TABLE dogs (dog_id INTEGER PRIMARY KEY, owner_id INTEGER REFERENCES owners, born TEXT)',
    ])
    const settings = settingsOf('empty', everyPhase)
    const generated = await generatePairs({ settings, source, home: at('home') })
    expect(generated.ok).toBe(true)
    const asked = ['builtins', 'single_table', 'joins', 'complex_sqls', 'sample_data']
    for (const { phase, written, notes } of generated.phases) {
      if (!asked.includes(phase)) continue
      expect([phase, written, notes.join(' ')]).toEqual([
        phase,
        0,
        expect.stringContaining('dogs has no rows'),
      ])
    }
    expect(await linesIn(at('empty'))).toBeGreaterThanOrEqual(0)
  }, 60_000)

  it('that is gone when its tables are read is told, not thrown', async () => {
    const source = at('gone.sqlite')
    writeSqliteFile(source, schoolTables)
    const database = await openSqliteDatabase(source, { label: 'gone' })
    rmSync(source)
    const generated = await generatePhases({
      settings: settingsOf('gone', ['joins']),
      name: 'gone',
      database,
      log: { write: () => {} },
      signal: new AbortController().signal,
    })
    await database.close()
    expect(generated).toMatchObject({
      ok: false,
      message: expect.stringContaining('The tables cannot be read: '),
    })
  }, 60_000)
})

describe('an output folder', () => {
  it('that goes away in the middle is told', async () => {
    const generated = await generatePairs({
      settings: settingsOf('leaving', ['single_table']),
      source: school,
      home: at('home'),
      onProgress: (step, done) => {
        if (step === 'Generating single_table' && done === 5) {
          rmSync(at('leaving'), { recursive: true })
        }
      },
    })
    expect(generated).toMatchObject({
      ok: false,
      message: expect.stringContaining('single_table.jsonl cannot be written'),
    })
  }, 60_000)

  it.runIf(process.platform === 'linux')(
    'on a disk that fills up keeps whole lines, and --resume goes on with them',
    async () => {
      const making = { settings: settingsOf('full', ['single_table']), source: school }
      const run = (resume: boolean) => generatePairs({ ...making, home: at('home'), resume })
      const full = await withFilesUpTo(10_000, () => run(false))
      expect(full).toMatchObject({
        ok: false,
        message: expect.stringContaining('single_table.jsonl cannot be written: EFBIG'),
      })
      const kept = readFileSync(at('full', 'single_table.jsonl'), 'utf8')
      expect(kept.endsWith('\n')).toBe(true)
      expect(await linesIn(at('full'))).toBeLessThan(30)
      expect(await run(true)).toMatchObject({ ok: true })
      const whole = readFileSync(at('full', 'single_table.jsonl'), 'utf8')
      expect(whole.startsWith(kept)).toBe(true)
      expect(whole.split('\n')).toHaveLength(30 + 1)
    },
    60_000,
  )

  it('of one phase that cannot be written is named', async () => {
    await writeFile(at('file'), '')
    const { code, said } = await command(
      `output_dir: ${at('one')}\nphases:\n  - {name: joins, count: 5, dataset_output_dir: ${at('file', 'x')}}\n`,
    )
    expect([code, said]).toEqual([1, expect.stringContaining('joins.jsonl cannot be written')])
  }, 60_000)
})

describe('a file to go on with', () => {
  it('that holds a line which is no pair is left as it is, and the line named', async () => {
    await mkdir(at('spoiled'))
    const text = '{"id": "x"}\nnot JSON\n{"id": "y"}\n'
    await writeFile(at('spoiled', 'joins.jsonl'), text)
    const settings = settingsOf('spoiled', ['joins'])
    const generated = await generatePairs({
      settings,
      source: school,
      home: at('home'),
      resume: true,
    })
    expect(generated).toMatchObject({
      ok: false,
      message: expect.stringContaining('joins.jsonl, line 1 is no pair'),
    })
    expect(await readFile(at('spoiled', 'joins.jsonl'), 'utf8')).toBe(text)
  }, 60_000)
})

describe('a configuration', () => {
  it.each([
    ['- name: joins\n', 'line 1, the whole file: '],
    ['phases: joins\n', 'line 1, phases: '],
    ['seed: 1\nphases:\n  - joins\n', 'line 3, phases.0: '],
    ['phases:\n  - {name: joins, count: 5}\nphases: []\n', 'line 3: '],
    ['phases:\n\t- {name: joins, count: 5}\n', 'line 2: '],
    ['seed: one\nphases:\n  - {name: joins, count: 5}\n', 'line 1, seed: '],
    [
      'outputdir: x\nphases:\n  - {name: joins, count: 5}\n',
      'line 1, outputdir: There is no such field.',
    ],
    ['writer: poet\nphases:\n  - {name: joins, count: 5}\n', 'line 1, writer: '],
  ])('%j is refused with its line and field', async (text, problem) => {
    const { code, said } = await command(text)
    expect([code, said]).toEqual([2, expect.stringContaining(`config.yaml, ${problem}`)])
  })

  it('with a mark for a column that there is not is refused with the column', async () => {
    const { code, said } = await command(
      `output_dir: ${at('marks')}\nanonymise_columns: {students.nick: name}\nphases:\n  - {name: joins, count: 5}\n`,
    )
    expect([code, said]).toEqual([1, expect.stringContaining('students.nick')])
  }, 60_000)
})
