/** Answers what never becomes a request of the application: broken framing, headers too large, too slow. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { type ErrorCode, errorStatus } from './error-codes.js'

/** `code` of the errors of node's parser, as far as they say more than that the request is broken. */
const refusals: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  HPE_HEADER_OVERFLOW: ['headers_too_large', 'The headers are larger than 16 kB.'],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: ['body_too_large', 'The body is larger than 64 kB.'],
  ERR_HTTP_REQUEST_TIMEOUT: ['request_timeout', 'The request did not arrive in time.'],
}
const broken = ['invalid_request', 'The request could not be read.'] as const
const noTunnel = ['method_not_allowed', 'This is no proxy.'] as const

export function answerBrokenRequests(server: Server): void {
  const answering = new WeakMap<Duplex, ServerResponse>()
  server.prependListener('request', (request, response) => answering.set(request.socket, response))
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (error.code === 'ECONNRESET') socket.destroy()
    else refuse(socket, refusals[error.code ?? ''] ?? broken)
  })
  server.on('connect', (_request: IncomingMessage, socket: Duplex) => refuse(socket, noTunnel))
  // Node has its answer wait for those of earlier requests on the same connection.
  server.on('checkExpectation', (_request: IncomingMessage, response: ServerResponse) => {
    const [code, message] = broken
    const body = bodyOf(code, message)
    const length = { 'Content-Length': Buffer.byteLength(body) }
    response.writeHead(errorStatus[code], { ...headers, ...length }).end(body)
  })
  function refuse(socket: Duplex, refusal: readonly [ErrorCode, string]): void {
    // In the middle of another answer nothing can be said.
    const hasBegun = answering.get(socket)?.headersSent === true
    if (socket.writable && !hasBegun) hangUp(socket, refusal)
    else socket.destroy()
  }
}

const headers = {
  'Content-Type': 'application/json; charset=utf-8',
  'Cache-Control': 'no-store',
  Connection: 'close',
}

function bodyOf(code: ErrorCode, message: string): string {
  return JSON.stringify({ error: { code, message } })
}

function hangUp(socket: Duplex, [code, message]: readonly [ErrorCode, string]): void {
  const body = bodyOf(code, message)
  const head = [
    `HTTP/1.1 ${errorStatus[code]} Refused`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    `Content-Length: ${Buffer.byteLength(body)}`,
  ]
  socket.on('error', () => socket.destroy())
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
  // Whoever does not hang up in turn is hung up on.
  setTimeout(() => socket.destroy(), hangUpMs).unref()
}

const hangUpMs = 1_000
