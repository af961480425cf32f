/** API keys at the door: who is let in where, and that nobody sees what another asked. */
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createKey, listKeys, revokeKey } from '../../src/commands/key.js'
import { serve } from '../../src/commands/serve.js'
import { openKeyStore } from '../../src/key-file.js'
import { type Scope, scopes } from '../../src/key-store.js'
import { auditFile, auditFolder } from '../../src/observe/audit-log.js'
import type { Health } from '../../src/orchestrator.js'
import { recordingContext } from '../support/recording-context.js'
import { type ServedStandIn, serveStandIn } from '../support/serve-stand-in.js'

let home: string
let server: ServedStandIn
const tokens = new Map<string, string>()

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'parley-keys-'))
  const store = openKeyStore(home)
  for (const name of [...scopes, 'other', 'gone'] as const) {
    const scope: Scope = name === 'other' || name === 'gone' ? 'ask' : name
    const created = await store.create(name, scope)
    if (created.ok) tokens.set(name, created.token)
  }
  await store.revoke('gone')
  server = await serveStandIn({ keys: { store, required: true }, stepDelayMs: 5 })
})
afterAll(async () => {
  await server.close()
  await rm(home, { recursive: true })
})

function send(path: string, key?: string, request: RequestInit = {}): Promise<Response> {
  const token = tokens.get(key ?? '') ?? key
  const headers = { ...request.headers, ...(token && { Authorization: `Bearer ${token}` }) }
  return fetch(server.url + path, { ...request, headers })
}

function chat(key: string | undefined, body: object): Promise<Response> {
  const headers = { 'Content-Type': 'application/json' }
  return send('/api/v1/chat', key, { method: 'POST', headers, body: JSON.stringify(body) })
}

describe('a service that needs keys', () => {
  it.each([undefined, 'parley_0_0', 'gone', 'x'.repeat(5_000)])('refuses %s', async (key) => {
    for (const response of [await chat(key, { message: 'a' }), await send('/api/v1/schema', key)]) {
      expect(response.status).toBe(401)
      expect(response.headers.get('WWW-Authenticate')).toContain('Bearer')
      expect(await response.json()).toMatchObject({ error: { code: 'unauthorized' } })
    }
    expect(server.orchestrator.calls).toEqual([])
  })

  it('answers whoever has a key, and tells the orchestrator who asks', async () => {
    for (const name of ['ask', 'curate', 'admin']) {
      expect((await chat(name, { message: 'Total sales in 2023' })).status).toBe(200)
    }
    const users = server.orchestrator.calls.map(({ options }) => options.user)
    expect(users.every((user) => /^[0-9a-f]{12}$/.test(user ?? ''))).toBe(true)
    expect(new Set(users).size).toBe(3)
  })

  it('shows the page and says that it lives without one', async () => {
    for (const path of ['/', '/health/live', '/openapi.json']) {
      expect((await send(path)).status).toBe(200)
      expect((await send(path, 'parley_0_0')).status).toBe(200)
    }
  })

  it('lets nobody follow or cancel the answer of another', async () => {
    const asked = await send('/api/v1/chat', 'ask', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'text/event-stream' },
      body: JSON.stringify({ message: 'forever' }),
    })
    const reader = asked.body?.getReader()
    const first = new TextDecoder().decode((await reader?.read())?.value)
    const [, id] = /"id":"([^"]+)"/.exec(first) ?? []
    const path = `/api/v1/chat/${id}`
    for (const key of ['other', 'admin']) {
      expect((await send(`${path}/events`, key)).status).toBe(404)
      expect((await send(path, key, { method: 'DELETE' })).status).toBe(404)
    }
    expect((await send(path, 'ask', { method: 'DELETE' })).status).toBe(204)
    await reader?.cancel()
  })
})

describe('a service whose file of keys is damaged', () => {
  it('lives, lets nobody in, and logs why, but tells no client where', async () => {
    const own = join(home, 'damaged')
    await mkdir(own)
    await writeFile(join(own, 'keys.json'), '{')
    const damaged = await serveStandIn({ keys: { store: openKeyStore(own), required: true } })
    const headers = { Authorization: `Bearer ${tokens.get('ask')}` }
    const get = (path: string) => fetch(damaged.url + path, { headers })
    expect((await get('/health/live')).status).toBe(200)
    const refused = await get('/api/v1/schema')
    expect(refused.status).toBe(503)
    expect(await refused.text()).not.toContain('damaged')
    const errors = damaged.logger.lines.filter(({ level }) => level === 'error')
    expect(errors).toMatchObject([{ fields: { error: 'KeyFileError', code: 'keys_unreadable' } }])
    await damaged.close()
  })
})

describe('a service that is not ready', () => {
  const note = 'secret-plans.duckdb, 3 tables. It does not answer at the moment.'
  const health: Health = {
    ready: true,
    source: 'secret-plans.duckdb',
    parts: [{ name: 'database', state: 'degraded', note }],
  }

  it('says why to whoever has a key, and to others only that it is not', async () => {
    const keys = { store: openKeyStore(home), required: true }
    const waiting = await serveStandIn({ keys, health })
    const ready = async (headers: Record<string, string>) => {
      const response = await fetch(`${waiting.url}/health/ready`, { headers })
      expect(response.status).toBe(503)
      return response.text()
    }
    expect(await ready({ Authorization: `Bearer ${tokens.get('ask')}` })).toContain(note)
    expect(await ready({})).not.toContain('secret-plans')
    await waiting.close()
  })
})

describe('a service that needs none', () => {
  it('answers without a key, yet refuses a wrong one', async () => {
    const open = await serveStandIn({ keys: { store: openKeyStore(home), required: false } })
    const get = (headers: Record<string, string>) => fetch(`${open.url}/api/v1/schema`, { headers })
    expect((await get({})).status).toBe(200)
    expect((await get({ Authorization: 'Bearer wrong' })).status).toBe(401)
    expect((await get({ Authorization: `Bearer ${tokens.get('ask')}` })).status).toBe(200)
    await open.close()
  })
})

describe('parley serve', () => {
  it.each([
    [{ host: '0.0.0.0' }, {}],
    [{ host: '::' }, {}],
    [{}, { PARLEY_HOST: '192.0.2.1' }],
    [{}, { PARLEY_KEYS: 'always' }],
  ])('does not start with %j and %j before there is a key', async (options, variables) => {
    const context = recordingContext({ PARLEY_HOME: join(home, 'empty'), ...variables })
    expect(await serve({ port: '0', ...options }, context)).toBe(2)
    expect(context.said.join('\n')).toContain('parley key create')
    expect(context.printed).toEqual([])
  })
})

describe('parley key', () => {
  it('makes a key, lists it without its secret, and revokes it', async () => {
    const context = recordingContext({ PARLEY_HOME: join(home, 'commands') })
    expect(await createKey({ name: 'page', scope: 'ask' }, context)).toBe(0)
    const [token = ''] = context.printed
    const store = openKeyStore(join(home, 'commands'))
    expect(await store.verify(token)).toMatchObject({ name: 'page' })
    expect(await listKeys({ json: true }, context)).toBe(0)
    expect(context.printed[1]).not.toContain(token.slice(-20))
    expect(await revokeKey({ key: 'page' }, context)).toBe(0)
    expect(await store.verify(token)).toBeUndefined()
  })

  it('is in the audit log, with its name and its end, and without its secret', async () => {
    const own = join(home, 'audited')
    const context = recordingContext({ PARLEY_HOME: own })
    await createKey({ name: 'page', scope: 'ask' }, context)
    await revokeKey({ key: 'page' }, context)
    const off = recordingContext({ PARLEY_HOME: own, PARLEY_AUDIT: 'off' })
    await createKey({ name: 'unseen', scope: 'ask' }, off)
    const file = join(auditFolder(own), auditFile)
    const text = await readFile(file, 'utf8')
    const lines = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines).toMatchObject([
      { event: 'key_created', user: 'local', keys: [{ name: 'page', scope: 'ask' }] },
      { event: 'key_revoked', keys: [{ name: 'page', revokedAt: expect.any(String) }] },
    ])
    expect(text).not.toContain(context.printed[0]?.slice(-20))
    expect((await stat(file)).mode & 0o777).toBe(0o600)
  })

  it('is made and shown even where the audit log cannot be told, which it says', async () => {
    const own = join(home, 'untold')
    await mkdir(own)
    await writeFile(join(own, 'logs'), '')
    const context = recordingContext({ PARLEY_HOME: own })
    expect(await createKey({ name: 'page', scope: 'ask' }, context)).toBe(0)
    expect(context.printed).toHaveLength(1)
    expect(context.said.join()).toContain('audit log')
  })

  it('says what is wrong with a scope or a name', async () => {
    const context = recordingContext({ PARLEY_HOME: join(home, 'commands') })
    expect(await createKey({ name: 'x', scope: 'root' }, context)).toBe(2)
    expect(await createKey({ name: '../x', scope: 'ask' }, context)).toBe(1)
    expect(await revokeKey({ key: 'nobody' }, context)).toBe(1)
    expect(context.said.join('\n')).toMatch(
      /ask, curate, admin[\s\S]*cannot be a name[\s\S]*nobody/,
    )
  })
})
