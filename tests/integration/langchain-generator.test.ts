/** A chat model of LangChain writes the SQL, with the fake ones that @langchain/core brings for tests. */
import { FakeListChatModel, FakeStreamingChatModel } from '@langchain/core/utils/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { langChainGenerator, type Orchestrator } from '../../src/index.js'
import { hasPostgres, useOwnPostgres } from '../support/postgres-database.js'
import {
  answered,
  failed,
  shopFiles,
  type TemporaryHome,
  temporaryHome,
} from '../support/temporary-product.js'

const good = 'SELECT city, COUNT(*) AS shops FROM stores GROUP BY city ORDER BY city'

class BrokenChatModel extends FakeListChatModel {
  override async *_streamResponseChunks(): AsyncGenerator<never> {
    yield* []
    throw new Error('401 for sk-canary')
  }
}

let home: TemporaryHome
let source: string
let shop: Orchestrator
beforeAll(async () => {
  home = await temporaryHome()
  source = await home.write(shopFiles)
  const generators = [
    langChainGenerator(new FakeListChatModel({ responses: ['SELECT town FROM stores', good] }), {
      name: 'listed',
    }),
    langChainGenerator(new FakeListChatModel({ responses: ['x'.repeat(500)], sleep: 20 }), {
      name: 'slow',
    }),
    langChainGenerator(new BrokenChatModel({ responses: [''] }), {
      name: 'broken',
      told: 'values',
    }),
  ]
  shop = await home.open({ source, generators, keepConversations: false })
})
afterAll(() => home.remove())

it('is offered by its name, and its SQL is checked and tried again like any other', async () => {
  const status = shop.generators().find(({ name }) => name === 'listed')
  expect(status).toMatchObject({ ready: true, place: 'remote', told: 'schema-only' })
  const counts: number[] = []
  const answer = answered(
    await shop.process('How many shops does each town have?', {
      generator: 'listed',
      onEvent: (event) => {
        if (event.type === 'state' && event.progress) counts.push(event.progress.done)
      },
    }),
  )
  expect([answer.generator, answer.rowCount, answer.provenance?.attempts.length]).toEqual([
    'listed',
    3,
    2,
  ])
  expect(counts.length).toBeGreaterThan(10)
})

it('is left when the question is cancelled', async () => {
  const stop = new AbortController()
  const asked = shop.process('How many shops does each town have?', {
    generator: 'slow',
    signal: stop.signal,
    onEvent: (event) => {
      if (event.type === 'state' && event.progress) stop.abort()
    },
  })
  expect(failed(await asked).error.code).toBe('cancelled')
})

it('falls back on the rules where it fails, and tells nothing of what it threw', async () => {
  const answer = answered(await shop.process('How many stores by city?', { generator: 'broken' }))
  expect([answer.generator, answer.warnings]).toEqual([
    'rules',
    ["broken could not be asked: The model's server failed. rules wrote the SQL instead."],
  ])
})

it.each(['auto', 'openai', 'given', 'Two Words', ''])('cannot be called %j', (name) => {
  expect(() => langChainGenerator(new FakeStreamingChatModel({}), { name })).toThrow(RangeError)
})

it('a name that nobody brought along is told as that', async () => {
  const { error } = failed(await shop.process('How many stores by city?', { generator: 'nobody' }))
  expect(error).toMatchObject({
    code: 'model_unavailable',
    message: 'There is no generator called nobody here.',
  })
})

describe.skipIf(!hasPostgres)('with a store that replicas share', () => {
  const server = useOwnPostgres()

  it('counts what it uses there, where the conversation is kept too', async () => {
    await server.create('shared', [])
    const counted = new FakeListChatModel({ responses: [good] })
    const generators = [langChainGenerator(counted, { name: 'counted' })]
    const store = server.url('shared', 'parley')
    const orchestrator = await home.open({ source, generators, store, waitFor: 'data' })
    const question = 'How many shops does each town have?'
    answered(await orchestrator.process(question, { generator: 'counted' }))
    const kept = `SELECT (SELECT count(*)::int FROM parley.turns), (SELECT min(entry::json ->> 'generator') FROM parley.model_usage)`
    await expect.poll(() => server.run('shared', kept)).toEqual([[1, 'counted']])
    await orchestrator.close()
    const lines = "SELECT count(*)::int FROM pg_stat_activity WHERE query LIKE 'LISTEN%'"
    await expect.poll(() => server.run('shared', lines)).toEqual([[0]])
  })
})
