/** Which questions may keep the process busy at the same time, and when the next may begin. */
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { AnswerEvent } from '../../../agents/answer-event.js'
import { letCrowdsPass } from '../../../src/http/let-crowds-pass.js'
import { questionTurns } from '../../../src/http/take-turns.js'

const busy: AnswerEvent = { type: 'state', state: 'understanding', message: 'Reading' }
const queued: AnswerEvent = { type: 'state', state: 'generating', message: '', queue: { place: 1 } }
const running: AnswerEvent = { type: 'state', state: 'executing', message: 'Running' }

/** Three questions that say one thing and then go on until they are told to end. */
function ask(event: AnswerEvent) {
  const begun: number[] = []
  const ending = [1, 2, 3].map(() => new AbortController())
  const inTurn = questionTurns(letCrowdsPass())
  const ends = ending.map(async ({ signal }, at) => {
    const source = inTurn(async function* (stop) {
      begun.push(at)
      yield event
      await wait(60_000, undefined, { signal: stop })
    })
    for await (const _event of source(signal)) await wait(1)
  })
  const all = Promise.allSettled(ends)
  return { begun, end: (at: number) => ending[at]?.abort(), all }
}

async function endAll({ end, all }: ReturnType<typeof ask>) {
  for (const at of [0, 1, 2]) end(at)
  await all
}

describe('questions', () => {
  it('are understood two at a time, and the third when one has ended', async () => {
    const asked = ask(busy)
    await expect.poll(() => asked.begun).toEqual([0, 1])
    await wait(50)
    expect(asked.begun).toEqual([0, 1])
    asked.end(1)
    await expect.poll(() => asked.begun).toEqual([0, 1, 2])
    await endAll(asked)
  })

  it.each([queued, running])('that wait for others let the next begin: %j', async (event) => {
    const asked = ask(event)
    await expect.poll(() => asked.begun).toEqual([0, 1, 2])
    await endAll(asked)
  })

  it('that hang let the next begin after some seconds', async () => {
    const asked = ask(busy)
    await expect.poll(() => asked.begun, { timeout: 10_000 }).toEqual([0, 1, 2])
    await endAll(asked)
  })

  it('that are cancelled while they wait never begin', async () => {
    const asked = ask(busy)
    await expect.poll(() => asked.begun).toEqual([0, 1])
    asked.end(2)
    asked.end(0)
    await wait(50)
    expect(asked.begun).toEqual([0, 1])
    await endAll(asked)
  })
})
