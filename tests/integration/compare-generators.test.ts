/** Two generators side by side: which conversation asks which, and what is counted of both. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openComparison } from '../../src/generators/comparison.js'
import type { Orchestrator } from '../../src/index.js'
import { createMetrics } from '../../src/observe/metrics.js'
import { watchComparison } from '../../src/observe/watch-comparison.js'
import { type OpenAiServer, startOpenAiServer } from '../support/openai-server.js'
import {
  answered,
  shopFiles,
  type TemporaryHome,
  temporaryHome,
} from '../support/temporary-product.js'

const good = 'SELECT city, COUNT(*) AS shops FROM stores GROUP BY city ORDER BY city'
const question = 'How many stores by city?'
const compare = { generator: 'openai', share: 0.5 } as const

let home: TemporaryHome
let server: OpenAiServer
let shop: Orchestrator
let isAway = false
const open = async () => {
  const openai = { baseUrl: server.baseUrl, model: 'gpt-test' }
  return home.open({ source: await home.write(shopFiles), openai, compare, generator: 'rules' })
}
const armOf = (name: 'usual' | 'second', of = shop) =>
  of.comparison()?.arms.find(({ arm }) => arm === name)

beforeAll(async () => {
  home = await temporaryHome()
  server = await startOpenAiServer({ answer: () => (isAway ? { status: 400 } : good) })
  shop = await open()
})
afterAll(async () => {
  await home.remove()
  await server.close()
})

/** Conversations that fall to each. */
function conversationsOf(arm: 'usual' | 'second', count: number): readonly string[] {
  const setting = { ...compare, home: home.path, usual: 'rules', onFailure: () => {} }
  const { armOf: fallsTo } = openComparison(setting)
  const found: string[] = []
  while (found.length < count) {
    const id = randomUUID()
    if (fallsTo(id) === arm) found.push(id)
  }
  return found
}

it('asks the share that is set, one conversation always of one generator', async () => {
  const [first = ''] = conversationsOf('second', 1)
  const [other = ''] = conversationsOf('usual', 1)
  for (const _ of [1, 2]) {
    const second = await shop.process(question, { conversationId: first, newTopic: true })
    expect(answered(second).generator).toBe('openai')
    const usual = await shop.process(question, { conversationId: other, newTopic: true })
    expect(answered(usual).generator).toBe('rules')
  }
  expect(armOf('second')).toMatchObject({ generator: 'openai', questions: 2, ok: 2, fellBack: 0 })
  expect(armOf('usual')).toMatchObject({ generator: 'rules', questions: 2, ok: 2 })
  expect(armOf('second')?.p95Ms).toBeGreaterThan(0)
})

it('leaves alone what names its generator or is SQL, and does not count it', async () => {
  const before = shop.comparison()
  const [conversationId] = conversationsOf('second', 1)
  const named = await shop.process(question, { conversationId, generator: 'rules' })
  expect(answered(named).generator).toBe('rules')
  answered(await shop.process('SELECT 1 AS one', { conversationId, isSql: true }))
  expect(shop.comparison()).toEqual(before)
})

it('counts judgements as they stand, and answers that another generator had to give', async () => {
  const [conversationId = ''] = conversationsOf('second', 1)
  const { id } = await shop.process(question, { conversationId })
  const notebook = shop.notebook()
  await notebook.giveFeedback(id, { verdict: 'up' })
  expect(armOf('second')).toMatchObject({ up: 1, down: 0 })
  await notebook.giveFeedback(id, { verdict: 'down', reason: 'net, not gross' })
  expect(armOf('second')).toMatchObject({ up: 0, down: 1 })
  isAway = true
  const fallen = answered(await shop.process(question, { conversationId, newTopic: true }))
  isAway = false
  expect(fallen.generator).toBe('rules')
  expect(armOf('second')).toMatchObject({ questions: 4, ok: 4, fellBack: 1 })
})

it('goes on after a restart, and shows in the figures', async () => {
  const counted = armOf('second')
  await expect
    .poll(async () => armOf('second', await open()), { interval: 500 })
    .toMatchObject({ questions: counted?.questions, down: 1, fellBack: 1 })
  const metrics = createMetrics()
  const setting = { ...compare, home: home.path, usual: 'rules', onFailure: () => {} }
  watchComparison(metrics, openComparison(setting))
  const text = await metrics.text()
  expect(text).toContain(
    'parley_compared_questions_total{arm="second",generator="openai",ok="true"} 4',
  )
  expect(text).toContain(
    'parley_compared_judgements{arm="second",generator="openai",verdict="down"} 1',
  )
  await metrics.close()
})
