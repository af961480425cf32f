/** What the client library throws, said in one line without the key. */
import { APIConnectionError, APIConnectionTimeoutError, APIError } from 'openai'
import { type ModelCallCode, ModelCallError } from '../model-call-error.js'

const codes: Readonly<Record<number, ModelCallCode>> = {
  401: 'key_refused',
  403: 'key_refused',
  404: 'not_found',
  408: 'busy',
  409: 'busy',
  429: 'busy',
}
const sentences: Readonly<Record<ModelCallCode, string>> = {
  key_refused: "The model's server refuses the key.",
  not_found: "The model's server does not know this address or this model.",
  quota_spent: "The quota at the model's server is used up.",
  budget_spent: 'The budget for this model is used up.',
  request_refused: "The model's server refuses the request.",
  busy: "The model's server is busy.",
  server_failed: "The model's server failed.",
  unreachable: "The model's server cannot be reached.",
  timed_out: "The model's server took too long.",
  bad_answer: "The model's server answered something else than a completion.",
}
/** In characters, of what the server says of itself. */
const mostDetail = 200

/** Programming errors come back as they are. */
export function callFailure(error: unknown, key: string | undefined): unknown {
  if (error instanceof ModelCallError) return error
  if (error instanceof APIConnectionTimeoutError) return failure('timed_out')
  if (error instanceof APIConnectionError) return failure('unreachable', causeOf(error))
  if (error instanceof APIError) return failure(codeOf(error), detailOf(error, key))
  // Thrown by fetch while the body is read: a body that is no JSON, and a connection that ends before it does.
  if (error instanceof SyntaxError) return failure('bad_answer')
  if (error instanceof TypeError && error.message === 'terminated') return failure('unreachable')
  return error
}

export function failure(code: ModelCallCode, detail = ''): ModelCallError {
  return new ModelCallError(code, [sentences[code], detail].filter(Boolean).join(' '))
}

/** Too many requests, and no money left, come with the same status. */
function codeOf({ status, code }: APIError): ModelCallCode {
  // In the middle of a stream, which had begun well.
  if (status === undefined) return 'server_failed'
  if (code === 'insufficient_quota') return 'quota_spent'
  return codes[status] ?? (status >= 500 ? 'server_failed' : 'request_refused')
}

function detailOf({ status, message }: APIError, key: string | undefined): string {
  // Servers repeat the key that they do not like, some of them whole.
  if (status === 401 || status === 403) return `(${status})`
  const said = key === undefined ? message : message.replaceAll(key, '…')
  return `(${said.replaceAll(/\s+/g, ' ').trim().slice(0, mostDetail)})`
}

function causeOf({ cause }: { readonly cause?: unknown }): string {
  for (let inner = cause; inner instanceof Error; inner = inner.cause) {
    if ('code' in inner && typeof inner.code === 'string') return `(${inner.code})`
  }
  return ''
}
