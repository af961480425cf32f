/** Reads a JSON body, and nothing that merely looks like one. */
import express, { type RequestHandler } from 'express'
import { HttpError } from './http-error.js'

/** A question is a sentence or two; this leaves room for the rest of the body. */
const usualMaxBytes = 65_536
/** Of what is refused; a client that is cut off while it sends may not see why. */
const maxHeardBytes = 32_000_000
/** Arrays and objects within each other; no body of ours needs more than four. */
const maxDepth = 16

export function readJsonBody(maxBytes = usualMaxBytes): RequestHandler[] {
  const read = express.json({ limit: maxBytes, verify: refuseDepth })
  return [requireJson, refuseLength(maxBytes), read]
}

/** Without this, a body of another type would arrive as `undefined` and be called malformed. */
const requireJson: RequestHandler = (request, _response, next) => {
  if (!request.is('application/json')) {
    throw new HttpError('unsupported_media_type', 'Send the body as application/json.')
  }
  const [, charset = 'utf-8'] =
    /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(request.get('Content-Type') ?? '') ?? []
  if (/^utf-?8$/i.test(charset)) return next()
  throw new HttpError('unsupported_media_type', 'The charset is not supported; use UTF-8.')
}

/** Express would say that this is too much when all of it has been sent; here the sender hears it at once. */
function refuseLength(maxBytes: number): RequestHandler {
  const tooLarge = () =>
    new HttpError('body_too_large', `The body is larger than ${maxBytes / 1_024} kB.`)
  return (request, response, next) => {
    let received = 0
    const declared = Number(request.get('Content-Length') ?? 0)
    if (declared > maxHeardBytes) response.setHeader('Connection', 'close')
    if (declared > maxBytes) throw tooLarge()
    request.on('data', (chunk: Buffer) => {
      const isFirstTooMuch = received <= maxBytes && received + chunk.length > maxBytes
      received += chunk.length
      if (isFirstTooMuch) next(tooLarge())
      if (received > maxHeardBytes) request.destroy()
    })
    next()
  }
}

/** Before it is parsed: later code may call itself once for each level. */
function refuseDepth(_request: unknown, _response: unknown, body: Buffer): void {
  if (depthOf(body) <= maxDepth) return
  throw new HttpError('invalid_request', 'The body is nested too deeply.')
}

const quote = 0x22
const backslash = 0x5c
const opening = [0x5b, 0x7b]
const closing = [0x5d, 0x7d]

/** Brackets open at once, those within strings not counted; linear in the length, whatever is sent. */
export function depthOf(json: Uint8Array): number {
  let depth = 0
  let deepest = 0
  let isText = false
  for (let at = 0; at < json.length; at += 1) {
    const byte = json[at] ?? 0
    if (byte === backslash) at += 1
    else if (byte === quote) isText = !isText
    else if (!isText && opening.includes(byte)) deepest = Math.max(deepest, ++depth)
    else if (!isText && closing.includes(byte)) depth -= 1
  }
  return deepest
}
