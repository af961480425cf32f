/** Cancels questions of a running demo service in the queue, in the model and in the engine: node tests/attacks/cancel.mjs --url URL */
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:4180' },
    runs: { type: 'string', default: '6' },
  },
})
const chat = `${values.url}/api/v1/chat`
const endless =
  'SELECT sum(a.quantity * b.quantity % (c.quantity + 1)) AS n FROM sale_lines a, sale_lines b, sale_lines c'

async function* events(message, generator) {
  const headers = { 'Content-Type': 'application/json', Accept: 'text/event-stream' }
  const body = JSON.stringify({ message, generator })
  const response = await fetch(chat, { method: 'POST', headers, body })
  let pending = ''
  for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
    const blocks = (pending + text).split('\n\n')
    pending = blocks.pop()
    for (const block of blocks) {
      const [, data] = /^data: (\{.*)$/m.exec(block) ?? []
      if (data) yield JSON.parse(data)
    }
  }
}

/** Milliseconds from the cancel to the end of the stream; undefined when it ended by itself. */
async function cancelAt(message, generator, isMoment, onCancel = () => {}) {
  let id
  let started
  let answer
  for await (const event of events(message, generator)) {
    if (event.type === 'message_start') id = event.id
    if (event.type === 'message_stop') answer = event.answer
    if (started !== undefined || !isMoment(event)) continue
    started = performance.now()
    onCancel()
    await fetch(`${chat}/${id}`, { method: 'DELETE' })
  }
  return answer?.error?.code === 'cancelled' ? performance.now() - started : undefined
}

const writes = ({ type, progress }) => type === 'state' && progress?.unit === 'tokens'
const waits = ({ type, queue }) => type === 'state' && queue?.place > 0
const runs = ({ type, state }) => type === 'state' && state === 'executing'
const times = { queued: [], writing: [], 'model free again': [], executing: [] }

for (let run = 1; run <= Number(values.runs); run += 1) {
  let freed
  const question = `What share of customers of segment ${run} bought in every month?`
  const first = cancelAt(question, 'local', writes, () => {
    freed = performance.now()
  })
  const second = cancelAt(`Which stores have the fewest returns of ${run}?`, 'local', waits)
  const third = cancelAt(`How many stores are there in city ${run}?`, 'local', (event) => {
    if (writes(event) && freed !== undefined)
      times['model free again'].push(performance.now() - freed)
    return writes(event)
  })
  times.writing.push(await first)
  times.queued.push(await second)
  await third
  times.executing.push(await cancelAt(endless, undefined, runs))
}
for (const [stage, all] of Object.entries(times)) {
  const known = all.filter((ms) => ms !== undefined).toSorted((a, b) => a - b)
  const [middle, last] = [known[Math.floor(known.length / 2)], known.at(-1)].map(Math.round)
  console.log(`${stage}: ${known.length} cancelled, p50 ${middle} ms, max ${last} ms`)
}
