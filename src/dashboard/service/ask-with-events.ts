/** Asks a question and reads its events, over a connection that may break. */
import type { AnswerEvent } from '../../../agents/answer-event.js'
import { readEvents } from './read-events.js'
import { isAbort, RequestError } from './request-error.js'

/** How often, and how long apart in milliseconds, a broken stream is taken up again. */
const resumeAttempts = 3
const resumePauseMs = 500

/** An event with more characters has rows to read: a frame may be drawn before and after it. */
const largeEvent = 100_000

type Send = (path: string, request?: RequestInit) => Promise<Response>

export async function askWithEvents(
  send: Send,
  path: string,
  body: object,
  onEvent: (event: AnswerEvent) => void,
  signal: AbortSignal,
): Promise<void> {
  let answerId = ''
  let lastId = '0'

  async function consume(response: Response): Promise<boolean> {
    if (!response.body) return false
    for await (const { id, data } of readEvents(response.body)) {
      if (data === '[DONE]') return true
      lastId = id
      if (data.length > largeEvent) await nextTask()
      const event: AnswerEvent = JSON.parse(data)
      if (event.type === 'message_start') answerId = event.id
      onEvent(event)
    }
    return false
  }

  const headers = { 'Content-Type': 'application/json', Accept: 'text/event-stream' }
  const request = { method: 'POST', headers, body: JSON.stringify(body), signal }
  if (await consume(await send(path, request)).catch(unlessAborted)) return
  for (let attempt = 0; attempt < resumeAttempts && answerId; attempt += 1) {
    await new Promise((resolve) => setTimeout(resolve, resumePauseMs))
    const resume = { headers: { 'Last-Event-ID': lastId }, signal }
    const again = send(`/api/v1/chat/${answerId}/events`, resume).then(consume)
    if (await again.catch(unlessAborted)) return
  }
  throw new RequestError('broken_off', 'The connection broke off.')
}

/** Not an animation frame: there are none in a tab behind others. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve))
}

function unlessAborted(error: unknown): false {
  if (isAbort(error)) throw error
  return false
}
