/** Lets an application listen, with time limits, and closes it without cutting off who is being served. */
import { once } from 'node:events'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import type { Express } from 'express'

/** Time for a client to send its headers, and its whole request. Answers may take longer. */
const headersTimeoutMs = 15_000
const requestTimeoutMs = 30_000
/** How long a response under way may take once the server closes. */
const drainMs = 10_000
const maxConnections = 256

export interface ListenOptions {
  readonly host: string
  /** 0 takes any free port. */
  readonly port: number
}

export interface RunningServer {
  readonly url: string
  /** Takes no new connection, lets responses finish for 10 s, then cuts them; safe to call twice. */
  close(): Promise<void>
}

/** Rejects with the system's error when the port cannot be had (`EADDRINUSE`, `EACCES`). */
export async function serveApp(app: Express, options: ListenOptions): Promise<RunningServer> {
  const server = createServer(
    { headersTimeout: headersTimeoutMs, requestTimeout: requestTimeoutMs },
    app,
  )
  server.maxConnections = maxConnections
  const underWay = new Set<ServerResponse>()
  server.on('request', (_request, response) => {
    underWay.add(response)
    response.on('close', () => underWay.delete(response))
  })
  server.listen(options.port, options.host)
  await once(server, 'listening')
  let closing: Promise<void> | undefined
  return {
    url: urlOf(server, options.host),
    close() {
      closing ??= drain(server, underWay)
      return closing
    },
  }
}

/** Browsers hold connections open that never carried a request; nothing waits for those. */
async function drain(server: Server, underWay: ReadonlySet<ServerResponse>): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  const finished = Promise.all([...underWay].map((response) => once(response, 'close')))
  await Promise.race([finished, wait(drainMs, undefined, { ref: false })])
  server.closeAllConnections()
  await closed
}

/** Every interface is reached as localhost; an IPv6 address needs its brackets. */
function urlOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo
  const everywhere = host === '0.0.0.0' || host === '::'
  const name = everywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host
  return `http://${name}:${port}`
}
