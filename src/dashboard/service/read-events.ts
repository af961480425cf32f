/** Reads server-sent events from a fetch response: https://html.spec.whatwg.org/multipage/server-sent-events.html */

export interface ServerEvent {
  /** Empty when the event had none. */
  readonly id: string
  readonly data: string
}

/** Yields each event; a block that the end of the stream cuts in two is dropped. */
export async function* readEvents(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<ServerEvent> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader()
  let pending = ''
  try {
    for (;;) {
      const { value, done } = await reader.read()
      if (done) return
      const blocks = (pending + value).split('\n\n')
      pending = blocks.pop() ?? ''
      for (const block of blocks) {
        const event = readBlock(block)
        if (event.data !== '') yield event
      }
    }
  } finally {
    reader.cancel().catch(() => undefined)
  }
}

/** Comment lines start with a colon and have an empty field name. */
function readBlock(block: string): ServerEvent {
  let id = ''
  const data: string[] = []
  for (const line of block.split('\n')) {
    const [, field, value = ''] = /^([^:]*):? ?(.*)$/.exec(line) ?? []
    if (field === 'id') id = value
    if (field === 'data') data.push(value)
  }
  return { id, data: data.join('\n') }
}
