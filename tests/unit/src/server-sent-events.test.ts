/** Streams that last, and readers that do not read. */
import { EventEmitter } from 'node:events'
import type { Response } from 'express'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { NumberedEvent } from '../../../src/http/answer-stream.js'
import { sendEvents } from '../../../src/http/server-sent-events.js'

const minute = 60_000

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** As far as a stream uses one. */
function response(takes: boolean) {
  const sent: string[] = []
  let isDestroyed = false
  const fake = Object.assign(new EventEmitter(), {
    writeHead: () => {},
    flushHeaders: () => {},
    write: (text: string) => {
      sent.push(text)
      return takes
    },
    end: (text: string) => void sent.push(text),
    destroy: () => {
      isDestroyed = true
      fake.emit('close')
    },
  })
  return { sent, given: fake as unknown as Response, wasDestroyed: () => isDestroyed }
}

async function* after(pauseMs: number): AsyncGenerator<NumberedEvent> {
  await new Promise((resolve) => setTimeout(resolve, pauseMs))
  yield { number: 1, event: { type: 'warning', message: 'late' } }
}

it('goes on for as long as the answer takes', async () => {
  const { given, sent, wasDestroyed } = response(true)
  const sending = sendEvents(given, after(60 * minute), new AbortController().signal)
  await vi.advanceTimersByTimeAsync(61 * minute)
  await sending
  expect(wasDestroyed()).toBe(false)
  expect(sent.at(-1)).toContain('[DONE]')
})

it('is cut off from whoever takes nothing for a minute', async () => {
  const { given, wasDestroyed } = response(false)
  const leaving = new AbortController()
  given.on('close', () => leaving.abort())
  const sending = sendEvents(given, after(0), leaving.signal)
  await vi.advanceTimersByTimeAsync(minute + 1)
  await sending
  expect(wasDestroyed()).toBe(true)
})
