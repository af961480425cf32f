/** Talks to the service: plain reads, asking with events, cancelling. */
import { askForKey, keyHeaders } from './api-key.js'
import { readEvents } from './read-events.js'

/** @typedef {import('../../agents/answer-event.js').AnswerEvent} AnswerEvent */

/** How often, and how long apart in milliseconds, a broken stream is taken up again. */
const resumeAttempts = 3
const resumePauseMs = 500

/** A refusal by the service, or no service at all. */
export class RequestError extends Error {
  /**
   * @param {string} message
   * @param {readonly string[]} hints
   */
  constructor(message, hints = []) {
    super(message)
    this.hints = hints
  }
}

/**
 * @param {string} path
 * @returns {Promise<any>}
 */
export async function getJson(path) {
  return (await send(path)).json()
}

/**
 * Asks and hands on each event; takes the stream up again when the connection breaks.
 * @param {Record<string, unknown>} body
 * @param {(event: AnswerEvent) => void} onEvent
 * @param {AbortSignal} signal
 */
export async function ask(body, onEvent, signal) {
  let answerId = ''
  let lastId = '0'
  /** @param {Response} response */
  async function consume(response) {
    if (!response.body) return false
    for await (const { id, data } of readEvents(response.body)) {
      if (data === '[DONE]') return true
      lastId = id
      const event = JSON.parse(data)
      if (event.type === 'message_start') answerId = event.id
      onEvent(event)
    }
    return false
  }

  const headers = { 'Content-Type': 'application/json', Accept: 'text/event-stream' }
  const request = { method: 'POST', headers, body: JSON.stringify(body), signal }
  if (await consume(await send('/api/v1/chat', request)).catch(stopOnAbort)) return
  for (let attempt = 0; attempt < resumeAttempts && answerId; attempt += 1) {
    await new Promise((resolve) => setTimeout(resolve, resumePauseMs))
    const resume = { headers: { 'Last-Event-ID': lastId }, signal }
    const again = send(`/api/v1/chat/${answerId}/events`, resume).then(consume)
    if (await again.catch(stopOnAbort)) return
  }
  throw new RequestError('The connection broke off.', ['Ask again, or reload the page.'])
}

/** @param {string} answerId */
export async function cancel(answerId) {
  await send(`/api/v1/chat/${answerId}`, { method: 'DELETE' }).catch(() => undefined)
}

/** @param {unknown} error */
function stopOnAbort(error) {
  if (error instanceof DOMException && error.name === 'AbortError') throw error
  return false
}

/**
 * @param {string} path
 * @param {RequestInit} [request]
 * @returns {Promise<Response>}
 */
async function send(path, request) {
  const key = keyHeaders()
  const headers = { ...request?.headers, ...key }
  const response = await fetch(path, { ...request, headers }).catch((error) => {
    stopOnAbort(error)
    throw new RequestError('Parley does not answer.', ['Is it still running in the terminal?'])
  })
  if (response.ok) return response
  const { error } = await response.json().catch(() => ({ error: undefined }))
  if (response.status === 401 && askForKey(key.Authorization, error?.message)) {
    return send(path, request)
  }
  throw new RequestError(error?.message ?? `The service answered ${response.status}.`, error?.hints)
}
