/** Pages of other origins: none may call the service but those that a setting names. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ServedStandIn, serveStandIn } from '../support/serve-stand-in.js'

const friend = 'https://intranet.example'
let server: ServedStandIn

beforeAll(async () => {
  server = await serveStandIn({ allowedOrigins: [friend] })
})
afterAll(() => server.close())

function ask(origin: string): Promise<Response> {
  return fetch(`${server.url}/api/v1/chat`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: origin },
    body: JSON.stringify({ message: 'Total sales in 2023' }),
  })
}

function preflight(origin: string): Promise<Response> {
  const headers = { Origin: origin, 'Access-Control-Request-Method': 'POST' }
  return fetch(`${server.url}/api/v1/chat`, { method: 'OPTIONS', headers })
}

it('lets a page of an allowed origin read that it asks too much', async () => {
  const limits = { requestsPerSecond: 1, questions: 10 }
  const strict = await serveStandIn({ allowedOrigins: [friend], limits })
  try {
    const read = () => fetch(`${strict.url}/api/v1/suggestions`, { headers: { Origin: friend } })
    await expect.poll(async () => (await read()).status).toBe(429)
    const refused = await read()
    expect(refused.status).toBe(429)
    expect(refused.headers.get('Access-Control-Allow-Origin')).toBe(friend)
    expect(refused.headers.get('Access-Control-Expose-Headers')).toContain('Retry-After')
  } finally {
    await strict.close()
  }
})

describe('a page of another origin', () => {
  it('that a setting names may ask, and may read the answer', async () => {
    const allowed = await preflight(friend)
    expect(allowed.status).toBe(204)
    expect(allowed.headers.get('Access-Control-Allow-Headers')).toContain('Authorization')
    expect(allowed.headers.get('Access-Control-Allow-Headers')).toContain('X-Stainless-OS')
    const answered = await ask(friend)
    expect(answered.status).toBe(200)
    expect(answered.headers.get('Access-Control-Allow-Origin')).toBe(friend)
    expect(answered.headers.get('Access-Control-Allow-Credentials')).toBeNull()
    expect(answered.headers.get('Vary')).toContain('Origin')
  })

  it.each(['https://evil.example', `${friend}.evil.example`, 'null', 'http://intranet.example'])(
    'such as %s may not',
    async (origin) => {
      for (const response of [await preflight(origin), await ask(origin)]) {
        expect([403, 405]).toContain(response.status)
        expect(response.headers.get('Access-Control-Allow-Origin')).toBeNull()
      }
    },
  )

  it('is told apart from our own page', async () => {
    expect((await ask(server.url)).status).toBe(200)
  })
})
