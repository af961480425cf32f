/** A server that follows OpenAI's published chat completions API, and can be told to misbehave as real ones do. */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What was sent to it, as far as tests look at it. */
export interface ChatBody {
  readonly model: string
  readonly messages: readonly { readonly role: string; readonly content: string }[]
  readonly temperature?: number
  readonly seed?: number
  readonly stream?: boolean
  readonly stream_options?: { readonly include_usage: boolean }
  readonly max_tokens?: number
  readonly max_completion_tokens?: number
  readonly response_format?: {
    readonly type: string
    readonly json_schema?: { readonly name: string; readonly strict: boolean }
  }
  readonly tools?: readonly { readonly function: { readonly name: string } }[]
}

export type ServerAnswer =
  /** A good answer: in a tool's call where one was asked for. */
  | string
  | {
      readonly text: string
      readonly finish?: 'length' | 'content_filter'
      readonly usage?: null
      /** Of a stream: between two tokens. */
      readonly tokenDelayMs?: number
      /** Of a stream: what stands in the place of its end. */
      readonly ending?: 'cut' | 'wrong_json' | 'error' | 'nothing'
    }
  | { readonly status: number; readonly headers?: Record<string, string>; readonly error?: unknown }
  /** 200 with this body. */
  | { readonly body: string }
  /** The headers and the beginning of an answer, then the connection is cut. */
  | 'cut'
  /** Nothing, until the caller gives up. */
  | 'silent'

export interface OpenAiServer {
  readonly baseUrl: string
  readonly requests: { readonly body: ChatBody; readonly headers: IncomingHttpHeaders }[]
  /** Paths of the pages that were asked for. */
  readonly looks: readonly string[]
  /** Requests that are being answered. */
  readonly open: () => number
  close(): Promise<void>
}

export interface OpenAiServerOptions {
  readonly answer: (body: ChatBody, number: number) => ServerAnswer | Promise<ServerAnswer>
  /** Without, every key is taken. */
  readonly key?: string
  readonly delayMs?: number
  /** What GET finds, by path, such as the lists of models of Ollama and LM Studio. */
  readonly pages?: Readonly<Record<string, unknown>>
}

export async function startOpenAiServer(options: OpenAiServerOptions): Promise<OpenAiServer> {
  const requests: OpenAiServer['requests'] = []
  const looks: string[] = []
  let open = 0
  const http = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const page = request.method === 'GET' ? options.pages?.[request.url ?? ''] : undefined
    if (page !== undefined) {
      looks.push(request.url ?? '')
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(page))
      return
    }
    if (request.url !== '/v1/chat/completions') return sendError(response, 404, 'no such path')
    const body: ChatBody = JSON.parse(Buffer.concat(chunks).toString())
    const number = requests.push({ body, headers: request.headers }) - 1
    if (options.key !== undefined && request.headers.authorization !== `Bearer ${options.key}`) {
      const given = request.headers.authorization ?? 'nothing'
      return sendError(response, 401, `Incorrect API key provided: ${given}`)
    }
    open++
    response.on('close', () => open--)
    if (options.delayMs) await new Promise((resolve) => setTimeout(resolve, options.delayMs))
    send(response, body, await options.answer(body, number))
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  return {
    baseUrl: `http://127.0.0.1:${(http.address() as AddressInfo).port}/v1`,
    requests,
    looks,
    open: () => open,
    close: () =>
      new Promise((resolve) => {
        http.close(() => resolve())
        http.closeAllConnections()
      }),
  }
}

function send(response: ServerResponse, body: ChatBody, answer: ServerAnswer): void {
  if (answer === 'silent') return
  const text = textOf(answer)
  if (body.stream && text) return void sendStream(response, body, text)
  const json = { 'content-type': 'application/json' }
  if (answer === 'cut') {
    response.writeHead(200, { ...json, 'content-length': 1_000 })
    response.write('{"id": "chatcmpl-1", "choi', () => response.destroy())
  } else if (typeof answer === 'string') {
    response.writeHead(200, json).end(completion(body, { text: answer }))
  } else if ('body' in answer) {
    response.writeHead(200, json).end(answer.body)
  } else if ('status' in answer) {
    const { status, headers = {}, error } = answer
    response.writeHead(status, { ...json, ...headers })
    response.end(JSON.stringify({ error: error ?? { message: 'Sorry.', type: 'server_error' } }))
  } else {
    response.writeHead(200, json).end(completion(body, answer))
  }
}

type Text = Extract<ServerAnswer, { readonly text: string }>

function textOf(answer: ServerAnswer): Text | undefined {
  if (typeof answer === 'string') return answer === 'cut' ? undefined : { text: answer }
  return 'text' in answer ? answer : undefined
}

/** A token is a word with the space behind it. */
async function sendStream(response: ServerResponse, body: ChatBody, answer: Text): Promise<void> {
  const { text, finish, usage, tokenDelayMs, ending } = answer
  const { model, tools, stream_options: options } = body
  const tell = (part: object) => response.write(`data: ${JSON.stringify(part)}\n\n`)
  const chunk = (delta: object, finish_reason: string | null = null, rest: object = {}) => ({
    id: 'chatcmpl-1',
    object: 'chat.completion.chunk',
    created: 1_760_000_000,
    model,
    choices: [{ index: 0, delta, finish_reason }],
    ...rest,
  })
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  const [tool] = tools ?? []
  const call = (part: object) => ({ tool_calls: [{ index: 0, ...part }] })
  tell(chunk({ role: 'assistant', content: tool ? null : '' }))
  if (tool) tell(chunk(call({ id: 'call_1', type: 'function', function: tool.function })))
  for (const token of text.split(/(?<=\s)/)) {
    if (response.destroyed) return
    tell(chunk(tool ? call({ function: { arguments: token } }) : { content: token }))
    if (tokenDelayMs) await new Promise((resolve) => setTimeout(resolve, tokenDelayMs))
  }
  if (ending === 'cut') return void response.destroy()
  if (ending === 'wrong_json') return void response.end('data: {"choices": [{"del\n\n')
  if (ending === 'error') tell({ error: { message: 'Overloaded.', type: 'server_error' } })
  if (ending !== undefined) return void response.end()
  tell(chunk({}, finish ?? (tool ? 'tool_calls' : 'stop')))
  if (options?.include_usage && usage !== null) {
    tell({ ...chunk({}), choices: [], usage: countsOf(body, text) })
  }
  response.end('data: [DONE]\n\n')
}

function countsOf({ messages }: ChatBody, text: string) {
  const words = (counted: string) => counted.split(/\s+/).filter(Boolean).length
  const prompt = messages.reduce((sum, { content }) => sum + words(content), 0)
  const written = words(text)
  return {
    prompt_tokens: prompt,
    completion_tokens: written,
    total_tokens: prompt + written,
  }
}

function sendError(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify({ error: { message, type: 'invalid_request_error' } }))
}

/** Tokens are counted as words. */
function completion(
  body: ChatBody,
  { text, finish, usage }: { text: string; finish?: string; usage?: null },
): string {
  const { model, tools } = body
  const [tool] = tools ?? []
  const call = tool && {
    id: 'call_1',
    type: 'function',
    function: { name: tool.function.name, arguments: text },
  }
  return JSON.stringify({
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1_760_000_000,
    model,
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: call ? null : text,
          refusal: null,
          ...(call && { tool_calls: [call] }),
        },
        finish_reason: finish ?? (call ? 'tool_calls' : 'stop'),
      },
    ],
    ...(usage === null ? {} : { usage: countsOf(body, text) }),
  })
}
