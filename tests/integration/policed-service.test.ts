/** Two users of one service under row policies: over HTTP, neither meets anything of the other's. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeDatabaseFile } from '../../data/duckdb/write-database-file.js'
import {
  type PolicedService,
  policedService,
  tellsOfNorth,
  tellsOfSouth,
  usualPolicies,
} from '../support/policed-service.js'
import { scriptedModel } from '../support/scripted-model.js'

const model = scriptedModel(() => 'SELECT store_name FROM stores ORDER BY store_name')
const chatPath = '/api/v1/chat'
const pairsPath = '/api/v1/knowledge/sql_pairs'
let service: PolicedService

beforeAll(async () => {
  service = await policedService(usualPolicies, model)
}, 120_000)
afterAll(() => service?.close())

async function ask(user: string | undefined, message: string, rest: object = {}) {
  const response = await service.post(user, chatPath, { message, ...rest })
  const text = await response.text()
  return { status: response.status, text, answer: JSON.parse(text) }
}

async function create(user: string, path: string, body: object) {
  return JSON.parse(await (await service.post(user, path, body)).text())
}

describe('under row policies, a user', () => {
  it('is told of their own rows, by the rules and by the model', async () => {
    for (const generator of ['rules', 'local']) {
      const north = await ask('norah', 'List the names of stores', { generator })
      expect(north.text).toContain('Zephyr 1')
      expect(north.text).not.toMatch(tellsOfSouth)
      const south = await ask('sam', 'List the names of stores', { generator })
      expect(south.text).toContain('Meadow 1')
      expect(south.text).not.toMatch(tellsOfNorth)
    }
  })

  it('is told of no other rows while all ask at once', async () => {
    const users = Array.from({ length: 16 }, (_, at) => (at % 2 === 0 ? 'norah' : 'sam'))
    const questions = ['List the names of stores', 'total amount by customer', 'stores by city']
    const asked = users.map((user, at) => ask(user, questions[at % 3] ?? ''))
    for (const [at, { text, status }] of (await Promise.all(asked)).entries()) {
      expect(status).toBe(200)
      expect(text).not.toMatch(users[at] === 'sam' ? tellsOfNorth : tellsOfSouth)
    }
  })

  it('is shown a schema and suggestions made of their own rows', async () => {
    for (const path of ['/api/v1/schema', '/api/v1/suggestions', '/api/v1/datasets']) {
      expect(await service.read('sam', path), path).not.toMatch(tellsOfNorth)
      expect(await service.read('norah', path), path).not.toMatch(tellsOfSouth)
    }
    const schema = await service.read('sam', '/api/v1/schema')
    expect(schema).toContain('Fennimore')
    expect(schema).not.toContain('payroll')
    expect(JSON.parse(await service.read('sam', '/api/v1/health')).data).toMatchObject({
      tables: 3,
      rows: 626,
    })
  })

  it.each([
    'sales in Quilon',
    'total amount of the store Zefyr 3',
    'how many customers are called Brindel 4?',
    'payroll of everybody',
    'What tables are there?',
    'Which values does region have?',
    'sales by city',
    'sales of the best store',
  ])('gets no hint, choice or value of the other when asking "%s"', async (question) => {
    const { text } = await ask('sam', question)
    expect(text.replaceAll(question, '').replaceAll('2048', '')).not.toMatch(
      /zephyr|quillon|brindle|48151623|north/i,
    )
  })

  it('has hints, choices and values of their own rows', async () => {
    expect((await ask('norah', 'sales in Quilon')).text).toContain('Quillon')
    const asked = await ask('norah', 'sales by city', { generator: 'rules' })
    expect(asked.answer.clarification.choices).toHaveLength(2)
  })

  it('puts none of the other rows into the prompt of the model', async () => {
    const before = model.requests.length
    await ask('sam', 'stores and their cities', { generator: 'local' })
    const prompts = JSON.stringify(model.requests.slice(before))
    expect(prompts).toContain('Fennimore')
    expect(prompts).not.toMatch(tellsOfNorth)
  })

  it('finds no conversation, answer, card or judgement of the other', async () => {
    const { answer } = await ask('norah', 'List the names of stores in Quillon')
    const card = { title: 'Zephyr', sql: 'SELECT 48151623 FROM stores' }
    const pinned = await create('norah', '/api/v1/cards', card)
    const feedback = { answer_id: answer.id, verdict: 'up' }
    for (const other of ['sam', 'nils', 'una', undefined]) {
      for (const path of ['/api/v1/conversations', '/api/v1/cards', pairsPath]) {
        expect(await service.read(other, path), path).not.toMatch(tellsOfNorth)
      }
      const conversation = `/api/v1/conversations/${answer.conversationId}`
      expect((await service.send(other, conversation)).status).toBe(404)
      expect((await service.send(other, conversation, { method: 'DELETE' })).status).toBe(404)
      expect((await service.post(other, '/api/v1/feedback', feedback)).status).toBe(404)
      const change = { title: 'Mine' }
      const cardPath = `/api/v1/cards/${pinned.id}`
      expect((await service.post(other, cardPath, change, 'PATCH')).status).toBe(404)
      expect((await service.send(other, cardPath, { method: 'DELETE' })).status).toBe(404)
      expect(
        (await service.post(other, pairsPath, { answer_id: answer.id })).status,
        'approving an answer of another',
      ).toBe(404)
    }
    expect(await service.read('norah', `/api/v1/conversations/${answer.conversationId}`)).toContain(
      'Quillon',
    )
    expect((await service.post('norah', '/api/v1/feedback', feedback)).status).toBe(204)
  })

  it('takes up no conversation of the other by its id', async () => {
    const { answer } = await ask('norah', 'total amount in Quillon')
    const rest = { conversation_id: answer.conversationId }
    expect((await ask('sam', 'and the number of sales?', rest)).text).not.toMatch(tellsOfNorth)
  })

  it('follows and cancels no answer of the other', async () => {
    const asked = await service.send('norah', chatPath, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'text/event-stream' },
      body: JSON.stringify({ message: 'List the names of stores' }),
    })
    const [, id] = /"id":"([^"]+)"/.exec(await asked.text()) ?? []
    const events = `/api/v1/chat/${id}/events`
    const headers = { 'Last-Event-ID': '0' }
    for (const other of ['sam', 'nils', 'una', undefined]) {
      expect((await service.send(other, events, { headers })).status).toBe(404)
      expect((await service.send(other, `/api/v1/chat/${id}`, { method: 'DELETE' })).status).toBe(
        404,
      )
    }
    const again = await service.send('norah', events, { headers })
    expect(await again.text()).toContain('Zephyr 1')
  })

  it('is shown and answered by shared pairs of users with an equal policy alone', async () => {
    const pair = {
      question: 'Who is the best?',
      sql: "SELECT 'Zephyr 4' AS best FROM stores LIMIT 1",
      shared: true,
    }
    const approved = await create('norah', pairsPath, pair)
    const path = `${pairsPath}/${approved.id}`
    expect(await service.read('nils', pairsPath)).toContain('Zephyr 4')
    expect((await ask('nils', pair.question)).answer.generator).toBe('approved')
    for (const other of ['sam', 'una', undefined]) {
      expect(await service.read(other, pairsPath)).not.toMatch(tellsOfNorth)
      expect((await ask(other, pair.question)).text).not.toMatch(tellsOfNorth)
      expect(
        (await service.post(other, path, { question: 'Mine?', sql: 'SELECT 1' }, 'PUT')).status,
      ).toBe(404)
      expect((await service.send(other, path, { method: 'DELETE' })).status).toBe(404)
    }
    expect((await service.send('nils', path, { method: 'DELETE' })).status).toBe(204)
  })

  it('approves and pins no SQL on what they may not see', async () => {
    const sql = 'SELECT pay FROM payroll'
    const question = 'pay'
    expect((await service.post('sam', pairsPath, { question, sql })).status).toBe(400)
    expect((await service.post('sam', '/api/v1/cards', { title: 'Pay', sql })).status).toBe(400)
  })
})

describe('under row policies, whoever is not named, with a key or without,', () => {
  it.each(['una', undefined])('sees no data and is told so (%s)', async (user) => {
    expect(JSON.parse(await service.read(user, '/api/v1/schema')).tables).toEqual([])
    expect(JSON.parse(await service.read(user, '/api/v1/suggestions'))).toEqual({ suggestions: [] })
    for (const generator of ['auto', 'rules', 'local']) {
      const { status, answer, text } = await ask(user, 'List the names of stores', { generator })
      expect(status).toBe(200)
      expect(answer.ok).toBe(false)
      expect(answer.error.message).toMatch(/may see/)
      expect(text).not.toMatch(tellsOfNorth)
      expect(text).not.toMatch(tellsOfSouth)
    }
  })
})

describe('a service under row policies', () => {
  it('is ready, gives figures, and tells an audit who asked', async () => {
    expect((await service.send(undefined, '/health/ready')).status).toBe(200)
    expect((await service.send(undefined, '/health/ready')).status).toBe(200)
    expect(await service.read('sam', '/metrics')).toMatch(/parley_questions_total\{.*\} \d/)
    expect(await service.read('sam', '/metrics')).not.toMatch(tellsOfNorth)
    const { answer } = await ask('sam', 'how many stores are there?')
    const log = await readFile(join(service.home, 'logs', 'audit', 'audit.jsonl'), 'utf8')
    const line = log.split('\n').find((text) => text.includes(answer.id)) ?? '{}'
    expect(JSON.parse(line)).toMatchObject({ user: 'sam', rows: 1 })
  })

  it('offers nothing beside its source', async () => {
    const { datasets } = JSON.parse(await service.read('sam', '/api/v1/datasets'))
    expect(datasets).toMatchObject([{ name: 'own', samples: [] }])
    expect((await ask('sam', 'how many stores?', { dataset: 'retail' })).status).toBe(400)
  })

  it('says no more than that to a user whose policy the data no longer fits', async () => {
    const other = await policedService(usualPolicies, model)
    const path = join(other.home, 'shop.duckdb')
    await writeDatabaseFile(path, async (connection) => {
      await connection.run("CREATE TABLE stores AS SELECT 'Zephyr' AS store_name")
    })
    const response = await other.send('sam', '/api/v1/schema')
    expect(response.status).toBe(503)
    expect(JSON.parse(await response.text())).toEqual({
      error: {
        code: 'not_ready',
        message: 'The data that you may see cannot be opened.',
        hints: ['Whoever runs the service finds the reason in its log at the level debug.'],
      },
    })
    expect((await other.send('una', '/api/v1/schema')).status).toBe(200)
    await other.close()
  })
})
