/** Cuts off requests that take too long to arrive, as node does, but lets uploads take longer. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { isUpload } from './set-up-routes/upload-request.js'

/** For the largest upload on a slow line. A line on which nothing moves is cut much sooner. */
const uploadMs = 3_600_000

/** Node's own limit must be off: it knows no exceptions. */
export function limitArrival(server: Server, requestMs: number): void {
  server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    const cut = () => {
      if (request.complete) return
      const late = Object.assign(new Error('late'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' })
      server.emit('clientError', late, request.socket)
    }
    // What is answered already need not arrive at length.
    const look = () => {
      if (!isUpload(request) || response.writableEnded) return cut()
      timer = setTimeout(cut, uploadMs - requestMs).unref()
    }
    let timer = setTimeout(look, requestMs).unref()
    request.on('close', () => clearTimeout(timer))
  })
}
