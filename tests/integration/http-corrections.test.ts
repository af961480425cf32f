/** A correction over HTTP, from the wrong answer to the right one, and for whom it holds. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openKeyStore } from '../../src/key-file.js'
import { type RealService, realService } from '../support/real-service.js'
import { type ScriptedModel, scriptedModel } from '../support/scripted-model.js'
import { shopFiles, type TemporaryHome, temporaryHome } from '../support/temporary-product.js'

let home: TemporaryHome
let service: RealService
let model: ScriptedModel
const tokens: Record<string, string> = {}

beforeAll(async () => {
  home = await temporaryHome()
  const source = await home.write(shopFiles)
  const store = openKeyStore(home.path)
  for (const [name, scope] of [
    ['ada', 'curate'],
    ['bob', 'ask'],
  ] as const) {
    const created = await store.create(name, scope)
    if (created.ok) tokens[name] = created.token
  }
  // Wrong on purpose: it names the last store.
  model = scriptedModel(() => 'select stores.store_name order by stores.store_id desc limit 1')
  service = await realService({ home: home.path, source, model, keys: { store, required: true } })
})
afterAll(async () => {
  await service.close()
  await home.remove()
})

async function send(who: string, method: string, path: string, body?: object) {
  const response = await fetch(`${service.url}/api/v1/${path}`, {
    method,
    headers: { Authorization: `Bearer ${tokens[who]}`, 'Content-Type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
}

const question = 'What is the flagship shop?'
const right = 'SELECT store_name FROM stores ORDER BY store_id LIMIT 1'
const ask = async (who: string) => (await send(who, 'POST', 'chat', { message: question })).body

it('is judged, corrected and shared, and then answers everybody without the model', async () => {
  const first = await send('ada', 'POST', 'chat', { message: question, generator: 'local' })
  expect(first.body).toMatchObject({ ok: true, generator: 'local', rows: [['Shop 6']] })
  const judged = { answer_id: first.body.id, verdict: 'down', reason: 'the first one is' }
  expect((await send('ada', 'POST', 'feedback', judged)).status).toBe(204)
  const corrected = { answer_id: first.body.id, sql: right, shared: true }
  const made = await send('ada', 'POST', 'knowledge/sql_pairs', corrected)
  expect(made).toMatchObject({ status: 201, body: { question, sql: right, shared: true } })

  const asked = model.requests.length
  for (const who of ['ada', 'bob']) {
    expect(await ask(who)).toMatchObject({ generator: 'approved', rows: [['Shop 1']] })
  }
  expect(model.requests).toHaveLength(asked)
  const [conversation] = (await send('ada', 'GET', 'conversations')).body.conversations.slice(-1)
  const turns = await send('ada', 'GET', `conversations/${conversation.id}`)
  expect(turns.body.turns).toMatchObject([
    { question, answer: { ok: true, generator: 'local' }, feedback: { verdict: 'down' } },
  ])
  expect((await send('bob', 'GET', 'conversations')).body.conversations).toHaveLength(1)

  const gone = await send('ada', 'DELETE', `knowledge/sql_pairs/${made.body.id}`)
  expect(gone.status).toBe(204)
  expect((await ask('bob')).generator).not.toBe('approved')
})

it('of one user alone is not another user’s', async () => {
  const own = { question, sql: right }
  expect((await send('ada', 'POST', 'knowledge/sql_pairs', own)).status).toBe(201)
  expect((await ask('ada')).generator).toBe('approved')
  expect((await ask('bob')).provenance?.approvedPair).toBeUndefined()
  expect((await send('bob', 'GET', 'knowledge/sql_pairs')).body.sqlPairs).toEqual([])
})
