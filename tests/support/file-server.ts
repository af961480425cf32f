/** A local HTTP server of files with range requests, which can be told to misbehave. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface FileServer {
  readonly address: string
  /** `<path> <range header>` of every request so far. */
  readonly requests: string[]
  /** Bytes sent before a longer answer's connection is cut. */
  cutAfter: number | undefined
  ranges: boolean
  /** Accepts requests and never answers. */
  silent: boolean
  close(): Promise<void>
}

export async function startFileServer(
  files: Readonly<Record<string, Buffer>>,
): Promise<FileServer> {
  const http = createServer((request, response) => answer(server, files, request, response))
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const server: FileServer = {
    address: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    requests: [],
    cutAfter: undefined,
    ranges: true,
    silent: false,
    close: () =>
      new Promise((resolve) => {
        http.close(() => resolve())
        http.closeAllConnections()
      }),
  }
  return server
}

function answer(
  server: FileServer,
  files: Readonly<Record<string, Buffer>>,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const path = request.url ?? ''
  server.requests.push(`${path} ${request.headers.range ?? ''}`)
  if (server.silent) return
  const file = files[path]
  if (!file) {
    response.writeHead(404).end()
    return
  }
  const start = server.ranges ? Number(/\d+/.exec(request.headers.range ?? '')?.[0] ?? 0) : 0
  const body = file.subarray(start)
  response.writeHead(server.ranges ? 206 : 200, {
    'content-length': body.length,
    'content-range': `bytes ${start}-${file.length - 1}/${file.length}`,
  })
  if (server.cutAfter === undefined || body.length <= server.cutAfter) response.end(body)
  else response.write(body.subarray(0, server.cutAfter), () => request.socket.destroy())
}
