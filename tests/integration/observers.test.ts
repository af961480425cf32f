/** The observers of a service on the real application: figures, the audit log on disk, traces to a collector of loopback. */
import { channel } from 'node:diagnostics_channel'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openKeyStore } from '../../src/key-file.js'
import { createLogger } from '../../src/logger.js'
import { auditFile, openAuditLog } from '../../src/observe/audit-log.js'
import { type Observers, openObservers } from '../../src/observe/open-observers.js'
import { type ServedStandIn, serveStandIn } from '../support/serve-stand-in.js'
import { roomFiles } from '../support/source-files.js'
import { standInOrchestrator } from '../support/stand-in-orchestrator.js'
import { watchedQuestion } from '../support/watched-question.js'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-observers-'))
})
afterAll(() => rm(folder, { recursive: true }))

const logger = createLogger('silent')
const settings = (name: string) => ({
  home: join(folder, name),
  audit: 'full' as const,
  logLevel: 'info' as const,
})

/** The application over a stand-in that is watched. */
function serveWatched(observers: Observers): Promise<ServedStandIn> {
  return serveStandIn({ observers, watch: (inner) => observers.watch(inner, 'own') })
}

async function ask(url: string, message: string, accept = 'application/json') {
  const response = await fetch(`${url}/api/v1/chat`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: accept },
    body: JSON.stringify({ message }),
  })
  await response.text()
  return response
}

async function auditOf(name: string): Promise<Record<string, unknown>[]> {
  const text = await readFile(join(folder, name, 'logs', 'audit', auditFile), 'utf8')
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
}

describe('a service that is watched', () => {
  it('shows its figures, however a question was asked and ended', async () => {
    const observers = await openObservers(settings('figures'), logger)
    const service = await serveWatched(observers)
    await ask(service.url, 'Total sales')
    await ask(service.url, 'Total sales again', 'text/event-stream')
    await ask(service.url, 'explode please')
    await fetch(`${service.url}/nowhere/at/all`)
    const response = await fetch(`${service.url}/metrics`)
    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
    const lines = (await response.text()).split('\n')
    const questions = lines.filter((line) => line.startsWith('parley_questions_total{'))
    expect(questions.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0)).toBe(3)
    expect(lines).toContain('parley_questions_under_way 0')
    expect(lines).toContain('parley_refusals_total{at="question",code="internal"} 1')
    expect(lines).toContain('parley_stage_seconds_count{stage="executeSql"} 2')
    expect(lines).toContain('parley_http_requests_total{method="GET",route="other",status="404"} 1')
    expect(lines.join('\n')).not.toMatch(/Total sales|nowhere/)
    await service.close()
    await observers.close()
  })

  it('writes who asked what into a file that only its owner can read', async () => {
    const observers = await openObservers(settings('audit'), logger)
    const service = await serveWatched(observers)
    const response = await ask(service.url, 'Total sales')
    await ask(service.url, 'explode please')
    await fetch(`${service.url}/api/v1/schema`, { headers: { Host: 'evil.example' } })
    await service.close()
    await observers.close()
    const [first, second] = await auditOf('audit')
    expect(first).toMatchObject({
      event: 'question',
      requestId: response.headers.get('x-request-id'),
      user: 'local',
      dataset: 'own',
      question: 'Total sales',
      outcome: 'data',
    })
    expect(second).toMatchObject({ question: 'explode please', outcome: 'internal' })
    const file = await stat(join(folder, 'audit', 'logs', 'audit', auditFile))
    expect(file.mode & 0o777).toBe(0o600)
    expect((await stat(join(folder, 'audit', 'logs', 'audit'))).mode & 0o777).toBe(0o700)
  })

  it('writes which key asked, and who was refused, but never a key', async () => {
    const observers = await openObservers(settings('keys'), logger)
    const store = openKeyStore(join(folder, 'keys'))
    const created = await store.create('reports', 'ask')
    if (!created.ok) throw new Error(created.message)
    const { token, key } = created
    const service = await serveStandIn({
      observers,
      keys: { store, required: true },
      watch: (inner) => observers.watch(inner, 'own'),
    })
    const send = (path: string, authorization: string) =>
      fetch(`${service.url}${path}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Authorization: authorization },
        body: JSON.stringify({ message: `My key is ${token}. Total sales?` }),
      }).then((response) => response.text())
    await send('/api/v1/chat', `Bearer ${token}`)
    await send('/api/v1/chat', 'Bearer parley_000000000000_wrong')
    await service.close()
    await observers.close()
    const lines = await auditOf('keys')
    expect(lines).toMatchObject([
      { event: 'question', keyId: key.id, user: 'reports', outcome: 'data' },
      { event: 'refused', user: 'unknown', code: 'unauthorized', address: '127.0.0.1' },
    ])
    expect(JSON.stringify(lines)).not.toContain(token)
    expect(JSON.stringify(lines)).not.toContain('wrong')
  })

  it('writes what changed something, and nothing of what only looked', async () => {
    const observers = await openObservers(settings('changes'), logger)
    const service = await serveWatched(observers)
    const asked = ask(service.url, 'forever', 'text/event-stream')
    await expect.poll(() => service.orchestrator.calls.length).toBe(1)
    await fetch(`${service.url}/api/v1/schema`)
    const cancel = await fetch(`${service.url}/api/v1/chat/answer-1`, { method: 'DELETE' })
    expect(cancel.status).toBe(204)
    await asked
    await service.close()
    await observers.close()
    const lines = await auditOf('changes')
    expect(lines).toHaveLength(2)
    expect(lines).toContainEqual(
      expect.objectContaining({ event: 'request', method: 'DELETE', route: '/api/v1/chat/:id' }),
    )
    expect(lines).toContainEqual(
      expect.objectContaining({ event: 'question', question: 'forever', outcome: 'cancelled' }),
    )
  })

  it('writes none when it is switched off', async () => {
    const observers = await openObservers({ ...settings('off'), audit: 'off' }, logger)
    const service = await serveWatched(observers)
    await ask(service.url, 'Total sales')
    await service.close()
    await observers.close()
    await expect(readdir(join(folder, 'off'))).rejects.toThrow('ENOENT')
  })
})

describe('the audit log', () => {
  it('begins a new file when one is full, and keeps only so many', async () => {
    const audit = await openAuditLog({
      folder: join(folder, 'rotated'),
      detail: 'full',
      onFailure: (error) => expect.fail(error.message),
      fileSize: '2000B',
      files: 3,
    })
    for (let number = 0; number < 60; number++) {
      audit.answered(watchedQuestion({ question: `Question ${number}` }))
      await wait(5)
    }
    await audit.close()
    const files = await readdir(join(folder, 'rotated'))
    const rotated = files.filter((name) => /^audit-\d{4}-\d{2}-\d{2}-\d+\.jsonl$/.test(name))
    expect(rotated.length).toBeGreaterThanOrEqual(2)
    expect(rotated.length).toBeLessThanOrEqual(3)
    for (const name of rotated) {
      const file = join(folder, 'rotated', name)
      expect((await stat(file)).mode & 0o777).toBe(0o600)
      for (const line of (await readFile(file, 'utf8')).trim().split('\n')) JSON.parse(line)
    }
  })

  it('goes on in the file of the last run', async () => {
    const options = { folder: join(folder, 'again'), detail: 'full' as const, onFailure: () => {} }
    for (const question of ['first run', 'second run']) {
      const audit = await openAuditLog(options)
      audit.answered(watchedQuestion({ question }))
      await audit.close()
    }
    const text = await readFile(join(folder, 'again', auditFile), 'utf8')
    expect(text).toMatch(/first run.*\n.*second run.*\n$/)
  })

  it.skipIf(process.platform !== 'linux')(
    'says once that the disk is full, and goes on when there is room again',
    async () => {
      const path = join(folder, 'full')
      const file = join(path, auditFile)
      await mkdir(path)
      await symlink('/dev/full', file)
      const failures: Error[] = []
      const onFailure = (error: Error) => void failures.push(error)
      const audit = await openAuditLog({ folder: path, detail: 'full', onFailure, reopenMs: 0 })
      for (let number = 0; number < 5; number++) {
        audit.answered(watchedQuestion())
        await wait(20)
      }
      await expect.poll(() => failures).toHaveLength(1)
      await rm(file)
      audit.answered(watchedQuestion({ question: 'room again' }))
      await audit.close()
      expect(await readFile(file, 'utf8')).toContain('room again')
    },
  )
})

interface Collected {
  readonly path: string
  readonly body: {
    readonly resourceSpans: readonly {
      readonly scopeSpans: readonly {
        readonly spans: readonly { readonly name: string; readonly parentSpanId?: string }[]
      }[]
    }[]
  }
}

async function collector(): Promise<{
  readonly url: string
  readonly got: readonly Collected[]
  readonly server: Server
}> {
  const got: Collected[] = []
  const server = createServer(async (request, response) => {
    let text = ''
    for await (const part of request) text += part
    got.push({ path: String(request.url), body: JSON.parse(text) })
    response.setHeader('Content-Type', 'application/json')
    response.end('{}')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, got, server }
}

describe('traces', () => {
  it('reach the collector that is set: a span for the question and one for each stage', async () => {
    const { url, got, server } = await collector()
    const observers = await openObservers({ ...settings('traces'), traces: `${url}/` }, logger)
    const service = await serveWatched(observers)
    await ask(service.url, 'Total sales of Ada Moreau')
    await service.close()
    await observers.close()
    server.close()
    expect(got.map(({ path }) => path)).toEqual(['/v1/traces'])
    const spans = got[0]?.body.resourceSpans.flatMap(({ scopeSpans }) =>
      scopeSpans.flatMap(({ spans: each }) => each),
    )
    const names = spans?.map(({ name }) => name) ?? []
    expect(names).toEqual(expect.arrayContaining(['question', 'generateSql', 'executeSql']))
    expect(spans?.filter(({ parentSpanId }) => !parentSpanId).map(({ name }) => name)).toEqual([
      'question',
    ])
    expect(JSON.stringify(got)).not.toMatch(/Ada Moreau|SELECT/)
  })

  it('are not made by default: nothing connects, and their packages are not even loaded', async () => {
    const connections: unknown[] = []
    const note = (message: unknown) => void connections.push(message)
    channel('net.client.socket').subscribe(note)
    const observers = await openObservers(settings('untraced'), logger)
    const answer = await observers.watch(standInOrchestrator(), 'own').process('Total sales')
    await observers.close()
    channel('net.client.socket').unsubscribe(note)
    expect(answer.ok).toBe(true)
    expect(connections).toEqual([])
    const users = roomFiles().filter(({ text }) => text.includes("'@opentelemetry/"))
    expect(users.map(({ path }) => path)).toEqual(['src/observe/traces.ts'])
    const loading = /^import (?!type).*'@opentelemetry\//m
    expect(users.filter(({ text }) => loading.test(text))).toEqual([])
  })

  it('tell the question and its SQL at the level debug alone', async () => {
    const { url, got, server } = await collector()
    const debug = { ...settings('debug'), traces: url, logLevel: 'debug' as const }
    const observers = await openObservers(debug, logger)
    const service = await serveWatched(observers)
    await ask(service.url, 'Total sales of Ada Moreau')
    await service.close()
    await observers.close()
    server.close()
    expect(JSON.stringify(got)).toMatch(/Ada Moreau/)
  })

  it('that no collector takes do not keep the service from answering or stopping', async () => {
    const { url, server } = await collector()
    server.close()
    const observers = await openObservers({ ...settings('gone'), traces: url }, logger)
    const service = await serveWatched(observers)
    expect((await ask(service.url, 'Total sales')).status).toBe(200)
    await service.close()
    const started = performance.now()
    await observers.close()
    expect(performance.now() - started).toBeLessThan(20_000)
  }, 60_000)
})
