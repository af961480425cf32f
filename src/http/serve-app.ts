/** Lets an application listen, with time limits, and closes it without cutting off who is being served. */
import { once } from 'node:events'
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { defaultServiceLimits } from '../service-limits.js'
import { answerBrokenRequests } from './broken-requests.js'
import { createLifecycle, type Lifecycle } from './lifecycle.js'
import { limitArrival } from './limit-arrival.js'

/** Time for a client to send its headers, and its whole request. Answers may take longer. */
const usualTimeouts: RequestTimeouts = { headersMs: 15_000, requestMs: 30_000 }
/** How often node looks for requests that are too slow. */
const connectionsCheckingIntervalMs = 1_000
const usualIdleMs = 180_000
const keepAliveTimeoutMs = 5_000
const maxHeaderBytes = 16_384
const maxRequestsPerConnection = 1_000
/** For questions under way once the service stops; and, after they were cancelled, for saying so. */
const usualDrainMs = 25_000
const sayingMs = 2_000

export interface RequestTimeouts {
  readonly headersMs: number
  readonly requestMs: number
}

export interface ListenOptions {
  readonly host: string
  /** 0 takes any free port. */
  readonly port: number
  readonly maxConnections?: number
  /** A connection on which nothing moves for so long is closed; longer than an answer may take. Default: 3 minutes. */
  readonly idleMs?: number
  /** For what a client sends. Default: 15 s and 30 s. */
  readonly timeouts?: RequestTimeouts
  /** How long questions under way may take once the server closes. Default 25 s. */
  readonly drainMs?: number
  /** Shared with the application, which refuses what comes while draining. */
  readonly lifecycle?: Lifecycle
}

export interface RunningServer {
  readonly url: string
  /** Lets responses finish while new requests are told to go elsewhere, then cuts them; safe to call twice. */
  close(): Promise<void>
}

/** Rejects with the system's error when the port cannot be had (`EADDRINUSE`, `EACCES`). */
export async function serveApp(
  app: RequestListener,
  options: ListenOptions,
): Promise<RunningServer> {
  const { timeouts = usualTimeouts } = options
  const server = createServer(
    {
      headersTimeout: timeouts.headersMs,
      requestTimeout: 0,
      connectionsCheckingInterval: connectionsCheckingIntervalMs,
      keepAliveTimeout: keepAliveTimeoutMs,
      maxHeaderSize: maxHeaderBytes,
      // The application says in its own words that a name is missing.
      requireHostHeader: false,
    },
    app,
  )
  server.maxConnections = options.maxConnections ?? defaultServiceLimits.connections
  server.timeout = options.idleMs ?? usualIdleMs
  server.maxRequestsPerSocket = maxRequestsPerConnection
  answerBrokenRequests(server)
  limitArrival(server, timeouts.requestMs)
  const underWay = new Set<ServerResponse>()
  server.on('request', (_request, response) => {
    underWay.add(response)
    response.on('close', () => underWay.delete(response))
  })
  const { host, port } = options
  // Node's usual 511 make a crowd of clients wait a second for their next try.
  server.listen({ host, port, backlog: server.maxConnections })
  await once(server, 'listening')
  let closing: Promise<void> | undefined
  return {
    url: urlOf(server, options.host),
    close() {
      closing ??= drain(server, underWay, options)
      return closing
    },
  }
}

/** New requests are still heard until the last answer is given, so that whoever asks for readiness learns why. */
async function drain(
  server: Server,
  underWay: ReadonlySet<ServerResponse>,
  { drainMs = usualDrainMs, lifecycle = createLifecycle() }: ListenOptions,
): Promise<void> {
  lifecycle.drain()
  await Promise.race([allClosed(underWay), wait(drainMs, undefined, { ref: false })])
  const closed = once(server, 'close')
  server.close()
  lifecycle.cutOff()
  await Promise.race([allClosed(underWay), wait(sayingMs, undefined, { ref: false })])
  // Browsers hold connections open that never carried a request; nothing waits for those.
  server.closeAllConnections()
  await closed
}

/** Of an answer that breaks too: it closes all the same. */
function allClosed(responses: ReadonlySet<ServerResponse>): Promise<unknown> {
  const closings = [...responses].map(
    (response) => new Promise<void>((resolve) => response.once('close', resolve)),
  )
  return Promise.all(closings)
}

/** Every interface is reached as localhost; an IPv6 address needs its brackets. */
function urlOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo
  const everywhere = host === '0.0.0.0' || host === '::'
  const name = everywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host
  return `http://${name}:${port}`
}
