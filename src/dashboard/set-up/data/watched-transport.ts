/** Sends a body and tells how much of it is on its way, which `fetch` cannot. */
import type { Transport } from '../../service/service.js'

export function watchedTransport(onSent: (bytes: number) => void): Transport {
  return (url, { method = 'GET', headers, body, signal }) =>
    new Promise((resolve, reject) => {
      const request = new XMLHttpRequest()
      request.open(method, url)
      new Headers(headers).forEach((value, name) => {
        request.setRequestHeader(name, value)
      })
      request.upload.onprogress = ({ loaded }) => onSent(loaded)
      request.onload = () =>
        resolve(new Response(request.responseText || null, { status: request.status }))
      request.onerror = () => reject(new TypeError('The request failed.'))
      request.onabort = () => reject(new DOMException('It was broken off.', 'AbortError'))
      signal?.addEventListener('abort', () => request.abort())
      if (signal?.aborted) request.abort()
      else request.send(body as FormData)
    })
}
