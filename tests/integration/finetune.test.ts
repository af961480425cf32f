/** `parley finetune openai`: from pairs to a model that answers, at a stand-in of the server that has its moods. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import {
  cancel,
  type JobOptions,
  status,
  type WatchOptions,
  watch,
} from '../../src/commands/finetune/follow.js'
import { prepare } from '../../src/commands/finetune/prepare.js'
import { type SubmitOptions, submit } from '../../src/commands/finetune/submit.js'
import { type Config, readConfig } from '../../src/config.js'
import {
  answered,
  shopFiles,
  type TemporaryHome,
  temporaryHome,
} from '../support/temporary-product.js'
import { startTuningServer, type TuningServer, tunedModel } from '../support/tuning-server.js'

const good = 'SELECT city, COUNT(*) AS shops FROM stores GROUP BY city ORDER BY city'
const key = 'sk-canary-1f0e'
const columns = ['store_id', 'store_name', 'city']

let home: TemporaryHome
let source: string
let pairs: string
let server: TuningServer
let config: Config
let said: string[] = []

const pair = (at: number, sql: string | undefined, question = `Question ${at}?`) => ({
  id: `p${at}`,
  phase: 'single_table',
  database: 'shop',
  dialect: 'duckdb',
  question,
  sql,
  skeleton: 's',
  template: 't',
  tables: ['stores'],
  metadata: { writer: 'templates', draft: at, seed: 1 },
})

beforeAll(async () => {
  home = await temporaryHome()
  source = await home.write(shopFiles)
  server = await startTuningServer(good)
  const lines = [
    ...Array.from({ length: 12 }, (_, at) =>
      pair(at, `SELECT count(DISTINCT ${columns[at % 3]}) FROM stores LIMIT 5`),
    ),
    pair(20, "SELECT count(*) FROM stores WHERE city = 'Corby'", 'How many stores in Corby?'),
    pair(21, 'SELECT gone FROM stores'),
    pair(22, undefined),
  ].map((each) => `${JSON.stringify(each)}\n`)
  pairs = await home.write({ 'pairs/train.jsonl': lines.join('') })
  await writeFile(join(pairs, 'validation.jsonl'), lines.slice(0, 2).join(''))
  const read = readConfig({
    PARLEY_HOME: home.path,
    PARLEY_OPENAI_URL: server.baseUrl,
    PARLEY_OPENAI_KEY: key,
    PARLEY_LOG_LEVEL: 'error',
    PARLEY_OFFLINE: '1',
    PARLEY_OLLAMA_URL: 'off',
    PARLEY_LMSTUDIO_URL: 'off',
  })
  if (!read.ok) throw new Error(read.problems.join())
  config = read.config
})
afterAll(async () => {
  await home.remove()
  await server.close()
})
beforeEach(() => {
  said = []
})

function context(signal = new AbortController().signal) {
  const hear = (text: string) => void said.push(text)
  const quiet = () => {}
  return {
    config,
    signal,
    terminal: { print: hear, say: hear, onProgress: quiet, onWeights: quiet, settle: quiet },
  }
}

const send = (options: Partial<SubmitOptions> = {}) =>
  submit({ model: 'gpt-test', ...options }, context())
const follow = (options: Partial<WatchOptions> = {}) =>
  watch({ every: '0.01', ...options }, context())
const look = (options: JobOptions = {}) => status({ json: true, ...options }, context())
const shop = () => home.open({ ...config, source, keepConversations: false })

it('writes rows as the model will be asked, without pairs that hold values or do not bind', async () => {
  expect(await prepare({ pairs, source, price: '10' }, context())).toBe(0)
  expect(said.join('\n')).toContain(
    'validation.jsonl has 2 rows; 10 are the least. It will not be sent.',
  )
  const text = await readFile(join(home.path, 'finetune/openai/rows/train.jsonl'), 'utf8')
  const rows = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(rows).toHaveLength(12)
  expect(said.join('\n')).toMatch(/train\.jsonl: 12 rows, about [\d,]+ tokens; 3 pairs left out\./)
  expect(said.join('\n')).toMatch(/in 3 passes: 0\.\d\d at 10 a million/)
  const [{ messages }] = rows
  expect(messages.map(({ role }: { role: string }) => role)).toEqual([
    'system',
    'user',
    'assistant',
  ])
  expect(messages[1].content).toContain('stores: store_id int')
  expect(messages[1].content).toMatch(/Question: Question 0\?$/)
  expect(text).not.toMatch(/Corby|Ashford/)
  expect(server.requests).toEqual([])
})

it('has nothing to use or to follow before a job', async () => {
  expect(await follow()).toBe(1)
  expect(said[0]).toContain('There is no job yet')
  const custom = (await shop()).generators().find(({ name }) => name === 'custom')
  expect(custom).toMatchObject({
    off: true,
    note: expect.stringContaining('finetune openai prepare'),
  })
})

it('begins a job though the server is busy, fails and hangs up, and sends no file twice', async () => {
  server.meets({ status: 429, headers: { 'retry-after': '0.05' } }, { status: 500 }, 'cut')
  expect(await send({ suffix: 'shop', epochs: '2' })).toBe(0)
  expect(server.uploads).toHaveLength(1)
  expect(server.uploads[0]).toContain('name="purpose"')
  expect(server.jobs).toEqual([
    {
      model: 'gpt-test',
      training_file: 'file-1',
      suffix: 'shop',
      method: { type: 'supervised', supervised: { hyperparameters: { n_epochs: 2 } } },
    },
  ])
  expect(await send()).toBe(1)
  expect(said.join()).toContain('ftjob-1 is not over yet')
  expect(said.join()).not.toContain(key)
})

it('tells how the job goes, survives Ctrl-C and cut connections, and goes on where it was', async () => {
  server.lives('queued', 'running')
  const stop = new AbortController()
  const watched = watch({ every: '60' }, context(stop.signal))
  await expect.poll(() => said.join()).toContain('Now queued')
  stop.abort()
  expect(await watched).toBe(1)
  expect(said.at(-1)).toContain('The job, if there is one, goes on')
  server.meets('cut')
  await look()
  expect(JSON.parse(said.at(-1) ?? '')).toMatchObject({ id: 'ftjob-1', status: 'running' })
})

it('uses what came of it as the generator custom from then on', async () => {
  const before = await shop()
  server.lives('running', 'succeeded')
  expect(await follow()).toBe(0)
  expect(said.at(-1)).toContain(`It became ${tunedModel}`)
  for (const orchestrator of [before, await shop()]) {
    const custom = orchestrator.generators().find(({ name }) => name === 'custom')
    expect(custom).toMatchObject({ ready: true, model: tunedModel, told: 'schema-only' })
    const answer = answered(await orchestrator.process('Shops by town?', { generator: 'custom' }))
    expect([answer.generator, answer.rowCount]).toEqual(['custom', 3])
  }
  expect(new Set(server.asked)).toEqual(new Set([tunedModel]))
})

it('keeps the last good model when a later job fails or is cancelled', async () => {
  server.lives('failed')
  expect(await send()).toBe(0)
  expect(server.uploads).toHaveLength(1)
  expect(await follow()).toBe(1)
  expect(said.at(-1)).toContain('failed, gpt-test on 12 rows. Loss was no number.')
  server.lives('running')
  await send()
  expect(await cancel({}, context())).toBe(0)
  expect(said.at(-1)).toContain('ftjob-3: cancelled')
  expect(await cancel({}, context())).toBe(1)
  const custom = (await shop()).generators().find(({ name }) => name === 'custom')
  expect(custom).toMatchObject({ ready: true, model: tunedModel })
})

it('finds a model whose job ends while nobody watches', async () => {
  server.lives('running')
  await send()
  const orchestrator = await shop()
  server.lives('succeeded')
  orchestrator.generators()
  await expect
    .poll(async () => {
      const kept = await readFile(join(home.path, 'finetune/openai/jobs.json'), 'utf8')
      return JSON.parse(kept).jobs.at(-1).status
    })
    .toBe('succeeded')
})

it('asks for the key first, and sends nothing without', async () => {
  const { openai: _, ...without } = config
  const lonely = { ...context(), config: without as Config }
  expect(await submit({ model: 'gpt-test' }, lonely)).toBe(2)
  expect(said[0]).toContain('PARLEY_OPENAI_KEY')
})
