/** `parley evaluate --wikisql` as a whole: asked of the rules, stopped, gone on with, and the way of the gold forms. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { evaluate } from '../../src/commands/evaluate.js'
import type { EvaluateOptions } from '../../src/commands/evaluation-settings.js'
import { wikiSqlFolder } from '../support/datasets.js'
import { recordingContext } from '../support/recording-context.js'

let folder: string
const at = (name: string) => join(folder, name)

const columns = [
  { name: 'Harbour', type: 'text' },
  { name: 'Country', type: 'text' },
  { name: 'Berths', type: 'real' },
]
const questions = [
  ['What is the average berths?', { sel: 2, agg: 5, conds: [] }],
  [
    'What is the country of the harbour "Ystad (new)"?',
    { sel: 1, agg: 0, conds: [[0, 0, 'ystad (NEW)']] },
  ],
  ['How many harbours have more than 1,200 berths?', { sel: 0, agg: 3, conds: [[2, 1, '1,200']] }],
  ['What are the total berths?', { sel: 2, agg: 4, conds: [] }],
] as const

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-forms-'))
  await mkdir(at('wikisql'))
  const lines = questions.map(([question, lf]) =>
    JSON.stringify({ table_id: '1-1', columns, question, lf }),
  )
  await writeFile(at('wikisql/dev.jsonl'), lines.join('\n'))
})

afterAll(() => rm(folder, { recursive: true }))

async function run(options: EvaluateOptions, stopAfter?: number) {
  const stopper = new AbortController()
  const context = recordingContext({ PARLEY_HOME: at('home') }, stopper.signal)
  const asked: number[] = []
  const terminal = {
    ...context.terminal,
    onProgress: (_step: string, done: number) => {
      asked.push(done)
      if (done === stopAfter) stopper.abort()
    },
  }
  const code = await evaluate({ wikisql: at('wikisql'), ...options }, { ...context, terminal })
  return { code, asked, said: context.said.join('\n'), printed: context.printed.join('\n') }
}

const verdictsIn = async (name: string) =>
  JSON.parse(await readFile(at(name), 'utf8')).items.map(
    ({ id, verdict }: { id: string; verdict: string }) => `${id} ${verdict}`,
  )

it('asks a generator about each table, and reports shares of right forms and of their parts', async () => {
  const { code, printed, said } = await run({
    generator: 'rules',
    out: at('rules.json'),
    failures: true,
  })
  expect(code).toBe(0)
  expect(said).toContain(`Report: ${at('rules.json')}`)
  expect(printed).toMatch(/^Logical-form accuracy: 2 of 4 = 50.0 %/)
  expect(printed).toMatch(/selected column right +\d of 4/)
  expect(printed).toContain('✗ dev-1 (unanswered): What is the country')
  expect(await verdictsIn('rules.json')).toEqual([
    'dev-0 right',
    'dev-1 unanswered',
    expect.stringMatching(/^dev-2 (wrong|unanswered)$/),
    'dev-3 right',
  ])
})

it('goes on after Ctrl-C where it stopped', async () => {
  const options = { generator: 'rules', out: at('stopped.json') }
  const first = await run(options, 2)
  expect(first.code).toBe(1)
  expect(first.said).toContain('Stopped after 2; --resume goes on.')
  const log = await readFile(at('stopped.jsonl'), 'utf8')
  const second = await run({ ...options, resume: true })
  expect(second).toMatchObject({ code: 0, asked: [1, 2, 3, 4] })
  const whole = await readFile(at('stopped.jsonl'), 'utf8')
  expect(whole.startsWith(log)).toBe(true)
  const [, ...lines] = whole.trimEnd().split('\n')
  expect(lines.map((line) => JSON.parse(line).id).toSorted()).toEqual(
    questions.map((_, index) => `dev-${index}`),
  )
  expect(await verdictsIn('stopped.json')).toEqual(await verdictsIn('rules.json'))
})

it('takes the same sample each time, in the order of the file', async () => {
  await run({ generator: 'rules', limit: '2', out: at('one.json') })
  await run({ generator: 'rules', limit: '2', out: at('two.json') })
  const sample = await verdictsIn('one.json')
  expect(sample).toHaveLength(2)
  expect(sample).toEqual(await verdictsIn('two.json'))
  expect(sample).toEqual(sample.toSorted())
})

it.each(['scratch', 'local'])(
  'finds gold forms again on the way of what %s writes',
  async (generator) => {
    const { printed } = await run({ generator, ceiling: true, json: true, out: at('gold.json') })
    expect(JSON.parse(printed)).toMatchObject({
      generator: 'ceiling',
      right: { right: 4, total: 4 },
    })
  },
)

it('says what is missing, and how it is used', async () => {
  const nowhere = await run({ wikisql: at('nowhere'), generator: 'rules' })
  expect(nowhere).toMatchObject({ code: 1, said: expect.stringContaining('There is no dev.jsonl') })
  const unknown = await run({ generator: 'nobody' })
  expect(unknown).toMatchObject({ code: 2, said: expect.stringContaining('--wikisql FOLDER') })
})

it.each([
  { score: 'predictions.sql' },
  { rules: 'bird' },
  { workers: '4' },
  { variants: 'folder' },
  { predictions: 'predictions.sql' },
  { keepDistinct: true },
  { data: 'questions.jsonl' },
])('takes no option of runs on rows: %j', async (option) => {
  const { code, said } = await run({ generator: 'rules', ...option })
  expect([code, said]).toEqual([2, expect.stringContaining('--wikisql FOLDER')])
})

it('goes on with the way of gold forms of the same generator alone', async () => {
  const byCommandLine = { suite: 'demo', workers: '1', evidence: true }
  const options = { ...byCommandLine, ceiling: true, resume: true, out: at('way.json') }
  await run({ ...options, generator: 'local' }, 2)
  const startedAnew = await readFile(at('way.jsonl'), 'utf8')
  await run({ ...options, generator: 'scratch' }, 1)
  const other = await readFile(at('way.jsonl'), 'utf8')
  expect(other.startsWith(startedAnew)).toBe(false)
})

it.skipIf(wikiSqlFolder === undefined)(
  'finds the gold forms of the set again',
  { timeout: 120_000 },
  async () => {
    const options = {
      wikisql: wikiSqlFolder,
      ceiling: true,
      generator: 'scratch',
      limit: '500',
      json: true,
    }
    const { printed } = await run({ ...options, out: at('set.json') })
    expect(JSON.parse(printed).right).toMatchObject({ right: 500, total: 500 })
  },
)
