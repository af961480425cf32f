/** A chat model of LangChain writes the SQL, with the fake ones that @langchain/core brings for tests. */
import { FakeListChatModel, FakeStreamingChatModel } from '@langchain/core/utils/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { langChainGenerator, type Orchestrator } from '../../src/index.js'
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
let shop: Orchestrator
beforeAll(async () => {
  home = await temporaryHome()
  const source = await home.write(shopFiles)
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
