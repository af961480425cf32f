/** `parley evaluate` as a whole: SQLite files with variants, asked by the rules, kept, gone on with and scored. */
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { evaluate } from '../../src/commands/evaluate.js'
import type { EvaluateOptions } from '../../src/commands/evaluation-settings.js'
import { readConfig } from '../../src/config.js'
import { writeSqliteFile } from '../support/sqlite-file.js'

let folder: string
const at = (name: string) => join(folder, name)

const pets = [
  ['Rex', 'dog', 12],
  ['Mia', 'cat', 4],
  ['Bo', 'dog', 9],
] as const
const boats = [['Ida', 'ferry', 40]] as const

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-evaluate-'))
  await mkdir(at('variants/pets'), { recursive: true })
  writeTable('pets', pets, at('pets.sqlite'))
  writeTable('boats', boats, at('boats.sqlite'))
  writeTable('pets', pets, at('variants/pets/pets.sqlite'))
  writeTable('pets', [...pets, ['Lu', 'fish', 9]], at('variants/pets/more.sqlite'))
  await writeFile(at('questions.jsonl'), lines(questions))
  await writeFile(at('predictions.txt'), `${predictions.join('\n')}\n`)
})

afterAll(() => rm(folder, { recursive: true }))

function writeTable(name: string, rows: readonly (readonly unknown[])[], path: string): void {
  writeSqliteFile(path, [
    `CREATE TABLE ${name} (name TEXT, kind TEXT, weight REAL)`,
    ...rows.map(
      ([one, kind, weight]) => `INSERT INTO ${name} VALUES ('${one}', '${kind}', ${weight})`,
    ),
  ])
}

const lines = (rows: readonly object[]) => rows.map((row) => JSON.stringify(row)).join('\n')

const questions = [
  {
    id: 'count',
    source: 'pets.sqlite',
    question: 'How many pets are there?',
    sql: 'SELECT count(*) FROM pets',
  },
  {
    id: 'boats',
    source: 'boats.sqlite',
    question: 'How many boats are there?',
    sql: 'SELECT count(*) FROM boats',
  },
  {
    id: 'dogs',
    source: 'pets.sqlite',
    question: 'List the names of dogs',
    sql: "SELECT name FROM pets WHERE kind = 'dog'",
  },
  {
    id: 'sky',
    source: 'pets.sqlite',
    question: 'What is the weather like in Oslo?',
    expects: 'refusal',
  },
]

/** The third is right on the database alone, the second does not run. */
const predictions = [
  'SELECT count(*) FROM pets\tpets',
  'SELECT count(*) FORM boats\tboats',
  'SELECT name FROM pets WHERE weight > 5\tpets',
  '-\tpets',
]

/** Runs the command; `stopAfter` presses Ctrl-C after so many questions. */
async function run(options: EvaluateOptions, stopAfter?: number) {
  const stopper = new AbortController()
  const printed: string[] = []
  const said: string[] = []
  const progress: [number, number][] = []
  const read = readConfig({
    PARLEY_HOME: at('home'),
    PARLEY_OFFLINE: '1',
    PARLEY_LOG_LEVEL: 'error',
  })
  if (!read.ok) throw new Error(read.problems.join(' '))
  const terminal = {
    print: (text: string) => void printed.push(text),
    say: (text: string) => void said.push(text),
    settle: () => {},
    onWeights: () => {},
    onProgress: (step: string, done: number, total: number) => {
      if (step === 'Asking') progress.push([done, total])
      if (done === stopAfter) stopper.abort()
    },
  }
  const context = { config: read.config, terminal, signal: stopper.signal }
  const code = await evaluate({ data: at('questions.jsonl'), ...options }, context)
  return { code, said: said.join('\n'), printed: printed.join('\n'), progress }
}

const reportAt = async (name: string) => JSON.parse(await readFile(at(name), 'utf8'))

it('asks the product on each database, several at once, and reports as JSON, page and predictions', async () => {
  const { code, printed, said, progress } = await run({
    generator: 'rules',
    workers: '2',
    variants: at('variants'),
    predictions: at('predicted.txt'),
    out: at('asked.json'),
    json: true,
  })
  expect(code).toBe(0)
  const report = await reportAt('asked.json')
  expect(JSON.parse(printed)).toEqual(report)
  expect(
    report.items.map(({ id, verdict }: { id: string; verdict: string }) => [id, verdict]),
  ).toEqual([
    ['count', 'right'],
    ['boats', 'right'],
    ['dogs', 'right'],
    ['sky', 'right'],
  ])
  expect(report).toMatchObject({
    generator: 'rules',
    rules: 'spider',
    spider: { right: 3, total: 3 },
    testSuite: { right: 2, total: 2 },
    validSql: { right: 3, total: 3 },
    falseAnswers: { right: 0, total: 1 },
    byHardness: { easy: { right: 3, total: 3 } },
    recall: { tables: { 1: { right: 3, total: 3 } } },
  })
  expect(progress.map(([done, total]) => `${done}/${total}`)).toEqual(['1/4', '2/4', '3/4', '4/4'])
  expect(said).toContain(`Report: ${at('asked.html')}`)
  expect(await readFile(at('asked.html'), 'utf8')).toContain('By database')
  expect(existsSync(at('home/conversations.sqlite'))).toBe(false)
  const written = (await readFile(at('predicted.txt'), 'utf8')).split('\n')
  expect(written.map((line) => line.split('\t')[1])).toEqual(['pets', 'boats', 'pets', undefined])
})

it('goes on after Ctrl-C where it stopped, and asks nothing twice', async () => {
  const options = { generator: 'rules', out: at('stopped.json') }
  const first = await run(options, 2)
  expect([first.code, first.said]).toEqual([
    1,
    expect.stringContaining('Stopped after 2; --resume goes on.'),
  ])
  const second = await run({ ...options, resume: true })
  expect(second.said).toContain('2 verdicts of')
  expect(second.progress).toEqual([
    [3, 4],
    [4, 4],
  ])
  expect((await reportAt('stopped.json')).total).toBe(4)
  const fresh = await run({ ...options, resume: true, rules: 'bird' })
  expect(fresh.progress).toHaveLength(4)
})

it('scores a file of predictions, by the variants too, and names what does not run', async () => {
  const { code, printed } = await run({
    score: at('predictions.txt'),
    variants: at('variants'),
    out: at('scored.json'),
  })
  expect(code).toBe(0)
  expect(await reportAt('scored.json')).toMatchObject({
    spider: { right: 2, total: 3 },
    testSuite: { right: 1, total: 2 },
    validSql: { right: 2, total: 3 },
    errorKinds: { execution_error: { right: 1, total: 3 } },
    byGenerator: { file: { total: 4 } },
  })
  expect(printed).toContain('Test-suite accuracy: 1 of 2')
})

it('tells the most a model could reach, whose SQL has no joins', async () => {
  const sayable = "SELECT T1.name FROM pets AS T1 WHERE T1.kind = 'dog'"
  const unsayable = 'WITH heavy AS (SELECT name FROM pets WHERE weight > 5) SELECT name FROM heavy'
  const golds = [sayable, unsayable].map((sql, id) => ({
    id: String(id),
    source: 'pets.sqlite',
    question: 'Which dogs?',
    sql,
  }))
  await writeFile(at('golds.jsonl'), lines(golds))
  await run({ data: at('golds.jsonl'), ceiling: true, out: at('most.json') })
  const report = await reportAt('most.json')
  expect(report).toMatchObject({ generator: 'ceiling', spider: { right: 1, total: 2 } })
  expect(report.items.map(({ verdict }: { verdict: string }) => verdict)).toEqual([
    'right',
    'refused',
  ])
})

it('says what is wrong with its files and options', async () => {
  const none = await run({ data: at('none.jsonl') })
  expect([none.code, none.said]).toEqual([1, `Cannot read the questions file ${at('none.jsonl')}.`])
  await writeFile(at('short.txt'), 'SELECT 1\tpets\n')
  const short = await run({ score: at('short.txt') })
  expect([short.code, short.said]).toEqual([1, `${at('short.txt')} has 1 lines for 4 questions.`])
  expect((await run({ rules: 'kind' })).code).toBe(2)
  expect((await run({ generator: 'local' })).code).toBe(1)
})

it('never writes its log over the questions', async () => {
  const before = await readFile(at('questions.jsonl'), 'utf8')
  const { code, said } = await run({ generator: 'rules', out: at('questions.json') })
  expect([code, said]).toEqual([1, expect.stringContaining('would overwrite the questions')])
  expect(await readFile(at('questions.jsonl'), 'utf8')).toBe(before)
})

it('leaves out a database that is not there, and goes on with the others', async () => {
  await writeFile(
    at('lost.jsonl'),
    lines([{ ...questions[0], source: 'lost.sqlite' }, questions[1] ?? {}]),
  )
  const { code } = await run({
    data: at('lost.jsonl'),
    generator: 'rules',
    out: at('left-out.json'),
  })
  expect(code).toBe(0)
  expect(await reportAt('left-out.json')).toMatchObject({ total: 1, right: 1, unjudged: 1 })
})
