/** Asking over HTTP: JSON, server-sent events, resuming and cancelling. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AnswerLog } from '../../src/http/answer-log.js'
import { answerSchema } from '../../src/http/answer-schema.js'
import { type ServedStandIn, serveStandIn } from '../support/serve-stand-in.js'

let server: ServedStandIn

beforeEach(async () => {
  server = await serveStandIn({ graceMs: 150, stepDelayMs: 5 })
})
afterEach(() => server.close())

interface Asking {
  readonly stream?: boolean
  readonly signal?: AbortSignal
}

function ask(body: unknown, { stream = false, signal }: Asking = {}): Promise<Response> {
  return fetch(`${server.url}/api/v1/chat`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      Accept: stream ? 'text/event-stream' : 'application/json',
    },
    body: JSON.stringify(body),
    signal,
  })
}

interface Frame {
  readonly event?: string
  readonly id?: string
  readonly data?: string
}

function framesOf(text: string): readonly Frame[] {
  return text
    .split('\n\n')
    .filter((block) => block !== '' && !block.startsWith(':'))
    .map((block) =>
      Object.fromEntries(
        block.split('\n').map((line) => {
          const colon = line.indexOf(': ')
          return [line.slice(0, colon), line.slice(colon + 2)]
        }),
      ),
    )
}

/** Reads a stream until it holds `text`, then leaves it open. */
async function readUntil(response: Response, text: string): Promise<string> {
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  let seen = ''
  while (!seen.includes(text)) {
    const { value, done } = await reader.read()
    if (done) throw new Error(`The stream ended without ${text}`)
    seen += value
  }
  return seen
}

describe('a question as JSON', () => {
  it('gives the whole answer, in the form the OpenAPI document promises', async () => {
    const response = await ask({ message: 'Sales by region' })
    expect(response.status).toBe(200)
    const answer = await response.json()
    expect(answerSchema.parse(answer)).toMatchObject({ ok: true, rowCount: 5, chartKind: 'bar' })
  })

  it('takes question for message and hands every option to the orchestrator', async () => {
    await ask({
      question: 'Sales by region',
      conversation_id: 'c-1',
      generator: 'rules',
      use_rag: false,
      new_topic: true,
      options: { as_of: '2024-06-30' },
    })
    expect(server.orchestrator.calls[0]).toMatchObject({
      question: 'Sales by region',
      options: {
        conversationId: 'c-1',
        generator: 'rules',
        useRag: false,
        newTopic: true,
        asOf: '2024-06-30',
      },
    })
  })

  it('keeps no turn where that is wished, which is for no conversation', async () => {
    const unkept = { message: 'Sales by region', keep: false }
    expect((await ask(unkept)).status).toBe(200)
    expect(server.orchestrator.calls.at(-1)?.options).toMatchObject({ keep: false })
    expect((await ask({ ...unkept, conversation_id: 'c-1' })).status).toBe(400)
  })

  it('answers 200 with ok false when the question cannot be answered', async () => {
    const response = await ask({ message: 'How is the weather' })
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({ ok: false, error: { code: 'not_understood' } })
  })

  it('cancels at once when the client hangs up', async () => {
    const controller = new AbortController()
    const asking = ask({ message: 'forever' }, { signal: controller.signal })
    await expect.poll(() => server.orchestrator.calls.length).toBe(1)
    controller.abort()
    await expect(asking).rejects.toThrow()
    await expect.poll(() => server.orchestrator.calls[0]?.cancelled).toBe(true)
  })

  it('says internal and nothing else when the orchestrator throws', async () => {
    const response = await ask({ message: 'explode' })
    expect(response.status).toBe(500)
    const body = await response.text()
    expect(JSON.parse(body).error.code).toBe('internal')
    expect(body).not.toContain('secret')
    expect(server.logger.lines.some(({ fields }) => /secret/.test(String(fields.error)))).toBe(true)
  })
})

describe('a question as server-sent events', () => {
  it('numbers the events, names them twice and ends with [DONE]', async () => {
    const response = await ask({ message: 'Sales by region' }, { stream: true })
    expect(response.headers.get('content-type')).toContain('text/event-stream')
    expect(response.headers.get('x-accel-buffering')).toBe('no')
    const frames = framesOf(await response.text())
    const events = frames.slice(0, -1)
    expect(frames.at(-1)).toEqual({ data: '[DONE]' })
    expect(events.map(({ id }) => Number(id))).toEqual(events.map((_, index) => index + 1))
    expect(events.every(({ event, data }) => JSON.parse(data ?? '').type === event)).toBe(true)
    const kinds = [...new Set(events.map(({ event }) => event))]
    expect(kinds).toEqual([
      'message_start',
      'state',
      'sql',
      'data',
      'chart',
      'text_delta',
      'suggestions',
      'message_stop',
    ])
  })

  it('gives the same answer as the JSON form', async () => {
    const frames = framesOf(
      await (await ask({ message: 'Sales by region' }, { stream: true })).text(),
    )
    const { answer } = JSON.parse(frames.at(-2)?.data ?? '')
    const plain = (await (await ask({ message: 'Sales by region' })).json()) as object
    expect({ ...answer, id: '', conversationId: '' }).toEqual({
      ...plain,
      id: '',
      conversationId: '',
    })
  })

  it('ends with an error event when the orchestrator throws', async () => {
    const text = await (await ask({ message: 'explode' }, { stream: true })).text()
    const frames = framesOf(text)
    expect(frames.at(-2)?.event).toBe('error')
    expect(JSON.parse(frames.at(-2)?.data ?? '').error.code).toBe('internal')
    expect(frames.at(-1)?.data).toBe('[DONE]')
    expect(text).not.toContain('secret')
  })

  it('takes up after Last-Event-ID, with nothing lost and nothing twice', async () => {
    const whole = framesOf(
      await (await ask({ message: 'Sales by region' }, { stream: true })).text(),
    )
    const rest = await fetch(`${server.url}/api/v1/chat/answer-1/events`, {
      headers: { 'Last-Event-ID': '4' },
    })
    expect(framesOf(await rest.text())).toEqual(whole.slice(4))
  })

  it('keeps a dropped answer running for a reader that comes back in time', async () => {
    await server.close()
    server = await serveStandIn({ graceMs: 20_000, stepDelayMs: 30 })
    const controller = new AbortController()
    const response = await ask(
      { message: 'Sales by region' },
      { stream: true, signal: controller.signal },
    )
    await readUntil(response, 'message_start')
    controller.abort()
    const rest = framesOf(await (await fetch(`${server.url}/api/v1/chat/answer-1/events`)).text())
    expect(JSON.parse(rest.at(-2)?.data ?? '').answer.ok).toBe(true)
    expect(server.orchestrator.calls[0]?.cancelled).toBe(false)
  })

  it('cancels a dropped answer once nobody came back', async () => {
    const controller = new AbortController()
    const response = await ask({ message: 'forever' }, { stream: true, signal: controller.signal })
    await readUntil(response, 'message_start')
    controller.abort()
    await expect.poll(() => server.orchestrator.calls[0]?.cancelled).toBe(true)
  })

  it('refuses a Last-Event-ID that is no number and an answer it does not know', async () => {
    await (await ask({ message: 'Sales by region' })).text()
    const events = `${server.url}/api/v1/chat/answer-1/events`
    expect((await fetch(events, { headers: { 'Last-Event-ID': 'x' } })).status).toBe(400)
    expect((await fetch(`${server.url}/api/v1/chat/unknown/events`)).status).toBe(404)
  })
})

it('leaves the events of a stream to other replicas, and nothing of a JSON answer', async () => {
  const begun: string[] = []
  const answerLog: AnswerLog = {
    begin: (id) => begun.push(id),
    add: () => {},
    end: () => {},
    onCalls: () => {},
    find: async () => undefined,
  }
  const replica = await serveStandIn({ answerLog })
  const askReplica = (Accept: string) =>
    fetch(`${replica.url}/api/v1/chat`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept },
      body: JSON.stringify({ message: 'Sales by region' }),
    })
  expect(await (await askReplica('application/json')).json()).toMatchObject({ ok: true })
  expect(begun).toEqual([])
  const text = await (await askReplica('text/event-stream')).text()
  expect(framesOf(text).some(({ data }) => data?.includes(begun[0] ?? 'none'))).toBe(true)
  expect(begun).toHaveLength(1)
  await replica.close()
})

describe('cancelling by id', () => {
  it('reaches the orchestrator and ends the stream with a cancelled answer', async () => {
    const response = await ask({ message: 'forever' }, { stream: true })
    const copy = response.clone()
    await readUntil(response, 'message_start')
    const cancel = await fetch(`${server.url}/api/v1/chat/answer-1`, { method: 'DELETE' })
    expect(cancel.status).toBe(204)
    const frames = framesOf(await copy.text())
    expect(JSON.parse(frames.at(-2)?.data ?? '').answer.error.code).toBe('cancelled')
    expect(server.orchestrator.calls[0]?.cancelled).toBe(true)
  })

  it('answers 404 for an answer that is not under way', async () => {
    const response = await fetch(`${server.url}/api/v1/chat/unknown`, { method: 'DELETE' })
    expect(response.status).toBe(404)
  })
})
