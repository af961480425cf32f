/** A TCP proxy whose connections a test cuts when it wants, and which may speak TLS to those who come. */
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { createServer as createSecureServer, type TlsOptions } from 'node:tls'

export interface TcpProxy {
  readonly port: number
  /** Ends what is connected now; whoever comes again is let through. */
  cut(): void
  close(): void
}

export async function tcpProxy(target: number, tls?: TlsOptions): Promise<TcpProxy> {
  const sockets = new Set<Socket>()
  const onClient = (client: Socket) => {
    const upstream = connect(target, '127.0.0.1')
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => socket.destroy())
    }
    client.pipe(upstream).pipe(client)
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
    close() {
      cut()
      server.close()
    },
  }
}
