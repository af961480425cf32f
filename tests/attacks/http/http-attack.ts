/** One attempt against the HTTP door, byte by byte, and the answers that it may get. */

export interface HttpAttack {
  readonly title: string
  /** What goes over the wire; `bytes` as they are, else a request made of the rest. */
  readonly bytes?: string | Buffer
  readonly method?: string
  readonly path?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
  /** Statuses that are right; 0 is a connection closed without an answer. */
  readonly status: readonly number[]
  /** Of the one error shape; unsaid, any. */
  readonly code?: string
}

/** A question, as a client would send it but for what the attack changes. */
export function chat(
  title: string,
  body: string | Buffer,
  status: number | readonly number[],
  headers: Readonly<Record<string, string>> = {},
): HttpAttack {
  return {
    title,
    method: 'POST',
    path: '/api/v1/chat',
    headers: { 'Content-Type': 'application/json', ...headers },
    body,
    status: [status].flat(),
  }
}

export function get(
  title: string,
  path: string,
  status: number | readonly number[],
  headers: Readonly<Record<string, string>> = {},
): HttpAttack {
  return { title, path, headers, status: [status].flat() }
}

/** Lines of a request's head, without the line end of the last. */
export function raw(
  title: string,
  lines: readonly string[],
  status: number | readonly number[],
  body = '',
): HttpAttack {
  return { title, bytes: `${lines.join('\r\n')}\r\n\r\n${body}`, status: [status].flat() }
}

export function bytesOf(attack: HttpAttack): Buffer {
  const { bytes, method = 'GET', path = '/', body = '' } = attack
  if (bytes !== undefined) return Buffer.from(bytes)
  const content = Buffer.from(body)
  const headers: Record<string, string> = { Host: 'localhost', ...attack.headers }
  if (content.length > 0) headers['Content-Length'] ??= String(content.length)
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  const head = [`${method} ${path} HTTP/1.1`, ...lines, 'Connection: close', '', ''].join('\r\n')
  return Buffer.concat([Buffer.from(head, 'latin1'), content])
}
