/** A critic repairs what fails, leaves out what answers something else, and writes down what it thought. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { Pair } from '../../../data/generator/pair.js'
import { generate } from '../../../src/commands/generate.js'
import {
  type ChatBody,
  type OpenAiServer,
  type OpenAiServerOptions,
  startOpenAiServer,
} from '../../support/openai-server.js'
import { isCritic, marked, promptOf, shopTables, unmarked } from '../../support/pair-model.js'
import { recordingContext } from '../../support/recording-context.js'
import { writeSqliteFile } from '../../support/sqlite-file.js'

let folder: string
let source: string
let server: OpenAiServer
let runs = 0

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-critic-'))
  source = join(folder, 'shop.sqlite')
  writeSqliteFile(source, shopTables)
})
afterEach(() => server.close())
afterAll(() => rm(folder, { recursive: true }))

interface Run {
  readonly answer: OpenAiServerOptions['answer']
  readonly critic?: string
  readonly more?: string
  readonly phase?: string
  readonly writer?: string
  readonly count?: number
}

async function run({ answer, critic = '{}', more = '', phase = 'single_table', ...given }: Run) {
  const { writer = 'model', count = 4 } = given
  server = await startOpenAiServer({ answer })
  const out = join(folder, `out-${++runs}`)
  const config = join(folder, 'config.yaml')
  const lines = [
    `output_dir: ${out}`,
    `writer: ${writer}`,
    'model: {provider: openai, name: author, retries: 0}',
    `critic: ${critic}`,
    `${more}phases:`,
    `  - {name: ${phase}, count: ${count}, api_answer_count: 4, parallelism: 1}`,
  ]
  await writeFile(config, `${lines.join('\n')}\n`)
  const home = join(folder, 'home')
  const context = recordingContext({ PARLEY_HOME: home, PARLEY_OPENAI_URL: server.baseUrl })
  const code = await generate({ config, source, json: true }, context)
  const text = await readFile(join(out, `${phase}.jsonl`), 'utf8')
  const pairs: Pair[] = text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]))
  const asked = server.requests.map(({ body }) => body)
  return { code, pairs, report: JSON.parse(context.printed.join('')), asked }
}

const count = 'select count(*) from orders'
/** One answer for every prompt of the writer: four questions, of which some have the wrong query. */
const written = JSON.stringify({
  pairs: [
    { question: 'How many orders are there?', sql: count },
    {
      question: 'How many orders are over 5?',
      sql: 'select count(*) from orders where nothing > 5',
    },
    { question: 'What is the largest amount?', sql: 'select min(orders.amount) from orders' },
    { question: 'What is the weather?', sql: 'select max(orders.order_id) from orders' },
  ],
})
const repairs: Readonly<Record<string, string>> = {
  'over 5': 'select count(*) from orders where orders.amount > 5',
  largest: 'select max(orders.amount) from orders',
}

/** As it was written, not as it was laid out. */
function shows(body: ChatBody, sql: string): boolean {
  return promptOf(body).replaceAll(/\s+/g, ' ').toLowerCase().includes(sql)
}

/** Judges what it is shown as a careful reader would. */
function judge(body: ChatBody): string {
  const prompt = promptOf(body)
  const verdict = (score: number, repair = '') =>
    JSON.stringify({ score, remark: `Worth ${score}.`, repair })
  if (prompt.includes('weather')) return verdict(0)
  const [, repair] = Object.entries(repairs).find(([key]) => prompt.includes(key)) ?? []
  return repair === undefined || shows(body, repair) ? verdict(9) : verdict(2, repair)
}

const author: OpenAiServerOptions['answer'] = (body) => (isCritic(body) ? judge(body) : written)

it('repairs what fails and what answers something else, and keeps the verdicts', async () => {
  const { pairs, report, asked } = await run({ answer: author })
  const marks = pairs.map(({ question, sql, metadata: { critic } }) => ({ question, sql, critic }))
  const right = { model: 'author', verdict: 'right', score: 0.9, repairs: 0, remark: 'Worth 9.' }
  const repaired = { ...right, verdict: 'repaired', repairs: 1 }
  expect(marks).toEqual([
    { question: 'How many orders are there?', sql: expect.anything(), critic: right },
    {
      question: 'How many orders are over 5?',
      sql: expect.stringMatching(/amount > 5/),
      critic: repaired,
    },
    {
      question: 'What is the largest amount?',
      sql: expect.stringMatching(/max\(/i),
      critic: repaired,
    },
  ])
  expect(report.phases[0].rejected).toMatchObject({
    'the critic says that it does not answer its question': 1,
  })
  const judged = asked.filter(isCritic).filter((body) => promptOf(body).includes('over 5'))
  expect(promptOf(judged[0] as ChatBody)).toMatch(/It cannot be used: .*nothing/)
  expect(judged).toHaveLength(2)
  expect(judged[0]).toMatchObject({ temperature: 0 })
}, 60_000)

it('repairs as often as it may and no more, and leaves out what is still wrong', async () => {
  const answer: OpenAiServerOptions['answer'] = (body, number) =>
    isCritic(body)
      ? JSON.stringify({ score: 1, remark: '', repair: `select ${number} from orders` })
      : JSON.stringify({ pairs: [{ question: 'How many orders are there?', sql: count }] })
  const { pairs, asked } = await run({ answer, critic: '{repairs: 3}' })
  expect(pairs).toEqual([])
  expect(asked.filter(isCritic)).toHaveLength(4)
}, 60_000)

it('that answers rubbish or nothing leaves the pair out, and the run goes on', async () => {
  const answer: OpenAiServerOptions['answer'] = (body) => {
    if (!isCritic(body)) return written
    const prompt = promptOf(body)
    if (prompt.includes('largest')) return 'Well done!'
    return prompt.includes('over 5') ? '' : judge(body)
  }
  const { code, pairs, report } = await run({ answer })
  expect(code).toBe(0)
  expect(pairs.map(({ question }) => question)).toEqual(['How many orders are there?'])
  expect(report.phases[0].rejected).toMatchObject({ 'the critic gave no verdict': 1 })
}, 60_000)

it('drops a repair that says what another pair says', async () => {
  const pairs = [
    { question: 'How many orders are there?', sql: count },
    { question: 'Number of all orders', sql: 'select sum(orders.amount) from orders' },
  ]
  const answer: OpenAiServerOptions['answer'] = (body) => {
    if (!isCritic(body)) return JSON.stringify({ pairs })
    const isRight = shows(body, count)
    return JSON.stringify({ score: isRight ? 10 : 0, remark: '', repair: isRight ? '' : count })
  }
  const kept = await run({ answer })
  expect(kept.pairs).toHaveLength(1)
}, 60_000)

it('may be another model, also of pairs by templates, and is told no stored value then', async () => {
  const critic = '{model: {provider: openai, name: reader}}'
  const answer: OpenAiServerOptions['answer'] = () => '{"score": 8, "remark": "", "repair": ""}'
  const { pairs, asked, report } = await run({ answer, critic, writer: 'templates', count: 25 })
  expect(pairs).toHaveLength(25)
  expect(pairs[0]?.metadata).toMatchObject({ writer: 'templates', critic: { model: 'reader' } })
  const [{ model, calls }] = report.usage
  expect(model).toBe('reader')
  // Once there are enough, what was asked ahead is broken off and costs nothing.
  expect(calls).toBeGreaterThanOrEqual(pairs.length)
  expect(calls).toBeLessThanOrEqual(asked.length)
  expect(asked.every(isCritic)).toBe(true)
  const prompts = asked.map(promptOf).join('\n')
  for (const value of [...marked, 'private', 'wholesale']) expect(prompts).not.toContain(value)
}, 60_000)

it('is held by the same budget, and what it has not judged is not written', async () => {
  const more = 'budget: {tokens: 1500}\n'
  const { pairs, report } = await run({ answer: author, more })
  expect(report.ended).toBe('budget')
  expect(pairs.every(({ metadata }) => metadata.critic !== undefined)).toBe(true)
  const [{ input, output }] = report.usage
  expect(input + output).toBeLessThanOrEqual(1_500)
}, 60_000)

it('judges answers in words as well', async () => {
  const pairs = [
    { question: 'What is a row of orders?', answer: 'A cake from table orders.' },
    {
      question: 'Which column holds the sum?',
      answer: 'The column amount of orders or customers.',
    },
  ]
  const answer: OpenAiServerOptions['answer'] = (body) => {
    if (!isCritic(body)) return JSON.stringify({ pairs })
    const isCake = promptOf(body).includes('cake')
    const repair = isCake ? 'One order, in table orders or customers.' : ''
    return JSON.stringify({ score: isCake ? 1 : 9, remark: '', repair })
  }
  const told = await run({ answer, phase: 'schema_docs', count: 2 })
  expect(told.pairs.map((pair) => pair.answer)).toEqual([
    'One order, in table orders or customers.',
    'The column amount of orders or customers.',
  ])
  expect(unmarked.filter((value) => told.asked.map(promptOf).join().includes(value))).toEqual([])
}, 60_000)
