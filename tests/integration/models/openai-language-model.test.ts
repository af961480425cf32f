/** The client for servers of OpenAI's API, against one that does what real ones do. */
import { afterEach, describe, expect, it } from 'vitest'
import type { AnswerShape, CompletionRequest } from '../../../models/language-model.js'
import { ModelCallError } from '../../../models/model-call-error.js'
import {
  createOpenAiLanguageModel,
  type OpenAiSettings,
} from '../../../models/openai/openai-language-model.js'
import type { Wait } from '../../../models/openai/try-again.js'
import {
  type ChatBody,
  type OpenAiServer,
  type OpenAiServerOptions,
  type ServerAnswer,
  startOpenAiServer,
} from '../../support/openai-server.js'

const shape: AnswerShape = {
  name: 'pairs',
  description: 'Questions with their SQL.',
  schema: {
    type: 'object',
    properties: { pairs: { type: 'array' } },
    required: ['pairs'],
    additionalProperties: false,
  },
}
const request: CompletionRequest = { prompt: 'Three words here', maxTokens: 50 }
const secret = 'sk-this-is-a-secret-key'

let server: OpenAiServer
afterEach(() => server.close())

async function open(
  answer: OpenAiServerOptions['answer'],
  settings: Partial<OpenAiSettings> = {},
  options: Partial<OpenAiServerOptions> = {},
) {
  server = await startOpenAiServer({ answer, ...options })
  const { baseUrl } = server
  return createOpenAiLanguageModel({ baseUrl, model: 'tiny', retries: 2, ...settings })
}

/** The first answers in their order, then the last one for good. */
function inTurn(...answers: readonly ServerAnswer[]) {
  return (_: ChatBody, number: number) => answers[Math.min(number, answers.length - 1)] ?? 'silent'
}

async function failureOf(asked: Promise<unknown>): Promise<ModelCallError> {
  const error = await asked.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof ModelCallError)) throw error ?? new Error('it did not fail')
  return error
}

describe('a completion', () => {
  it('comes with its text and the tokens that the server counted', async () => {
    const model = await open(() => 'two words')
    expect(await model.complete(request)).toMatchObject({
      text: 'two words',
      tokens: 2,
      promptTokens: 3,
      cut: false,
    })
    expect(server.requests[0]?.body).toEqual({
      model: 'tiny',
      messages: [{ role: 'user', content: 'Three words here' }],
      max_tokens: 50,
      temperature: 0,
    })
  })

  it('has estimated tokens where the server counts none, and says when it was cut', async () => {
    const model = await open(() => ({ text: 'abcdef', finish: 'length', usage: null }))
    const completion = await model.complete(request)
    expect(completion).toMatchObject({ tokens: 2, cut: true })
    expect(completion).not.toHaveProperty('promptTokens')
  })

  it('is drawn with the temperature and the seed that were asked for', async () => {
    const model = await open(() => 'x')
    await model.complete({ ...request, sampling: { temperature: 0.7, seed: 11 } })
    expect(server.requests[0]?.body).toMatchObject({ temperature: 0.7, seed: 11 })
  })

  it('sends the key in its header, and nothing about this machine', async () => {
    const model = await open(() => 'x', { key: secret }, { key: secret })
    await model.complete(request)
    const [{ headers, body } = { headers: {}, body: {} }] = server.requests
    expect(Object.keys(headers).filter((name) => name.startsWith('x-stainless'))).toEqual([])
    expect(headers['user-agent']).toBe('parley')
    expect(headers).not.toHaveProperty('openai-organization')
    expect(JSON.stringify(body)).not.toContain(secret)
  })

  it('sends no key where there is none, whatever the environment says', async () => {
    process.env.OPENAI_API_KEY = secret
    process.env.OPENAI_ORG_ID = 'somebody'
    try {
      const model = await open(() => 'x')
      await model.complete(request)
      expect(JSON.stringify(server.requests)).not.toMatch(/sk-this|somebody|authorization/)
    } finally {
      delete process.env.OPENAI_API_KEY
      delete process.env.OPENAI_ORG_ID
    }
  })
})

describe('JSON', () => {
  const formsOf = () =>
    server.requests.map(
      ({ body }) => body.response_format?.type ?? (body.tools ? 'tool' : 'nothing'),
    )
  const refused = { status: 400, error: { message: 'Not supported.', code: null, param: null } }

  it('is asked for by schema first', async () => {
    const model = await open(() => '{"pairs": []}')
    expect((await model.complete({ ...request, shape })).text).toBe('{"pairs": []}')
    expect(server.requests[0]?.body.response_format?.json_schema).toMatchObject({
      name: 'pairs',
      strict: true,
    })
  })

  it('is read from the call of a tool', async () => {
    const model = await open(() => '{"pairs": []}', { form: 'tool' })
    expect((await model.complete({ ...request, shape })).text).toBe('{"pairs": []}')
    expect(server.requests[0]?.body.tools?.[0]?.function.name).toBe('pairs')
  })

  it('is asked for in simpler ways where the server refuses, and at once so the next time', async () => {
    const model = await open(({ response_format: format, tools }) =>
      tools || format?.type === 'json_schema' ? refused : '{}',
    )
    await model.complete({ ...request, shape })
    await model.complete({ ...request, shape })
    expect(formsOf()).toEqual(['json_schema', 'tool', 'json_object', 'json_object'])
  })

  it('is not asked for in other ways than the one that is set', async () => {
    const model = await open(() => refused, { form: 'json_object' })
    expect(await failureOf(model.complete({ ...request, shape }))).toMatchObject({
      code: 'request_refused',
      message: "The model's server refuses the request. (400 Not supported.)",
    })
    expect(formsOf()).toEqual(['json_object'])
  })

  it('is asked for as before where a prompt alone was too long', async () => {
    const error = { message: 'Too long.', code: 'context_length_exceeded' }
    const model = await open(inTurn({ status: 400, error }, '{}'))
    await failureOf(model.complete({ ...request, shape }))
    await model.complete({ ...request, shape })
    expect(formsOf()).toEqual(['json_schema', 'json_schema'])
  })

  it('is limited and drawn as newer models want it', async () => {
    const model = await open(({ max_tokens: limit, temperature }) => {
      if (limit !== undefined) {
        const message = "Unsupported parameter: 'max_tokens' is not supported with this model."
        return { status: 400, error: { message, param: 'max_tokens' } }
      }
      return temperature === undefined
        ? '{}'
        : { status: 400, error: { message: 'Only the default is.', param: 'temperature' } }
    })
    await model.complete({ ...request, shape })
    expect(server.requests.at(-1)?.body).toMatchObject({ max_completion_tokens: 50 })
    expect(formsOf()).toEqual(['json_schema', 'json_schema', 'json_schema'])
  })
})

describe('a server that', () => {
  it('is busy is asked again when it says, and everybody waits', async () => {
    const waits: Wait[] = []
    const busy = { status: 429, headers: { 'retry-after': '1' } }
    const model = await open(inTurn(busy, 'later'), { onWait: (wait) => waits.push(wait) })
    const started = performance.now()
    const first = model.complete(request)
    await expect.poll(() => waits.length, { interval: 5 }).toBe(1)
    const second = model.complete(request)
    expect([(await first).text, (await second).text]).toEqual(['later', 'later'])
    expect(performance.now() - started).toBeGreaterThan(950)
    expect(waits).toEqual([{ ms: 1000, reason: expect.stringContaining('is busy') }])
    expect(server.requests).toHaveLength(3)
  })

  it.each([
    ['fails', { status: 500 }],
    ['hangs up', 'cut'],
  ] as const)('%s once is asked again', async (_, failing) => {
    const model = await open(inTurn(failing, 'well'))
    expect((await model.complete(request)).text).toBe('well')
    expect(server.requests).toHaveLength(2)
  })

  it.each([
    ['server_failed', { status: 503 }, 3],
    ['unreachable', 'cut', 3],
    ['timed_out', 'silent', 3],
    ['bad_answer', { body: '<html>hello' }, 1],
    ['bad_answer', { body: '{"choices": []}' }, 1],
    ['bad_answer', { body: '' }, 1],
    ['key_refused', { status: 403 }, 1],
    ['not_found', { status: 404 }, 1],
    ['quota_spent', { status: 429, error: { message: 'x', code: 'insufficient_quota' } }, 1],
    ['busy', { status: 429, headers: { 'retry-after': '86400' } }, 1],
    ['unreachable', { status: 307, headers: { location: 'http://127.0.0.1:9/' } }, 3],
  ] as const)('ends in %s for %j after %i attempts', async (code, answer, attempts) => {
    // Only silence has to run out of time, however slow the machine is.
    const model = await open(() => answer, { timeoutMs: answer === 'silent' ? 150 : 20_000 })
    expect(await failureOf(model.complete(request))).toMatchObject({ code })
    expect(server.requests).toHaveLength(attempts)
  })

  it('repeats a refused key is not quoted', async () => {
    const model = await open(() => 'x', { key: secret }, { key: 'another' })
    const { message } = await failureOf(model.complete(request))
    expect(message).toBe("The model's server refuses the key. (401)")
    const error = { message: `Bad request by ${secret}` }
    await server.close()
    const other = await open(() => ({ status: 400, error }), { key: secret })
    expect((await failureOf(other.complete(request))).message).not.toContain(secret)
  })

  it('is not there is said to be unreachable', async () => {
    const model = await open(() => 'x')
    await server.close()
    expect((await failureOf(model.complete(request))).message).toBe(
      "The model's server cannot be reached. (ECONNREFUSED)",
    )
  })

  it('is slow or to be waited for can be left at any time', async () => {
    const busy = { status: 429, headers: { 'retry-after': '60' } }
    const waiting = await open(() => busy, {})
    const stop = new AbortController()
    const left = waiting.complete({ ...request, signal: stop.signal })
    setTimeout(() => stop.abort(new Error('enough')), 50)
    await expect(left).rejects.toThrow('enough')
    await server.close()
    const silent = await open(() => 'silent')
    const hungUp = silent.complete({ ...request, signal: AbortSignal.timeout(50) })
    await expect(hungUp).rejects.toThrow('timeout')
    await expect.poll(() => server.open()).toBe(0)
  })
})

describe('a stream', () => {
  const streamed = () => {
    const counts: number[] = []
    return { counts, request: { ...request, onToken: (count: number) => counts.push(count) } }
  }

  it('tells its tokens as they come, and ends in the text and the counts of the server', async () => {
    const model = await open(() => ({ text: 'select one thing', tokenDelayMs: 5 }))
    const { counts, request: asked } = streamed()
    expect(await model.complete(asked)).toMatchObject({
      text: 'select one thing',
      tokens: 3,
      promptTokens: 3,
      cut: false,
    })
    expect(counts).toEqual([1, 2, 3, 3])
    expect(server.requests[0]?.body).toMatchObject({
      stream: true,
      stream_options: { include_usage: true },
    })
  })

  it('brings JSON in the call of a tool', async () => {
    const model = await open(() => '{"pairs": [1, 2]}', { form: 'tool' })
    const completion = await model.complete({ ...streamed().request, shape })
    expect(completion.text).toBe('{"pairs": [1, 2]}')
  })

  it('puts what the model is told of its task before the prompt', async () => {
    const model = await open(() => 'x')
    await model.complete({ ...streamed().request, instructions: 'Be brief.' })
    expect(server.requests[0]?.body.messages).toEqual([
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Three words here' },
    ])
  })

  it.each(['stream_options', 'stream'])(
    'is asked for without %s where that is refused, and at once so the next time',
    async (param) => {
      const model = await open((body) =>
        param in body ? { status: 400, error: { message: 'No.', param } } : 'as a whole',
      )
      await model.complete(streamed().request)
      expect((await model.complete(streamed().request)).text).toBe('as a whole')
      expect(server.requests.map(({ body }) => param in body)).toEqual([true, false, false])
    },
  )

  it('that comes as a whole is asked for as one', async () => {
    const whole = { choices: [{ finish_reason: 'stop', message: { content: 'here' } }] }
    const model = await open(() => ({ body: JSON.stringify(whole) }))
    expect((await model.complete(streamed().request)).text).toBe('here')
    expect(server.requests.map(({ body }) => body.stream)).toEqual([true, undefined])
  })

  it.each([
    ['unreachable', 'cut', 3],
    ['unreachable', 'nothing', 3],
    ['server_failed', 'error', 3],
    ['bad_answer', 'wrong_json', 1],
  ] as const)(
    'ends in %s for one with %s for its end, after %i attempts',
    async (code, ending, attempts) => {
      const model = await open(() => ({ text: 'select', ending }))
      expect(await failureOf(model.complete(streamed().request))).toMatchObject({ code })
      expect(server.requests).toHaveLength(attempts)
    },
  )

  it('that trickles is left when it is stopped, and when its time is over', async () => {
    const slow = { text: 'word '.repeat(1_000), tokenDelayMs: 20 }
    const model = await open(() => slow, { timeoutMs: 300, retries: 0 })
    expect(await failureOf(model.complete(streamed().request))).toMatchObject({ code: 'timed_out' })
    const stop = new AbortController()
    const onToken = () => stop.abort(new Error('enough'))
    await expect(model.complete({ ...request, signal: stop.signal, onToken })).rejects.toThrow(
      'enough',
    )
    await expect.poll(() => server.open()).toBe(0)
  })
})
