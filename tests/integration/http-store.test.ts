/** The routes of what is kept: for whom, in which form, and what they refuse. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { StoreError } from '../../data/store/store-error.js'
import { recordedAnswer } from '../support/recorded-answers.js'
import { type ServedStandIn, serveStandIn } from '../support/serve-stand-in.js'

let server: ServedStandIn
beforeAll(async () => {
  server = await serveStandIn({ keys: keysOf({ ada: 'curate', bob: 'ask' }) })
})
afterAll(() => server.close())

/** Keys whose token is their name. */
function keysOf(scopes: Readonly<Record<string, 'ask' | 'curate'>>) {
  const verify = async (token: string) => {
    const scope = scopes[token]
    const createdAt = '2026-01-01T00:00:00Z'
    return scope && { id: token, name: token, scope, createdAt }
  }
  return { required: true, store: { verify } }
}

async function send(key: string, method: string, path: string, body?: unknown) {
  const response = await fetch(`${server.url}${path}`, {
    method,
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
}

const pairs = '/api/v1/knowledge/sql_pairs'

describe('approved pairs', () => {
  it('are approved, listed and removed by a curator', async () => {
    const made = await send('ada', 'POST', pairs, { question: 'How many?', sql: 'SELECT 12' })
    expect(made).toMatchObject({ status: 201, body: { question: 'How many?', approvedBy: 'ada' } })
    const listed = await send('ada', 'GET', pairs)
    expect(listed.body.sqlPairs).toEqual([made.body])
    const one = `${pairs}/${made.body.id}`
    const better = { question: 'How many then?', sql: 'SELECT 13' }
    expect(await send('ada', 'PUT', one, better)).toMatchObject({ status: 200, body: better })
    for (const [change, status] of [
      [{ ...better, sql: 'DROP TABLE sales' }, 400],
      [{ sql: 'SELECT 1' }, 400],
      [{ ...better, shared: true }, 400],
    ] as const) {
      expect((await send('ada', 'PUT', one, change)).status).toBe(status)
    }
    expect((await send('ada', 'PUT', `${pairs}/none`, better)).status).toBe(404)
    expect((await send('bob', 'PUT', one, better)).status).toBe(403)
    const removed = await send('ada', 'DELETE', one)
    expect(removed.status).toBe(204)
    expect((await send('ada', 'DELETE', `${pairs}/${made.body.id}`)).status).toBe(404)
  })

  it('are seen by others only when they are shared', async () => {
    await send('ada', 'POST', pairs, { question: 'Mine?', sql: 'SELECT 1' })
    const shared = { question: 'Ours?', sql: 'SELECT 2', shared: true }
    const made = await send('ada', 'POST', pairs, shared)
    const seen = (await send('bob', 'GET', pairs)).body.sqlPairs
    expect(seen).toEqual([made.body])
    expect((await send('ada', 'DELETE', `${pairs}/${made.body.id}`)).status).toBe(204)
  })

  it('are not for a key that may only ask to approve or remove', async () => {
    const pair = { question: 'How many?', sql: 'SELECT 12' }
    expect(await send('bob', 'POST', pairs, pair)).toMatchObject({
      status: 403,
      body: { error: { code: 'forbidden' } },
    })
    expect((await send('bob', 'DELETE', `${pairs}/x`)).status).toBe(403)
  })

  it.each([
    [{ question: 'How many?' }, 400],
    [{ question: 'How many?', answer_id: 'a', sql: 'SELECT 1' }, 400],
    [{ sql: 'SELECT 1' }, 400],
    [{ question: ' ', sql: 'SELECT 1' }, 400],
    [{ question: 'How many?', sql: 'SELECT 1', approvedBy: 'root' }, 400],
    [{ question: 'How many?', sql: `SELECT '${'x'.repeat(20_001)}'` }, 400],
    [{ question: 'How many?', sql: 'SELECT 1 \u0000' }, 400],
    [{ question: 'How many?', sql: 'DROP TABLE sales' }, 400],
    [{ answer_id: 'not-an-answer' }, 404],
  ])('of the form %j are refused', async (body, status) => {
    const refused = await send('ada', 'POST', pairs, body)
    expect([refused.status, Object.keys(refused.body)]).toEqual([status, ['error']])
  })
})

describe('conversations', () => {
  it('are listed with their turns, renamed, judged and removed by their user alone', async () => {
    const answer = recordedAnswer('Total sales?', 'answer-1', 'c1')
    await server.orchestrator.keepTurn('bob', answer)
    const listed = await send('bob', 'GET', '/api/v1/conversations?search=total&limit=5')
    expect(listed.body.conversations).toMatchObject([{ id: 'c1', turns: 1 }])
    const judged = { answer_id: 'answer-1', verdict: 'down', reason: 'net, not gross' }
    expect((await send('bob', 'POST', '/api/v1/feedback', judged)).status).toBe(204)
    const one = '/api/v1/conversations/c1'
    expect((await send('bob', 'GET', one)).body.turns).toMatchObject([
      { question: 'Total sales?', feedback: { verdict: 'down', reason: 'net, not gross' } },
    ])
    expect((await send('bob', 'PATCH', one, { title: 'Sales' })).status).toBe(204)
    for (const [method, body] of [['GET'], ['PATCH', { title: 'x' }], ['DELETE']] as const) {
      expect((await send('ada', method, one, body)).status).toBe(404)
    }
    expect((await send('ada', 'POST', '/api/v1/feedback', judged)).status).toBe(404)
    expect((await send('ada', 'GET', '/api/v1/conversations')).body.conversations).toEqual([])
    expect((await send('bob', 'DELETE', one)).status).toBe(204)
    expect((await send('bob', 'GET', one)).status).toBe(404)
  })

  it.each([
    ['GET', '/api/v1/conversations?limit=0'],
    ['GET', '/api/v1/conversations?limit=501'],
    ['GET', '/api/v1/conversations?limit=1&limit=2'],
    ['GET', '/api/v1/conversations?search=a&search=b'],
    ['GET', '/api/v1/conversations/..%2f..%2fetc'],
    ['PATCH', '/api/v1/conversations/c1'],
    ['POST', '/api/v1/feedback'],
  ])('refuse %s %s', async (method, path) => {
    const sent = method === 'GET' ? undefined : { verdict: 'sideways' }
    expect(await send('bob', method, path, sent)).toMatchObject({
      status: 400,
      body: { error: { code: 'invalid_request' } },
    })
  })
})

describe('cards', () => {
  it('are pinned, moved and removed', async () => {
    const layout = { x: 1, y: 0, width: 4, height: 3 }
    const made = await send('bob', 'POST', '/api/v1/cards', {
      title: 'Sales',
      sql: 'SELECT 12',
      chart_kind: 'number',
    })
    expect(made).toMatchObject({ status: 201, body: { title: 'Sales', chartKind: 'number' } })
    const one = `/api/v1/cards/${made.body.id}`
    expect((await send('bob', 'PATCH', one, { layout })).body).toEqual({ ...made.body, layout })
    expect((await send('bob', 'GET', '/api/v1/cards')).body.cards).toEqual([
      { ...made.body, layout },
    ])
    expect((await send('ada', 'GET', '/api/v1/cards')).body.cards).toEqual([])
    expect((await send('ada', 'DELETE', one)).status).toBe(404)
    expect((await send('bob', 'DELETE', one)).status).toBe(204)
  })

  it('are not pinned with SQL that the guard refuses', async () => {
    const card = { title: 'Sales', sql: 'DELETE FROM sales' }
    expect((await send('bob', 'POST', '/api/v1/cards', card)).status).toBe(400)
  })
})

it('a disk that is full is said, with a status of its own', async () => {
  const full = new StoreError('store_unwritable', 'The disk is full.')
  const served = await serveStandIn({
    watch: (orchestrator) => ({
      ...orchestrator,
      notebook: (user) => ({
        ...orchestrator.notebook(user),
        approve: () => Promise.reject(full),
      }),
    }),
  })
  const response = await fetch(`${served.url}${pairs}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ question: 'How many?', sql: 'SELECT 12' }),
  })
  expect(response.status).toBe(507)
  expect(await response.json()).toMatchObject({
    error: { code: 'not_kept', message: 'The disk is full.' },
  })
  await served.close()
})
