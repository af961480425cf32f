/**
 * Asks a running service for some minutes, and fits how its memory and its open files move.
 * Run as: node tests/attacks/soak.mjs --url http://127.0.0.1:4180 --minutes 30
 * Not part of the tests. Ends by time or by count, whichever comes first; goes to loopback only.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:4180' },
    minutes: { type: 'string', default: '2' },
    /** Most questions in all. */
    questions: { type: 'string', default: '20000' },
    /** Asked at the same time. */
    parallel: { type: 'string', default: '2' },
    /** Between two questions of one asker, in milliseconds. */
    pause: { type: 'string', default: '100' },
    generator: { type: 'string', default: 'rules' },
    key: { type: 'string' },
  },
})

const sampleMs = 5_000
/** Caches fill and code is compiled: the first part is left out of the slope. */
const warmUpShare = 0.25
const stretches = 8
const goals = { slopeMegabytes: 1, descriptors: 8 }

/** Of the demo Retail, which `parley serve` opens by default. */
const questions = [
  'Total sales in 2023',
  'Total sales by region in 2024',
  'and by month?',
  'Which 5 product categories sold most in 2025?',
  'Number of customers by segment',
  'Average sale amount by payment method in 2024',
  'List all stores',
  'how many stores are there?',
  'SELECT count(*) FROM sales',
  'SELECT * FROM sales',
  'SELECT nothing FROM sales',
  "SELECT * FROM read_csv('/etc/passwd')",
  'drop table sales',
  'hello',
  'What tables are there?',
  'qwertz asdfgh',
]

const base = new URL(values.url)
if (!['127.0.0.1', 'localhost', '[::1]'].includes(base.hostname)) {
  console.error('Loads go to this machine only.')
  process.exit(2)
}
const headers = {
  'Content-Type': 'application/json',
  ...(values.key && { Authorization: `Bearer ${values.key}` }),
}

const endsAt = performance.now() + Number(values.minutes) * 60_000
const most = Number(values.questions)
const times = []
const statuses = new Map()
let asked = 0

const [samples] = await Promise.all([
  sampleUntilEnd(),
  ...Array.from({ length: Number(values.parallel) }, (_, at) => askUntilEnd(at)),
])
process.exitCode = report(samples) ? 0 : 1

function isOver() {
  return performance.now() >= endsAt || asked >= most
}

async function askUntilEnd(asker) {
  let conversation
  for (let turn = 0; !isOver(); turn++) {
    asked += 1
    // A conversation of four turns, a stream now and then, and one that hangs up.
    if (turn % 4 === 0) conversation = undefined
    const message = questions[(turn * 7 + asker * 3) % questions.length]
    const streams = turn % 5 === 3
    const hangsUp = turn % 11 === 7
    const started = performance.now()
    const outcome = await ask({ message, conversation, streams, hangsUp })
    if (!hangsUp) times.push(performance.now() - started)
    statuses.set(outcome.status, (statuses.get(outcome.status) ?? 0) + 1)
    conversation = outcome.conversation ?? conversation
    await wait(Number(values.pause))
  }
}

async function ask({ message, conversation, streams, hangsUp }) {
  const body = { message, generator: values.generator, conversation_id: conversation }
  try {
    const response = await fetch(new URL('/api/v1/chat', base), {
      method: 'POST',
      headers: { ...headers, Accept: streams ? 'text/event-stream' : 'application/json' },
      body: JSON.stringify(body),
      signal: hangsUp ? AbortSignal.timeout(20) : undefined,
    })
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.startsWith('application/json')
    const answer = isJson ? JSON.parse(text) : undefined
    return { status: response.status, conversation: answer?.conversationId }
  } catch (error) {
    return { status: hangsUp ? 'hung up' : `failed: ${error.cause?.code ?? error.name}` }
  }
}

async function sampleUntilEnd() {
  const samples = []
  const began = performance.now()
  while (!isOver()) {
    const figures = await readMetrics()
    if (figures) samples.push({ minutes: (performance.now() - began) / 60_000, ...figures })
    await wait(Math.min(sampleMs, Math.max(0, endsAt - performance.now())))
  }
  return samples
}

async function readMetrics() {
  const response = await fetch(new URL('/metrics', base), { headers }).catch(() => undefined)
  if (!response?.ok) return undefined
  const text = await response.text()
  const figure = (name) => Number(new RegExp(`^${name} (\\S+)`, 'm').exec(text)?.[1])
  return {
    megabytes: figure('process_resident_memory_bytes') / 2 ** 20,
    heap: figure('nodejs_heap_size_used_bytes') / 2 ** 20,
    descriptors: figure('process_open_fds'),
    lag: figure('nodejs_eventloop_lag_p99_seconds') * 1000,
    processes: figure('parley_query_processes'),
  }
}

/** Least squares, per minute. */
function slopeOf(points, key) {
  const meanX = mean(points.map(({ minutes }) => minutes))
  const meanY = mean(points.map((point) => point[key]))
  const over = points.reduce((sum, p) => sum + (p.minutes - meanX) * (p[key] - meanY), 0)
  return over / points.reduce((sum, p) => sum + (p.minutes - meanX) ** 2, 0)
}

/** The lowest point of each stretch: memory rises and falls by tens of megabytes between two collections. */
function lowest(points, key) {
  const length = Math.ceil(points.length / stretches)
  const parts = Array.from({ length: stretches }, (_, at) =>
    points.slice(at * length, (at + 1) * length),
  )
  return parts
    .filter((part) => part.length > 0)
    .map((part) => part.reduce((low, point) => (point[key] < low[key] ? point : low)))
}

function mean(numbers) {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length
}

function quantile(sorted, share) {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]
}

function report(samples) {
  const settled = samples.slice(Math.floor(samples.length * warmUpShare))
  if (settled.length < 3) {
    console.error('Too few figures: is /metrics there, and was the time long enough?')
    return false
  }
  const slope = slopeOf(settled, 'megabytes')
  const floor = slopeOf(lowest(settled, 'megabytes'), 'megabytes')
  const heapFloor = slopeOf(lowest(settled, 'heap'), 'heap')
  const open = settled.map(({ descriptors }) => descriptors)
  const spread = Math.max(...open) - Math.min(...open)
  const sorted = times.toSorted((a, b) => a - b)
  const wrong = [...statuses.keys()].filter(
    (status) =>
      (typeof status === 'number' && status >= 500) || String(status).startsWith('failed'),
  )
  const lines = [
    `${asked} questions in ${settled.at(-1).minutes.toFixed(1)} min: ${[...statuses].map(([status, count]) => `${status} × ${count}`).join(', ')}`,
    `answers: p50 ${quantile(sorted, 0.5).toFixed(0)} ms, p95 ${quantile(sorted, 0.95).toFixed(0)} ms, max ${sorted.at(-1).toFixed(0)} ms`,
    `memory: ${settled[0].megabytes.toFixed(0)} → ${settled.at(-1).megabytes.toFixed(0)} MB, slope ${slope.toFixed(2)} MB/min after the first quarter; of what stays after collections ${floor.toFixed(2)} (heap ${heapFloor.toFixed(2)}), goal < ${goals.slopeMegabytes}`,
    `open files: ${Math.min(...open)} to ${Math.max(...open)}; query processes: ${settled.at(-1).processes}`,
    `event loop lag p99, highest: ${Math.max(...settled.map(({ lag }) => lag)).toFixed(0)} ms`,
  ]
  console.log(lines.join('\n'))
  const isGood = floor < goals.slopeMegabytes && spread <= goals.descriptors && wrong.length === 0
  console.log(isGood ? 'within the goals' : 'NOT within the goals')
  return isGood
}
