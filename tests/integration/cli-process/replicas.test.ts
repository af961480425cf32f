/** Two services as users start them, with nothing in common but a PostgreSQL server. */
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { openSharedStore } from '../../../data/store/postgres/open-shared-store.js'
import type { KeyStore } from '../../../src/key-store.js'
import { sharedKeys } from '../../../src/replicas/shared-keys.js'
import { hasPostgres, useOwnPostgres } from '../../support/postgres-database.js'
import { type ReplicaProcess, startReplica } from '../../support/replica-process.js'
import {
  endlessSql,
  shopFiles,
  shopSales,
  type TemporaryHome,
  temporaryHome,
} from '../../support/temporary-product.js'
import { readEvents, type WireEvent } from '../../support/wire-events.js'

/** Requests of a key in one window. */
const allowance = 75
const windowMs = 5_000
/** On a slow machine a window may end before all of its requests are answered. */
const tries = 5

describe.skipIf(!hasPostgres)('Two replicas', () => {
  const server = useOwnPostgres()
  const tokens: Record<string, string> = {}
  let homes: readonly TemporaryHome[] = []
  const replicas: ReplicaProcess[] = []
  let start: (home: TemporaryHome) => Promise<ReplicaProcess>
  let withStore: <Result>(work: (keys: KeyStore) => Promise<Result>) => Promise<Result>

  const addKey = async (name: string) => {
    const created = await withStore((keys) => keys.create(name, 'admin'))
    if (!created.ok) throw new Error(created.message)
    tokens[name] = created.token
  }

  beforeAll(async () => {
    if (!hasPostgres) return
    await server.create('shared', [])
    const store = server.url('shared', 'parley')
    withStore = async (work) => {
      const shared = await openSharedStore(store)
      return work(sharedKeys(shared)).finally(shared.close)
    }
    for (const name of ['ada', 'bob', 'sue']) await addKey(name)
    homes = await Promise.all([temporaryHome(), temporaryHome()])
    const source = (await homes[0]?.write(shopFiles)) ?? ''
    const env = {
      PARLEY_STORE: store,
      PARLEY_KEYS: 'always',
      PARLEY_OFFLINE: '1',
      PARLEY_RATE_LIMIT: String((allowance * 1_000) / windowMs),
      PARLEY_MAX_QUESTIONS: '200',
      PARLEY_QUERY_TIME: '60',
      PARLEY_OLLAMA_URL: 'off',
      PARLEY_LMSTUDIO_URL: 'off',
    }
    start = (home) =>
      startReplica({ product: inject('product'), source, env: { ...env, PARLEY_HOME: home.path } })
    const startAt = async (home: TemporaryHome, at: number) => {
      replicas[at] = await start(home)
    }
    await Promise.all(homes.map(startAt))
  })
  afterAll(async () => {
    await Promise.all(replicas.map((replica) => replica.kill()))
    await Promise.all(homes.map((home) => home.remove()))
  })

  const send = (at: 0 | 1, who: string, path: string, request: RequestInit = {}) => {
    const headers = { ...request.headers, Authorization: `Bearer ${tokens[who]}` }
    return fetch(`${replicas[at]?.url}/api/v1/${path}`, { ...request, headers })
  }
  const post = (at: 0 | 1, who: string, path: string, body: object, more: object = {}) =>
    send(at, who, path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...more },
      body: JSON.stringify(body),
    })
  const ask = async (at: 0 | 1, who: string, message: string, conversation_id?: string) => {
    const response = await post(at, who, 'chat', { message, conversation_id, use_rag: false })
    const answer: ReturnType<typeof JSON.parse> = await response.json()
    return answer
  }
  const follow = async (
    at: 0 | 1,
    who: string,
    message: string,
    until: (event: WireEvent) => boolean,
  ) => {
    const gone = new AbortController()
    const response = await post(at, who, 'chat', { message }, { Accept: 'text/event-stream' })
    const read: WireEvent[] = []
    for await (const event of readEvents(response, gone.signal)) {
      read.push(event)
      if (until(event)) break
    }
    gone.abort()
    const [first] = read
    return { id: String(first?.data.id), read, conversation: String(first?.data.conversationId) }
  }
  const takeUp = async (at: 0 | 1, who: string, id: string, last: number) => {
    const headers = { 'Last-Event-ID': String(last) }
    const response = await send(at, who, `chat/${id}/events`, { headers })
    return { status: response.status, events: readEvents(response) }
  }
  const turnsAt = async (at: 0 | 1, who: string, conversation: string) => {
    const response = await send(at, who, `conversations/${conversation}`)
    const { turns = [] }: ReturnType<typeof JSON.parse> = await response.json()
    return turns as readonly { readonly id: string }[]
  }

  it('go on with each other’s conversations, and know what was said', async () => {
    const first = await ask(0, 'ada', 'Total sales amount in 2023')
    expect(first.text).toContain(shopSales(2023).toLocaleString('en'))
    const second = await ask(1, 'ada', 'and in 2024?', first.conversationId)
    expect(second).toMatchObject({ ok: true, conversationId: first.conversationId })
    expect(second.text).toContain(shopSales(2024).toLocaleString('en'))
    const ids = (await turnsAt(0, 'ada', first.conversationId)).map(({ id }) => id)
    expect(ids).toEqual([first.id, second.id])
    expect(await turnsAt(1, 'bob', first.conversationId)).toEqual([])
  })

  it('say that conversations are kept where both find them', async () => {
    const { parts }: ReturnType<typeof JSON.parse> = await (await send(1, 'ada', 'health')).json()
    const note = expect.stringMatching(/^Conversations are kept in PostgreSQL, /)
    expect(parts).toContainEqual({ name: 'conversations', state: 'ok', note })
  })

  it('take up each other’s streams, also of answers that are still being made, and cancel them', async () => {
    const cut = await follow(0, 'bob', 'Total sales amount in 2023', ({ number }) => number === 2)
    expect((await takeUp(1, 'ada', cut.id, 2)).status).toBe(404)
    const rest: WireEvent[] = []
    for await (const event of (await takeUp(1, 'bob', cut.id, 2)).events) rest.push(event)
    expect(rest.map(({ number }) => number)).toEqual(rest.map((_, at) => at + 3))
    expect(rest.at(-1)).toMatchObject({ type: 'message_stop', data: { answer: { ok: true } } })
    const endless = await follow(0, 'bob', endlessSql, isRunning)
    const resumed = await takeUp(1, 'bob', endless.id, 0)
    const again: WireEvent[] = []
    for await (const event of resumed.events) {
      again.push(event)
      if (isRunning(event)) {
        await send(1, 'bob', `chat/${endless.id}`, { method: 'DELETE' })
      }
    }
    expect(again.slice(0, endless.read.length)).toEqual(endless.read)
    expect(again.find(({ type }) => type === 'error')).toMatchObject({
      data: { error: { code: 'cancelled' } },
    })
  })

  it('keep all of forty turns that are asked of one conversation at once', async () => {
    const { conversationId } = await ask(0, 'sue', 'Total sales amount in 2023')
    const asked = Array.from({ length: 40 }, (_, at) =>
      ask(at % 2 === 0 ? 0 : 1, 'sue', 'SELECT count(*) AS n FROM sales', conversationId),
    )
    const answers = await Promise.all(asked)
    expect(answers.filter(({ ok, warnings }) => ok && warnings.length === 0)).toHaveLength(40)
    const kept = new Set((await turnsAt(1, 'sue', conversationId)).map(({ id }) => id))
    expect(answers.filter(({ id }) => kept.has(id))).toHaveLength(40)
    expect(kept.size).toBe(41)
  })

  it('count the requests of a key together, and refuse it together once it is revoked', async () => {
    /** What one window lets pass; undefined where it ended before all were answered. */
    const passedOf = async (who: string) => {
      const started = performance.now()
      const looks = Array.from({ length: allowance * 2 - 20 }, (_, at) =>
        send(at % 2 === 0 ? 0 : 1, who, 'conversations'),
      )
      const statuses = (await Promise.all(looks)).map(({ status }) => status)
      if (performance.now() - started > windowMs) return undefined
      expect(new Set(statuses)).toEqual(new Set([200, 429]))
      return statuses.filter((status) => status === 200).length
    }
    let passed: number | undefined
    for (let at = 0; passed === undefined && at < tries; at += 1) {
      await addKey(`eve${at}`)
      passed = await passedOf(`eve${at}`)
    }
    expect(passed).toBe(allowance)
    await withStore((keys) => keys.revoke('eve0'))
    const after = [await send(0, 'eve0', 'conversations'), await send(1, 'eve0', 'conversations')]
    expect(after.map(({ status }) => status)).toEqual([401, 401])
  })

  it('refuse what would change one of them alone', async () => {
    const refusals = [
      await post(0, 'ada', 'datasets', { url: 'postgres://me:too@host/shop' }),
      await send(1, 'ada', 'models/active', { method: 'PUT', body: '{"adapter":"none"}' }),
    ]
    expect(refusals.map(({ status }) => status)).toEqual([403, 403])
    const message = 'This service is one of several replicas, and this would change it alone.'
    for (const refusal of refusals) {
      expect(await refusal.json()).toMatchObject({ error: { code: 'forbidden', message } })
    }
  })

  it('lose no acknowledged turn when one is killed in the middle of another', async () => {
    const { conversationId } = await ask(1, 'ada', 'Total sales amount in 2024')
    const told: string[] = []
    for (const year of [2023, 2024]) {
      told.push((await ask(1, 'ada', `Total sales amount in ${year}`, conversationId)).id)
    }
    const headers = { Accept: 'text/event-stream' }
    const body = { message: endlessSql, conversation_id: conversationId }
    const events = readEvents(await post(1, 'ada', 'chat', body, headers))
    const { value: begun } = await events.next()
    for await (const event of events) if (isRunning(event)) break
    const elsewhere = (await takeUp(0, 'ada', String(begun?.data.id), 0)).events
    expect((await elsewhere.next()).value?.type).toBe('message_start')
    await replicas[1]?.kill()
    let last: WireEvent | undefined
    for await (const event of elsewhere) last = event
    expect(last).toMatchObject({ type: 'error', data: { error: { code: 'internal' } } })
    expect(last?.data.error.message).toContain('has ended')
    const kept = (await turnsAt(0, 'ada', conversationId)).map(({ id }) => id)
    expect(kept).toEqual(expect.arrayContaining(told))
    const next = await ask(0, 'ada', 'and in 2023?', conversationId)
    expect(next.text).toContain(shopSales(2023).toLocaleString('en'))
  })
})

function isRunning({ type, data }: WireEvent): boolean {
  return type === 'state' && data.state === 'executing'
}
