/** Reads server-sent events as they come over the wire. */

export interface WireEvent {
  readonly number: number
  readonly type: string
  readonly data: ReturnType<typeof JSON.parse>
}

/** Until `[DONE]`, the end or the signal; whoever stops reading hangs up. */
export async function* readEvents(
  response: Response,
  signal?: AbortSignal,
): AsyncGenerator<WireEvent> {
  if (!response.body) return
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  signal?.addEventListener('abort', () => void reader.cancel().catch(() => {}))
  let text = ''
  try {
    for (;;) {
      const { value, done } = await reader.read().catch(() => ({ value: undefined, done: true }))
      if (done) return
      text += value
      const frames = text.split('\n\n')
      text = frames.pop() ?? ''
      for (const frame of frames) {
        if (frame.includes('[DONE]')) return
        const fields = Object.fromEntries(
          frame.split('\n').map((line) => [line.split(': ', 1)[0], line.replace(/^\w*: /, '')]),
        )
        if (fields.data === undefined) continue
        const { event = '', id, data } = fields
        yield { number: Number(id), type: event, data: JSON.parse(data) }
      }
    }
  } finally {
    await reader.cancel().catch(() => {})
  }
}
