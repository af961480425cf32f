/** A TCP proxy whose connections a test cuts or silences when it wants, and which may speak TLS to those who come. */
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { createServer as createSecureServer, type TlsOptions } from 'node:tls'

export interface TcpProxy {
  readonly port: number
  /** Ends what is connected now; whoever comes again is let through. */
  cut(): void
  /** What is connected now stays so, and nothing comes through any more; whoever comes again is let through. */
  silence(): void
  close(): void
}

export interface ProxyWishes {
  readonly tls?: TlsOptions
  /** Called with what the target sends, behind its being passed on. */
  readonly onAnswer?: (bytes: Buffer, client: Socket) => void
}

/** `target` is a port of this machine, or the path of a socket. */
export async function tcpProxy(
  target: number | string,
  { tls, onAnswer }: ProxyWishes = {},
): Promise<TcpProxy> {
  const sockets = new Set<Socket>()
  const onClient = (client: Socket) => {
    const upstream = typeof target === 'string' ? connect(target) : connect(target, '127.0.0.1')
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => socket.destroy())
    }
    client.pipe(upstream).pipe(client)
    if (onAnswer) upstream.on('data', (bytes) => onAnswer(bytes, client))
    client.on('close', () => upstream.destroy())
    upstream.on('close', () => client.destroy())
  }
  const server = tls ? createSecureServer(tls, onClient) : createServer(onClient)
  server.on('tlsClientError', () => {})
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const cut = () => {
    for (const socket of sockets) socket.destroy()
    sockets.clear()
  }
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    silence() {
      for (const socket of sockets) socket.unpipe()
    },
    close() {
      cut()
      server.close()
    },
  }
}
