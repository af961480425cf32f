/** Sends bytes to a loopback port and reads whatever comes back until the other side is done. */
import { connect } from 'node:net'

export interface Received {
  /** 0: the connection was closed without an answer. */
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly elapsedMs: number
}

export interface Sending {
  /** Between pieces; one piece when absent. */
  readonly trickleMs?: number
  readonly pieceBytes?: number
  /** Give up after. */
  readonly patienceMs?: number
}

const usualPatienceMs = 20_000

export function sendBytes(url: string, bytes: Buffer, sending: Sending = {}): Promise<Received> {
  const { trickleMs, pieceBytes = 1, patienceMs = usualPatienceMs } = sending
  const { hostname, port } = new URL(url)
  const started = performance.now()
  return new Promise((resolve, reject) => {
    let text = ''
    let at = 0
    const socket = connect(Number(port), hostname)
    const dripping = trickleMs && setInterval(drip, trickleMs)
    const patience = setTimeout(() => {
      socket.destroy(new Error(`No end after ${patienceMs} ms: ${text.slice(0, 200)}`))
    }, patienceMs)
    function drip() {
      if (at < bytes.length && socket.writable) socket.write(bytes.subarray(at, at + pieceBytes))
      at += pieceBytes
    }
    function end() {
      clearTimeout(patience)
      clearInterval(dripping || undefined)
      socket.destroy()
      resolve({ ...read(text), elapsedMs: performance.now() - started })
    }
    socket.setEncoding('latin1').on('data', (chunk) => {
      text += chunk
      if (isWhole(text)) end()
    })
    socket.on('close', end)
    socket.on('error', (error: NodeJS.ErrnoException) => {
      // Refused while still sending: what was answered before counts.
      if (error.code === 'ECONNRESET' || error.code === 'EPIPE') end()
      else reject(error)
    })
    if (!trickleMs) socket.write(bytes)
  })
}

/** The server may keep the connection, so that its length tells the end. */
function isWhole(text: string): boolean {
  const [, length] = /\r\ncontent-length: *(\d+)/i.exec(text) ?? []
  const end = text.indexOf('\r\n\r\n')
  return length !== undefined && end !== -1 && text.length >= end + 4 + Number(length)
}

function read(text: string): Omit<Received, 'elapsedMs'> {
  const end = text.indexOf('\r\n\r\n')
  const [first = '', ...lines] = text.slice(0, Math.max(0, end)).split('\r\n')
  const headers = lines.map((line) => {
    const [, name = '', value = ''] = /^([^:]*): *(.*)$/.exec(line) ?? []
    return [name.toLowerCase(), value]
  })
  const [, status = '0'] = /^HTTP\/1\.[01] (\d{3})/.exec(first) ?? []
  const named = Object.fromEntries(headers)
  // What follows answers another request on the same connection.
  const bytes = Buffer.from(text.slice(end + 4), 'latin1')
  const body = bytes.subarray(0, Number(named['content-length'] ?? bytes.length)).toString('utf8')
  return { status: Number(status), headers: named, body }
}
