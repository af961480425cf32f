/** Talks to one service: plain reads, changes, asking with events, cancelling. */
import type { AnswerEvent } from '../../../agents/answer-event.js'
import { askWithEvents } from './ask-with-events.js'
import { createKeyRing, type KeyRing } from './key-ring.js'
import { isAbort, RequestError } from './request-error.js'

export interface Service {
  /** Where it is, without a slash at the end. */
  readonly url: string
  readonly keys: KeyRing
  /** Rejects with `RequestError`, as everything here does. */
  getJson<Body>(path: string, signal?: AbortSignal): Promise<Body>
  /** `undefined` for an answer without a body. */
  sendJson<Body>(method: Method, path: string, body?: unknown): Promise<Body>
  /** The response as it is, for files; by another way than `fetch` where one is given. */
  send(path: string, request?: RequestInit, transport?: Transport): Promise<Response>
  /** Hands on each event; takes the stream up again when the connection breaks. */
  ask(
    path: string,
    body: object,
    onEvent: (event: AnswerEvent) => void,
    signal: AbortSignal,
  ): Promise<void>
  /** Of a stream that ended meanwhile too; never rejects. */
  cancel(answerId: string): Promise<void>
}

/** Rejects as `fetch` does. */
export type Transport = (url: string, request: RequestInit) => Promise<Response>

type Method = 'POST' | 'PUT' | 'PATCH' | 'DELETE'

export function createService(address: string): Service {
  const url = address.replace(/\/+$/, '')
  const keys = createKeyRing(url)

  async function send(
    path: string,
    request?: RequestInit,
    transport: Transport = fetch,
  ): Promise<Response> {
    const key = keys.headers()
    const headers = { ...request?.headers, ...key }
    const response = await transport(url + path, { ...request, headers }).catch(noAnswer)
    if (response.ok) return response
    const refusal = await readRefusal(response)
    const again = response.status === 401 && (await keys.renew(key.Authorization, refusal.message))
    if (again) return send(path, request, transport)
    throw refusal
  }

  return {
    url,
    keys,
    send,
    getJson: async (path, signal) => (await send(path, { signal })).json(),
    async sendJson(method, path, body) {
      const headers = { 'Content-Type': 'application/json' }
      const content = body === undefined ? {} : { headers, body: JSON.stringify(body) }
      const response = await send(path, { method, ...content })
      return response.status === 204 ? undefined : response.json()
    },
    ask: (path, body, onEvent, signal) => askWithEvents(send, path, body, onEvent, signal),
    async cancel(answerId) {
      await send(`/api/v1/chat/${answerId}`, { method: 'DELETE' }).catch(() => undefined)
    },
  }
}

function noAnswer(error: unknown): never {
  if (isAbort(error)) throw error
  throw new RequestError('unreachable', 'Parley does not answer.')
}

async function readRefusal(response: Response): Promise<RequestError> {
  const { error } = await response.json().catch(() => ({}))
  const { code = 'refused', message = `The service answered ${response.status}.` } = error ?? {}
  return new RequestError(code, message, error?.hints)
}
