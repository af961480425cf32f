/** Clients that are too many, too slow, or stay where they should not; and keys where their scope does not reach. */
import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openKeyStore } from '../../../src/key-file.js'
import { scopes } from '../../../src/key-store.js'
import type { ServiceLimits } from '../../../src/service-limits.js'
import {
  type RealService,
  type RealServiceOptions,
  realService,
} from '../../support/real-service.js'
import { type SlowModel, slowModel } from '../../support/slow-model.js'
import { shopFiles, type TemporaryHome, temporaryHome } from '../../support/temporary-product.js'
import { sendBytes } from './send-bytes.js'

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

async function start(
  limits: Partial<ServiceLimits> = {},
  options: Partial<RealServiceOptions> = {},
) {
  model = slowModel('select 1', 60_000)
  service = await realService({ home: home.path, source, model, limits, ...options })
}

function ask(body: object, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${service.url}/api/v1/chat`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
}

const byRules = { message: 'Total sales amount in 2023' }
const head = 'POST /api/v1/chat HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n'

describe('slow clients', () => {
  it('are hung up on, with headers and with bodies, and disturb nobody', async () => {
    await start({}, { timeouts: { headersMs: 1_000, requestMs: 2_000 } })
    const slow = { trickleMs: 100, patienceMs: 15_000 }
    const dripping = [
      ...Array.from({ length: 40 }, () =>
        sendBytes(service.url, Buffer.from(`${head}X-A: ${'a'.repeat(5_000)}`), slow),
      ),
      ...Array.from({ length: 10 }, () =>
        sendBytes(
          service.url,
          Buffer.from(`${head}Content-Length: 9000\r\n\r\n${' '.repeat(9_000)}`),
          {
            ...slow,
            pieceBytes: 40,
          },
        ),
      ),
    ]
    expect((await ask(byRules)).status).toBe(200)
    for (const { status, elapsedMs } of await Promise.all(dripping)) {
      expect([0, 408]).toContain(status)
      expect(elapsedMs).toBeLessThan(10_000)
    }
  })
})

describe('too many requests', () => {
  it('of one address are refused with 429 and when to come again, and soon are welcome again', async () => {
    await start({ requestsPerSecond: 4 })
    const get = () => fetch(`${service.url}/api/v1/suggestions`)
    const all = await Promise.all(Array.from({ length: 40 }, get))
    const refused = all.filter(({ status }) => status === 429)
    expect(refused.length).toBe(20)
    expect(all.every(({ status }) => status === 200 || status === 429)).toBe(true)
    const seconds = Math.max(...refused.map(({ headers }) => Number(headers.get('Retry-After'))))
    expect(seconds).toBeGreaterThan(0)
    expect(seconds).toBeLessThanOrEqual(5)
    expect((await fetch(`${service.url}/health/live`)).status).toBe(200)
    await wait(seconds * 1_000)
    expect((await get()).status).toBe(200)
  })

  it('with wrong keys are slowed down too', async () => {
    const keys = { store: openKeyStore(home.path), required: true }
    await start({ requestsPerSecond: 2 }, { keys })
    const Authorization = `Bearer parley_${'0'.repeat(12)}_${'x'.repeat(43)}`
    const guess = () => fetch(`${service.url}/api/v1/schema`, { headers: { Authorization } })
    const statuses = (await Promise.all(Array.from({ length: 30 }, guess))).map((r) => r.status)
    expect(statuses.filter((status) => status === 401)).toHaveLength(10)
    expect(statuses.filter((status) => status === 429)).toHaveLength(20)
  })

  it('at once are answered or refused, never broken, and the service goes on', async () => {
    await start({ questions: 8, requestsPerSecond: 10_000 })
    const asked = Array.from({ length: 150 }, () => ask(byRules))
    const responses = await Promise.all(asked)
    const count = (status: number) => responses.filter((each) => each.status === status).length
    expect(count(200)).toBeGreaterThan(0)
    expect(count(503)).toBeGreaterThan(0)
    expect(count(200) + count(503)).toBe(150)
    for (const refused of responses.filter(({ status }) => status === 503)) {
      expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(0)
    }
    expect(await (await ask(byRules)).json()).toMatchObject({ ok: true })
  })
})

describe('too large bodies', () => {
  it.each([70_000, 1_000_000, 10_000_000])(
    'of %i bytes are told so, whole or in chunks',
    async (size) => {
      await start()
      const headers = { 'Content-Type': 'application/json' }
      const bytes = new Uint8Array(size).fill(0x20)
      for (const body of [bytes, new Blob([bytes]).stream()]) {
        const request = { method: 'POST', headers, body, duplex: 'half' } as const
        const response = await fetch(`${service.url}/api/v1/chat`, request)
        expect(response.status).toBe(413)
        expect(await response.json()).toMatchObject({ error: { code: 'body_too_large' } })
      }
      expect((await ask(byRules)).status).toBe(200)
    },
  )
})

describe('streams', () => {
  it('have few readers each, and one that never reads harms nobody', async () => {
    await start()
    const body = JSON.stringify({ message: 'Which store has most?', generator: 'local' })
    const socket = connect(Number(new URL(service.url).port), '127.0.0.1')
    socket.write(
      `${head}Accept: text/event-stream\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    )
    const [first] = await once(socket, 'data')
    socket.pause()
    const [, id] = /"id":"([^"]+)"/.exec(String(first)) ?? []
    const leaving = new AbortController()
    const follow = () =>
      fetch(`${service.url}/api/v1/chat/${id}/events`, { signal: leaving.signal })
    const followers: Response[] = []
    for (let count = 0; count < 12; count += 1) followers.push(await follow())
    expect(followers.filter(({ status }) => status === 200)).toHaveLength(7)
    expect(followers.filter(({ status }) => status === 429)).toHaveLength(5)
    expect((await ask(byRules)).status).toBe(200)
    leaving.abort()
    socket.destroy()
  })
})

describe('keys', () => {
  it('open exactly the routes that their scope reaches', async () => {
    const store = openKeyStore(home.path)
    const tokens = new Map<string, string>()
    for (const scope of scopes) {
      const created = await store.create(`scope ${scope}`, scope)
      if (created.ok) tokens.set(scope, created.token)
    }
    await start({ requestsPerSecond: 10_000 }, { keys: { store, required: true } })
    const { paths } = (await (await fetch(`${service.url}/openapi.json`)).json()) as {
      paths: Record<string, Record<string, { 'x-scope'?: (typeof scopes)[number] }>>
    }
    let tried = 0
    for (const [path, methods] of Object.entries(paths)) {
      for (const [method, { 'x-scope': needed }] of Object.entries(methods)) {
        if (needed === undefined) continue
        for (const scope of [undefined, ...scopes]) {
          const reaches = scope !== undefined && scopes.indexOf(scope) >= scopes.indexOf(needed)
          const response = await fetch(service.url + path.replaceAll(/\{\w+\}/g, 'none'), {
            method: method.toUpperCase(),
            headers: scope ? { Authorization: `Bearer ${tokens.get(scope)}` } : {},
          })
          await response.body?.cancel()
          const refused = [401, 403].includes(response.status)
          expect([path, method, scope, refused]).toEqual([path, method, scope, !reaches])
          tried += 1
        }
      }
    }
    expect(tried).toBeGreaterThan(40)
  })
})

describe('a service that stops', () => {
  it('says that it is not ready, takes nothing new, and lets an answer finish or be refused', async () => {
    await start({}, { drainMs: 3_000 })
    const asking = ask({ message: 'Which store has most?', generator: 'local' })
    await expect.poll(() => model.count.begun).toBe(1)
    const closing = service.close()
    const ready = await fetch(`${service.url}/health/ready`)
    expect(ready.status).toBe(503)
    expect((await fetch(`${service.url}/health/live`)).status).toBe(200)
    const refused = await ask(byRules)
    expect(refused.status).toBe(503)
    expect(refused.headers.get('Retry-After')).toBe('30')
    expect((await asking).status).toBe(503)
    await closing
  })
})
