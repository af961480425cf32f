/** Several requests on one connection: what is wrong with a later one is no part of an earlier answer. */
import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type ServedStandIn, serveStandIn } from '../support/serve-stand-in.js'

let server: ServedStandIn
beforeAll(async () => {
  server = await serveStandIn({ stepDelayMs: 20 })
})
afterAll(() => server.close())

const question = JSON.stringify({ message: 'Total sales in 2023' })
const asking = [
  'POST /api/v1/chat HTTP/1.1',
  'Host: localhost',
  'Content-Type: application/json',
  'Accept: text/event-stream',
  `Content-Length: ${question.length}`,
  '',
  question,
].join('\r\n')

it.each([
  ['an expectation', 'GET /health/live HTTP/1.1\r\nHost: localhost\r\nExpect: 200-ok\r\n\r\n'],
  ['a tunnel', 'CONNECT evil.example:443 HTTP/1.1\r\nHost: localhost\r\n\r\n'],
])('%s behind a stream breaks in on none of its events', async (_title, next) => {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
  socket.write(asking)
  const [first] = await once(socket, 'data')
  const rest = text(socket)
  socket.write(next)
  const all = String(first) + (await rest)
  const [, ...others] = all.split('HTTP/1.1 ')
  expect(others[0]).toMatch(/^200 OK/)
  if (others.length > 1) expect(others[0]).toContain('[DONE]')
})
