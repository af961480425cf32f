/** Asks a running service many questions in the same moment: node tests/attacks/flood.mjs --url URL --count 1000 */
import { Agent, request } from 'node:http'
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:4180' },
    count: { type: 'string', default: '1000' },
    message: { type: 'string', default: 'Total sales in 2023' },
  },
})
const { hostname, port } = new URL(values.url)
if (!['127.0.0.1', 'localhost', '[::1]'].includes(hostname)) throw new Error('loopback only')

/** Each question on a connection of its own, as from as many clients. */
const agent = new Agent({ keepAlive: false, maxSockets: Number.POSITIVE_INFINITY })
const body = JSON.stringify({ message: values.message })
const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) }

function ask() {
  return new Promise((resolve) => {
    const started = performance.now()
    const given = { hostname, port, agent, path: '/api/v1/chat', method: 'POST', headers }
    const sent = request(given, (response) => {
      const ms = performance.now() - started
      const waits = response.headers['retry-after'] !== undefined
      response.resume().on('end', () => resolve({ status: response.statusCode, ms, waits }))
    })
    sent.on('error', ({ code }) => resolve({ status: code, ms: performance.now() - started }))
    sent.end(body)
  })
}

function share(times, part) {
  const sorted = times.toSorted((a, b) => a - b)
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0)
}

await ask()
const all = await Promise.all(Array.from({ length: Number(values.count) }, ask))
for (const status of new Set(all.map((each) => each.status))) {
  const times = all.filter((each) => each.status === status).map(({ ms }) => ms)
  const [middle, late, last] = [0.5, 0.95, 1].map((part) => share(times, part))
  console.log(`${status}: ${times.length}, p50 ${middle} ms, p95 ${late} ms, max ${last} ms`)
}
const refused = all.filter(({ status }) => status === 429 || status === 503)
console.log(`refused without Retry-After: ${refused.filter(({ waits }) => !waits).length}`)
const ended = performance.now()
while ((await ask()).status !== 200) await new Promise((resolve) => setTimeout(resolve, 100))
console.log(`answers again after ${Math.round(performance.now() - ended)} ms`)
