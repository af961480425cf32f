/** Reads server-sent events from a fetch response: https://html.spec.whatwg.org/multipage/server-sent-events.html */

/**
 * @typedef {object} ServerEvent
 * @property {string} id Empty when the event had none.
 * @property {string} data
 */

/**
 * Yields each event; a block that the end of the stream cuts in two is dropped.
 * @param {ReadableStream<Uint8Array<ArrayBuffer>>} body
 * @returns {AsyncGenerator<ServerEvent>}
 */
export async function* readEvents(body) {
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

/**
 * Comment lines start with a colon and have an empty field name.
 * @param {string} block
 * @returns {ServerEvent}
 */
function readBlock(block) {
  let id = ''
  const data = []
  for (const line of block.split('\n')) {
    const [, field, value = ''] = /^([^:]*):? ?(.*)$/.exec(line) ?? []
    if (field === 'id') id = value
    if (field === 'data') data.push(value)
  }
  return { id, data: data.join('\n') }
}
