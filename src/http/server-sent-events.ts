/** Writes an answer as server-sent events: https://html.spec.whatwg.org/multipage/server-sent-events.html */
import { once } from 'node:events'
import type { Response } from 'express'
import type { NumberedEvent } from './answer-stream.js'

/** Proxies and browsers drop connections that stay silent for longer. */
const keepAliveMs = 15_000
/** Who takes nothing of what was sent for so long does not read. */
const unreadMs = 60_000

/** Sends events as they come, then `data: [DONE]`; returns early when the client hangs up. */
export function sendEvents(
  response: Response,
  events: AsyncIterable<NumberedEvent>,
  signal: AbortSignal,
): Promise<void> {
  return sendFrames(response, framesOf(events), signal)
}

async function* framesOf(events: AsyncIterable<NumberedEvent>): AsyncGenerator<string> {
  for await (const { number, event } of events) {
    yield `event: ${event.type}\nid: ${number}\ndata: ${JSON.stringify(event)}\n\n`
  }
}

/** The same with frames in a form of the caller's. */
export async function sendFrames(
  response: Response,
  frames: AsyncIterable<string>,
  signal: AbortSignal,
): Promise<void> {
  response.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store',
    'X-Accel-Buffering': 'no',
  })
  response.flushHeaders()
  const keepAlive = setInterval(() => response.write(': keep-alive\n\n'), keepAliveMs)
  try {
    for await (const frame of frames) await write(response, frame, signal)
    if (!signal.aborted) response.end('data: [DONE]\n\n')
  } finally {
    clearInterval(keepAlive)
  }
}

/** Waits for a slow reader, so that a large result is not held twice in memory. */
async function write(response: Response, frame: string, signal: AbortSignal): Promise<void> {
  if (signal.aborted || response.write(frame)) return
  const limit = setTimeout(() => response.destroy(), unreadMs).unref()
  await once(response, 'drain', { signal }).catch(() => undefined)
  clearTimeout(limit)
}

/** Aborts when the client goes away before the response is complete. */
export function hangUpSignal(response: Response): AbortSignal {
  const controller = new AbortController()
  response.on('close', () => {
    if (!response.writableFinished) controller.abort()
  })
  return controller.signal
}
