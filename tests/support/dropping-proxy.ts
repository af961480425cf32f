/** A TCP proxy that cuts the first connection on which a given text comes by, as a bad network would. */
import { tcpProxy } from './tcp-proxy.js'

export interface DroppingProxy {
  readonly url: string
  readonly drops: () => number
  close(): void
}

export async function droppingProxy(target: string, cutAfter: string): Promise<DroppingProxy> {
  let drops = 0
  const proxy = await tcpProxy(Number(new URL(target).port), {
    onAnswer: (bytes, client) => {
      if (drops > 0 || !bytes.includes(cutAfter)) return
      drops += 1
      client.destroySoon()
    },
  })
  return { url: `http://127.0.0.1:${proxy.port}`, drops: () => drops, close: proxy.close }
}
