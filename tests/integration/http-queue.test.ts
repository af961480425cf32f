/** Many questions and one model: who waits, who is told to come again, and what a cancel and a deadline reach. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openKeyStore } from '../../src/key-file.js'
import type { ServiceLimits } from '../../src/service-limits.js'
import { type RealService, realService } from '../support/real-service.js'
import { type SlowModel, slowModel } from '../support/slow-model.js'
import {
  endlessSql,
  shopFiles,
  shopSales,
  type TemporaryHome,
  temporaryHome,
} from '../support/temporary-product.js'

const byModel = { message: 'Which store has most?', generator: 'local' }
const byRules = { message: 'Total sales amount in 2023' }
const written = 'select stores.store_name order by stores.store_id limit 1'

let home: TemporaryHome
let source: string
let service: RealService
let model: SlowModel

beforeAll(async () => {
  home = await temporaryHome()
  source = await home.write(shopFiles)
})
afterEach(() => service.close())
afterAll(() => home.remove())

async function start(takesMs: number, limits: Partial<ServiceLimits> = {}, withKeys = false) {
  model = slowModel(written, takesMs)
  const keys = { store: openKeyStore(home.path), required: withKeys }
  service = await realService({ home: home.path, source, model, limits, keys })
}

function ask(body: object, headers: Record<string, string> = {}, signal?: AbortSignal) {
  return fetch(`${service.url}/api/v1/chat`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
    signal,
  })
}

const events = { Accept: 'text/event-stream' }

async function answerOf(response: Promise<Response>) {
  return JSON.parse(await (await response).text())
}

describe('the model', () => {
  it('works on one question at a time, and a stream tells the others their place', async () => {
    await start(20_000)
    const asked = [1, 2, 3].map(async () => (await ask(byModel, events)).text())
    await expect.poll(() => service.modelQueue.waiting(), { timeout: 20_000 }).toBe(2)
    model.hurry()
    const [, , last = ''] = (await Promise.all(asked)).sort((a, b) => a.length - b.length)
    expect(model.count).toMatchObject({ begun: 3, atOnce: 1 })
    const places = [...last.matchAll(/"queue":\{"place":(\d)\}/g)].map(([, place]) => place)
    expect(places).toEqual(['2', '1', '0'])
    expect(last).toContain('"type":"message_stop"')
  })

  it('keeps nobody waiting whom the rules can answer', async () => {
    await start(20_000)
    const leaving = new AbortController()
    const waiting = [1, 2, 3].map(() => ask(byModel, {}, leaving.signal).catch(() => undefined))
    await expect.poll(() => service.modelQueue.waiting(), { timeout: 20_000 }).toBe(2)
    const answer = await answerOf(ask(byRules))
    expect(answer).toMatchObject({ ok: true, rows: [[shopSales(2023)]] })
    leaving.abort()
    await Promise.all(waiting)
  })

  it('is refused to one question too many, with when to come again', async () => {
    await start(20_000, { queued: 1 })
    const leaving = new AbortController()
    const waiting = [1, 2].map(() => ask(byModel, {}, leaving.signal).catch(() => undefined))
    await expect.poll(() => service.modelQueue.waiting(), { timeout: 20_000 }).toBe(1)
    expect((await fetch(`${service.url}/health/ready`)).status).toBe(503)
    const refused = await ask(byModel)
    expect(refused.status).toBe(503)
    expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(0)
    expect(await refused.json()).toMatchObject({ error: { code: 'busy' } })
    const streamed = await (await ask(byModel, events)).text()
    expect(streamed).toMatch(/event: error\nid: \d+\ndata: .*"code":"busy".*"retryAfterSeconds":/)
    leaving.abort()
    await Promise.all(waiting)
  })

  it('is shared by the keys: one that waits too often is told so, the others are not', async () => {
    const store = openKeyStore(home.path)
    const keyOf = async (name: string) => {
      const created = await store.create(name, 'ask')
      return { Authorization: `Bearer ${created.ok && created.token}` }
    }
    const [greedy, other] = [await keyOf('greedy'), await keyOf('other')]
    await start(20_000, { queued: 4 }, true)
    const leaving = new AbortController()
    const waiting = [1, 2, 3].map(() => ask(byModel, greedy, leaving.signal).catch(() => undefined))
    await expect.poll(() => service.modelQueue.waiting(), { timeout: 20_000 }).toBe(2)
    const refused = await ask(byModel, greedy)
    expect(refused.status).toBe(429)
    expect(refused.headers.has('Retry-After')).toBe(true)
    const welcome = ask(byModel, other, leaving.signal).catch(() => undefined)
    await expect.poll(() => service.modelQueue.waiting()).toBe(3)
    leaving.abort()
    await Promise.all([...waiting, welcome])
  })
})

describe('a cancel', () => {
  it('reaches the queue at once, and the model is never asked', async () => {
    await start(20_000)
    const leaving = new AbortController()
    const first = ask(byModel, {}, leaving.signal).catch(() => undefined)
    await expect.poll(() => model.count.begun, { timeout: 20_000 }).toBe(1)
    const queued = new AbortController()
    const second = ask(byModel, {}, queued.signal).catch(() => undefined)
    await expect.poll(() => service.modelQueue.waiting(), { timeout: 20_000 }).toBe(1)
    queued.abort()
    await expect.poll(() => service.modelQueue.waiting(), { interval: 10 }).toBe(0)
    // The first is still being written: nothing but the cancel has ended the wait.
    expect(model.count).toMatchObject({ begun: 1, stopped: 0 })
    leaving.abort()
    await Promise.all([first, second])
  })

  it('reaches the model, which is free again at once', async () => {
    await start(20_000)
    const leaving = new AbortController()
    const asking = ask(byModel, {}, leaving.signal).catch(() => undefined)
    await expect.poll(() => model.count.begun, { timeout: 20_000 }).toBe(1)
    leaving.abort()
    await asking
    await expect.poll(() => model.count.stopped, { timeout: 5_000 }).toBe(1)
  })

  it('reaches the engine within two seconds', async () => {
    await start(0, { queryMs: 60_000 })
    const response = await ask({ message: endlessSql }, events)
    const reader = response.body?.getReader()
    let text = ''
    while (!text.includes('"state":"executing"')) {
      text += new TextDecoder().decode((await reader?.read())?.value)
    }
    const [, id] = /"id":"([^"]+)"/.exec(text) ?? []
    const started = performance.now()
    await fetch(`${service.url}/api/v1/chat/${id}`, { method: 'DELETE' })
    while (!text.includes('[DONE]')) {
      text += new TextDecoder().decode((await reader?.read())?.value)
    }
    expect(performance.now() - started).toBeLessThan(2_000)
    expect(text).toContain('"code":"cancelled"')
    expect(await answerOf(ask(byRules))).toMatchObject({ ok: true })
  })
})

describe('a deadline', () => {
  it('ends the wait for the model', async () => {
    await start(20_000, { waitMs: 200 })
    const leaving = new AbortController()
    const first = ask(byModel, {}, leaving.signal).catch(() => undefined)
    await expect.poll(() => model.count.begun, { timeout: 20_000 }).toBe(1)
    expect((await ask(byModel)).status).toBe(503)
    leaving.abort()
    await first
  })

  it('ends the work of the model, with a hint', async () => {
    await start(20_000, { modelMs: 200 })
    const answer = await answerOf(ask(byModel))
    expect(answer).toMatchObject({ ok: false, error: { code: 'deadline', phase: 'generating' } })
    expect(answer.error.hints.length).toBeGreaterThan(0)
    expect(model.count.stopped).toBe(1)
  })

  it('ends the question as a whole, with a hint', async () => {
    // Long enough for the question to reach the model on a slow machine.
    await start(60_000, { requestMs: 2_000 })
    const answer = await answerOf(ask(byModel))
    expect(answer).toMatchObject({ ok: false, error: { code: 'deadline' } })
    expect(answer.error.hints.length).toBeGreaterThan(0)
    await expect.poll(() => model.count.stopped, { timeout: 5_000 }).toBe(1)
  })

  it('ends the check of SQL before anything runs', async () => {
    await start(0, { gateMs: 1 })
    const answer = await answerOf(ask({ message: endlessSql }))
    expect(answer).toMatchObject({ ok: false, error: { code: 'sql_timeout', phase: 'planning' } })
  })

  it('ends a query, with a hint', async () => {
    await start(0, { queryMs: 300 })
    const started = performance.now()
    const answer = await answerOf(ask({ message: endlessSql }))
    expect(answer).toMatchObject({ ok: false, error: { code: 'sql_timeout' } })
    expect(performance.now() - started).toBeLessThan(5_000)
  })
})
