/** A TCP proxy that cuts the first connection on which a given text comes by, as a bad network would. */
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export interface DroppingProxy {
  readonly url: string
  readonly drops: () => number
  close(): void
}

export async function droppingProxy(target: string, cutAfter: string): Promise<DroppingProxy> {
  const { hostname, port } = new URL(target)
  const sockets = new Set<Socket>()
  let drops = 0
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname)
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => socket.destroy())
    }
    client.pipe(upstream)
    client.on('close', () => upstream.destroy())
    upstream.on('close', () => client.destroy())
    upstream.on('data', (bytes) => {
      client.write(bytes)
      if (drops > 0 || !bytes.includes(cutAfter)) return
      drops += 1
      client.destroySoon()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    drops: () => drops,
    close() {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}
