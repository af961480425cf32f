/** One model on several servers, as stand-ins that fail and come back. */
import { afterEach, describe, expect, it, vi } from 'vitest'
import { ModelCallError } from '../../../models/model-call-error.js'
import { type BalancedModel, balanceModels } from '../../../models/openai/balance-models.js'
import { createOpenAiLanguageModel } from '../../../models/openai/openai-language-model.js'
import { servesModel } from '../../../models/openai/serves-model.js'
import { closedGate } from '../../support/gate.js'
import {
  type OpenAiServer,
  type ServerAnswer,
  startOpenAiServer,
} from '../../support/openai-server.js'
import { scriptedModel } from '../../support/scripted-model.js'

const model = 'sql-8b'
const listed = { object: 'list', data: [{ id: model, object: 'model' }] }
const lookMs = 20

interface StandIn {
  answer: ServerAnswer | (() => Promise<ServerAnswer>)
  readonly pages: Record<string, unknown>
}

const servers: OpenAiServer[] = []
const opened: BalancedModel[] = []
afterEach(async () => {
  await Promise.all(opened.splice(0).map((model) => model.close()))
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

async function balanced(standIns: readonly StandIn[]) {
  for (const standIn of standIns) {
    const answer = async () =>
      typeof standIn.answer === 'function' ? standIn.answer() : standIn.answer
    servers.push(await startOpenAiServer({ answer, pages: standIn.pages }))
  }
  const made = balanceModels(
    servers.map(({ baseUrl }) => ({
      model: createOpenAiLanguageModel({ baseUrl, model, retries: 0, timeoutMs: 20_000 }),
      look: (signal) => servesModel({ baseUrl, model }, signal),
    })),
    lookMs,
  )
  opened.push(made)
  return { made, counts: () => servers.map(({ requests }) => requests.length) }
}

const healthy = (): StandIn => ({ answer: 'SELECT 1', pages: { '/v1/models': listed } })
const request = { prompt: 'How many?', maxTokens: 20 }

describe('one model on several servers', () => {
  it('goes to the least busy', async () => {
    const gate = closedGate()
    const slow = async () => {
      await gate.passed
      return 'SELECT 1'
    }
    const { made, counts } = await balanced(
      [healthy(), healthy(), healthy()].map((each) => ({ ...each, answer: slow })),
    )
    const asked = Array.from({ length: 6 }, () => made.complete(request))
    await expect.poll(counts).toEqual([2, 2, 2])
    gate.open()
    expect((await Promise.all(asked)).map(({ text }) => text)).toEqual(Array(6).fill('SELECT 1'))
  })

  it('leaves one out that fails, answers by another, and takes it up again', async () => {
    const failing: StandIn = { answer: { status: 500 }, pages: {} }
    const { made, counts } = await balanced([failing, healthy()])
    for (let at = 0; at < 4; at += 1) expect((await made.complete(request)).text).toBe('SELECT 1')
    expect([counts(), made.away()]).toEqual([[1, 4], 1])
    failing.answer = 'SELECT 2'
    failing.pages['/v1/models'] = { object: 'list', data: [{ id: 'another' }] }
    await expect.poll(() => servers[0]?.looks.length).toBeGreaterThan(1)
    expect(made.away()).toBe(1)
    failing.pages['/v1/models'] = listed
    await expect.poll(() => made.away()).toBe(0)
    const texts = [await made.complete(request), await made.complete(request)]
    expect(texts.map(({ text }) => text).toSorted()).toEqual(['SELECT 1', 'SELECT 2'])
  })

  it('looks after one that comes and goes as after any other, once at a time', async () => {
    let asked = 0
    const flapping = scriptedModel(() => {
      asked += 1
      if (asked % 2 === 1) throw new ModelCallError('server_failed', 'It failed.')
      return 'SELECT 1'
    })
    let looks = 0
    const look = async () => {
      looks += 1
      return false
    }
    vi.useFakeTimers({ toFake: ['setTimeout'] })
    try {
      const made = balanceModels([{ model: flapping, look }], lookMs)
      for (let at = 0; at < 9; at += 1) await made.complete(request).catch(() => {})
      expect(made.away()).toBe(1)
      await vi.advanceTimersByTimeAsync(lookMs * 3)
      expect(looks).toBe(3)
      await made.close()
    } finally {
      vi.useRealTimers()
    }
  })

  it('answers by another where one says that it is busy, and does not leave it out', async () => {
    const busy: StandIn = { ...healthy(), answer: { status: 429 } }
    const { made, counts } = await balanced([busy, healthy()])
    for (let at = 0; at < 2; at += 1) expect((await made.complete(request)).text).toBe('SELECT 1')
    expect([counts(), made.away()]).toEqual([[2, 2], 0])
  })

  it('says what the last one said where all fail, and asks them again the next time', async () => {
    const standIns = [healthy(), healthy()].map(
      (each): StandIn => ({ ...each, pages: {}, answer: { status: 503 } }),
    )
    const { made } = await balanced(standIns)
    await expect(made.complete(request)).rejects.toMatchObject({ name: 'ModelCallError' })
    expect(made.away()).toBe(2)
    for (const standIn of standIns) standIn.answer = 'SELECT 3'
    expect((await made.complete(request)).text).toBe('SELECT 3')
    expect(made.away()).toBe(1)
  })

  it('sends what one server refuses to no other, and nothing after it was cancelled', async () => {
    const refusing: StandIn = { ...healthy(), answer: { status: 400, error: { message: 'no' } } }
    const { made, counts } = await balanced([refusing, healthy()])
    await expect(made.complete(request)).rejects.toMatchObject({ code: 'request_refused' })
    const cancelled = AbortSignal.abort(new Error('not wanted'))
    await expect(made.complete({ ...request, signal: cancelled })).rejects.toThrow('not wanted')
    expect([counts()[1], made.away()]).toEqual([0, 0])
  })
})
