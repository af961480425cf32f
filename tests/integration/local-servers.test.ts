/** Ollama and LM Studio: found by themselves, asked with the model that somebody chose; stand-ins follow their published APIs. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Orchestrator, OrchestratorOptions } from '../../src/index.js'
import { type OpenAiServer, startOpenAiServer } from '../support/openai-server.js'
import {
  answered,
  shopFiles,
  type TemporaryHome,
  temporaryHome,
} from '../support/temporary-product.js'

const good = 'SELECT city, COUNT(*) AS shops FROM stores GROUP BY city ORDER BY city'
const question = 'How many shops does each town have?'
/** As GET /api/tags of Ollama answers, shortened. */
const tags = {
  models: [
    { name: 'nomic-embed-text:latest', size: 274_302_450, details: { family: 'nomic-bert' } },
    { name: 'gpt-oss:120b-cloud', size: 384, details: { family: 'gptoss' } },
    { name: 'llama3.2:3b', size: 2_019_393_189, details: { family: 'llama' } },
    { name: 'qwen2.5-coder:7b', size: 4_683_087_332, details: { family: 'qwen2' } },
  ],
}
/** As GET /v1/models of LM Studio answers. */
const models = {
  object: 'list',
  data: ['text-embedding-nomic-embed-text-v1.5', 'gemma-3-12b-it'].map((id) => ({
    id,
    object: 'model',
    owned_by: 'organization_owner',
  })),
}

let home: TemporaryHome
let source: string
let ollama: OpenAiServer
let lmstudio: OpenAiServer
let shop: Orchestrator
const addressOf = ({ baseUrl }: OpenAiServer) => baseUrl.replace('/v1', '')
const open = (options: OrchestratorOptions) =>
  home.open({ source, keepConversations: false, ...options })
const statusOf = (orchestrator: Orchestrator, name: string) =>
  orchestrator.generators().find((each) => each.name === name)

beforeAll(async () => {
  home = await temporaryHome()
  source = await home.write(shopFiles)
  ollama = await startOpenAiServer({ answer: () => good, pages: { '/api/tags': tags } })
  lmstudio = await startOpenAiServer({ answer: () => good, pages: { '/v1/models': models } })
  const servers = {
    ollama: { address: addressOf(ollama) },
    lmstudio: { address: addressOf(lmstudio) },
  }
  shop = await open({ servers })
})
afterAll(async () => {
  await home.remove()
  await ollama.close()
  await lmstudio.close()
})

describe('a server of this machine', () => {
  it('is not looked for before somebody wants to know, and then once for all who do', async () => {
    expect([ollama.looks, lmstudio.looks]).toEqual([[], []])
    expect(statusOf(shop, 'ollama')).toMatchObject({ ready: false, off: true, loading: {} })
    await expect.poll(() => statusOf(shop, 'ollama')?.ready).toBe(true)
    for (let times = 0; times < 20; times += 1) shop.generators()
    expect([ollama.looks, lmstudio.looks]).toEqual([['/api/tags'], ['/v1/models']])
  })

  it('offers its models that write text, and takes one for code that runs here', async () => {
    await expect
      .poll(() => statusOf(shop, 'ollama'))
      .toMatchObject({
        ready: true,
        place: 'machine',
        told: 'values',
        model: 'qwen2.5-coder:7b',
        models: ['gpt-oss:120b-cloud', 'llama3.2:3b', 'qwen2.5-coder:7b'],
      })
    expect(statusOf(shop, 'lmstudio')).toMatchObject({ model: 'gemma-3-12b-it' })
  })

  it.each(['ollama', 'lmstudio'])('writes SQL: %s', async (generator) => {
    const answer = answered(await shop.process(question, { generator }))
    expect([answer.generator, answer.rowCount]).toEqual([generator, 3])
    const server = generator === 'ollama' ? ollama : lmstudio
    expect(server.requests.at(-1)?.headers).not.toHaveProperty('authorization')
    await expect.poll(() => statusOf(shop, generator)?.usage?.requests).toBe(1)
  })

  it('is asked with the model that was chosen, after a restart too', async () => {
    expect(await shop.chooseModel('ollama', 'llama3.2:3b')).toMatchObject({ model: 'llama3.2:3b' })
    const later = await open({ servers: { ollama: { address: addressOf(ollama) } } })
    answered(await later.process(question, { generator: 'ollama' }))
    expect(ollama.requests.at(-1)?.body.model).toBe('llama3.2:3b')
    expect(await shop.chooseModel('ollama', 'unheard-of')).toBeUndefined()
    expect(await shop.chooseModel('rules', 'llama3.2:3b')).toBeUndefined()
  })

  it('is told the schema alone where its model runs elsewhere', async () => {
    expect(await shop.chooseModel('ollama', 'gpt-oss:120b-cloud')).toMatchObject({
      place: 'remote',
      told: 'schema-only',
    })
  })
})

it('is off where a setting says so, and says why where nothing answers', async () => {
  const servers = { lmstudio: { address: 'http://127.0.0.1:9' } }
  const other = await open({ servers })
  expect(statusOf(other, 'ollama')).toMatchObject({
    off: true,
    note: 'PARLEY_OLLAMA_URL switches it off.',
  })
  const answer = answered(
    await other.process('How many stores by city?', { generator: 'lmstudio' }),
  )
  expect(answer.generator).toBe('rules')
  expect(answer.warnings[0]).toContain('LM Studio does not answer at http://127.0.0.1:9.')
  expect(statusOf(other, 'lmstudio')).toMatchObject({ ready: false, off: true })
})
