/** Questions that are refused before they become requests of the application. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createLogger } from '../../src/logger.js'
import { type Observers, openObservers } from '../../src/observe/open-observers.js'
import { type ServedStandIn, serveStandIn } from '../support/serve-stand-in.js'

const friend = 'https://intranet.example'
let home: string
let observers: Observers
let server: ServedStandIn
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'parley-shed-'))
  const settings = { home, audit: 'off', logLevel: 'info' } as const
  observers = await openObservers(settings, createLogger('silent'))
  server = await serveStandIn({
    observers,
    allowedOrigins: [friend],
    limits: { questions: 1, requestsPerSecond: 1_000 },
  })
})
afterAll(async () => {
  await server.close()
  await observers.close()
  await rm(home, { recursive: true })
})

function ask(message: string, signal?: AbortSignal, origin?: string): Promise<Response> {
  return fetch(`${server.url}/api/v1/chat`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...(origin && { Origin: origin }) },
    body: JSON.stringify({ message }),
    signal,
  })
}

it('say so in the one shape, and stand in the figures and in one line of the log', async () => {
  const leaving = new AbortController()
  const busy = ask('forever', leaving.signal).catch(() => undefined)
  await expect.poll(() => server.orchestrator.calls.length).toBe(1)
  for (const refused of [await ask('one more'), await ask('and one more')]) {
    expect(refused.status).toBe(503)
    expect(refused.headers.get('Retry-After')).toBe('2')
    expect(refused.headers.get('X-Content-Type-Options')).toBe('nosniff')
    expect(await refused.json()).toEqual({
      error: {
        code: 'busy',
        message: 'Too many questions are under way.',
        hints: ['Ask again soon.'],
      },
    })
  }
  for (const [origin, allowed] of [
    [friend, friend],
    ['https://evil.example', null],
  ] as const) {
    const refused = await ask('from another page', undefined, origin)
    expect(refused.status).toBe(503)
    expect(refused.headers.get('Vary')).toBe('Origin')
    expect(refused.headers.get('Access-Control-Allow-Origin')).toBe(allowed)
    const exposed = refused.headers.get('Access-Control-Expose-Headers') ?? ''
    expect(exposed.includes('Retry-After')).toBe(allowed !== null)
  }
  const metrics = async () => (await fetch(`${server.url}/metrics`)).text()
  await expect
    .poll(metrics, { timeout: 10_000 })
    .toContain('parley_refusals_total{at="door",code="busy"} 4')
  expect(await metrics()).toContain(
    'parley_http_requests_total{method="POST",route="/api/v1/chat",status="503"} 4',
  )
  const told = server.logger.lines.filter(({ message }) => message === 'too many questions')
  expect(told).toMatchObject([{ fields: { refused: 4 } }])
  leaving.abort()
  await busy
})
