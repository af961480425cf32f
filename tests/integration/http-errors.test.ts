/** Every way to be refused at the door answers in one shape and gives nothing away. */
import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { errorStatus } from '../../src/http/error-codes.js'
import { type ServedStandIn, serveStandIn } from '../support/serve-stand-in.js'

let server: ServedStandIn

beforeAll(async () => {
  server = await serveStandIn({
    health: {
      ready: false,
      source: 'x',
      parts: [{ name: 'database', state: 'missing', note: 'The file is gone.' }],
    },
  })
})
afterAll(() => server.close())

interface Sent {
  readonly method?: string
  readonly path: string
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
}

interface Received {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly text: string
}

/** Plain `node:http`, because fetch allows neither odd paths nor a Host of one's own. */
function send({ method = 'GET', path, body, headers }: Sent): Promise<Received> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(server.url)
    const sent = request({ hostname, port, path, method, headers }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (chunk) => {
        text += chunk
      })
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
      )
    })
    sent.on('error', reject).end(body)
  })
}

function chat(body: string, headers: Readonly<Record<string, string>> = {}): Sent {
  return {
    method: 'POST',
    path: '/api/v1/chat',
    body,
    headers: { 'Content-Type': 'application/json', ...headers },
  }
}

const cases: readonly (readonly [string, Sent, keyof typeof errorStatus])[] = [
  ['malformed JSON', chat('{"message": '), 'malformed_json'],
  ['a body that is no object', chat('"hello"'), 'malformed_json'],
  ['an empty body', chat(''), 'invalid_request'],
  ['neither message nor question', chat('{}'), 'invalid_request'],
  ['both message and question', chat('{"message":"a","question":"b"}'), 'invalid_request'],
  ['an unknown field', chat('{"message":"a","mesage":"b"}'), 'invalid_request'],
  ['an unknown generator', chat('{"message":"a","generator":"gpt"}'), 'invalid_request'],
  ['an id with a path in it', chat('{"message":"a","conversation_id":"../x"}'), 'invalid_request'],
  [
    'a date that is none',
    chat('{"message":"a","options":{"as_of":"2023-02-31"}}'),
    'invalid_request',
  ],
  ['a body over 64 kB', chat(JSON.stringify({ message: 'x'.repeat(70_000) })), 'body_too_large'],
  ['text instead of JSON', chat('hi', { 'Content-Type': 'text/plain' }), 'unsupported_media_type'],
  [
    'an odd charset',
    chat('{}', { 'Content-Type': 'application/json; charset=x' }),
    'unsupported_media_type',
  ],
  ['an odd encoding', chat('{}', { 'Content-Encoding': 'compress' }), 'unsupported_media_type'],
  ['another method', { method: 'GET', path: '/api/v1/chat' }, 'method_not_allowed'],
  ['a write to a read', { method: 'PUT', path: '/api/v1/schema' }, 'method_not_allowed'],
  ['a preflight from elsewhere', { method: 'OPTIONS', path: '/api/v1/chat' }, 'method_not_allowed'],
  ['an unknown address', { path: '/api/v2/chat' }, 'not_found'],
  ['a file above the page', { path: '/../http/create-app.ts' }, 'not_found'],
  ['an encoded file above the page', { path: '/..%2fhttp%2fcreate-app.ts' }, 'not_found'],
  [
    'an id with an encoded slash',
    { method: 'DELETE', path: '/api/v1/chat/..%2fx' },
    'invalid_request',
  ],
  ['a broken escape', { method: 'DELETE', path: '/api/v1/chat/%zz' }, 'invalid_request'],
  ['a host that is not ours', { path: '/', headers: { Host: 'evil.example' } }, 'host_not_allowed'],
  ['a service that is not ready', { path: '/health/ready' }, 'not_ready'],
]

describe('an error on the wire', () => {
  it.each(cases)('for %s has the one shape and its status', async (_title, sent, code) => {
    const { status, text } = await send(sent)
    const { error, ...rest } = JSON.parse(text)
    expect(rest).toEqual({})
    expect(error).toMatchObject({ code, message: expect.any(String) })
    expect(Object.keys(error).filter((key) => !['code', 'message', 'hints'].includes(key))).toEqual(
      [],
    )
    expect(status).toBe(errorStatus[code])
    expect(text).not.toMatch(/node_modules|\bat \S+:\d+/)
  })

  it('names each wrong field', async () => {
    const { text } = await send(chat('{"message":1,"use_rag":"yes"}'))
    const { hints } = JSON.parse(text).error
    expect(hints.map((hint: string) => hint.split(':')[0])).toEqual(['message', 'use_rag'])
  })

  it('says which methods an address has', async () => {
    const { headers } = await send({ method: 'PUT', path: '/api/v1/chat' })
    expect(headers.allow).toBe('POST')
  })

  it('leaves the orchestrator alone', () => {
    expect(server.orchestrator.calls).toEqual([])
  })
})

describe('one of several replicas', () => {
  const json = { 'Content-Type': 'application/json' }
  const changes: readonly (readonly [string, string, RegExp])[] = [
    ['POST', '/api/v1/datasets', /PARLEY_SOURCE/],
    ['POST', '/API/v1/Datasets/', /PARLEY_SOURCE/],
    ['DELETE', '/api/v1/dataSets/sales', /PARLEY_SOURCE/],
    ['PUT', '/api/v1/generators/ollama', /the model in the settings/],
    ['PUT', '/api/V1/Generators/ollama', /the model in the settings/],
  ]

  it.each(changes)('refuses what would change it alone: %s %s', async (method, path, hint) => {
    const replica = await serveStandIn({ isReplica: true })
    const response = await fetch(replica.url + path, { method, headers: json, body: '{}' })
    const { error }: ReturnType<typeof JSON.parse> = await response.json()
    expect([response.status, error.code]).toEqual([403, 'forbidden'])
    expect(error.hints.join()).toMatch(hint)
    const listed = await fetch(`${replica.url}/api/v1/datasets`)
    expect(listed.status).toBe(200)
    await replica.close()
  })
})
