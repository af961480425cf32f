/** Mutated requests, seeded and counted: whatever arrives, no 500, no leak, and the service goes on. */
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createRandom, type Random } from '../../../data/random.js'
import { isLarge } from '../../support/attack-size.js'
import { type RealService, realService } from '../../support/real-service.js'
import { slowModel } from '../../support/slow-model.js'
import { shopFiles, type TemporaryHome, temporaryHome } from '../../support/temporary-product.js'
import { report } from '../sql/report.js'
import { accessAttacks } from './access-attacks.js'
import { bodyAttacks } from './body-attacks.js'
import { framingAttacks } from './framing-attacks.js'
import { bytesOf, chat } from './http-attack.js'
import { leaks } from './leaks.js'
import { mcpAttacks } from './mcp-attacks.js'
import { openaiAttacks } from './openai-attacks.js'
import { pathAttacks } from './path-attacks.js'
import { resultAttacks } from './result-attacks.js'
import { sendBytes } from './send-bytes.js'

const seed = 20_261_122
const count = isLarge ? 20_000 : 600
/** Sent at the same time. */
const atOnce = 16
/** Larger ones are slow to send and mutate into themselves. */
const maxBytes = 4_000

const seeds = [
  chat('a question', '{"message":"Total sales amount in 2023","use_rag":true}', 200),
  chat('a follow-up', '{"message":"by store","conversation_id":"a","options":{}}', 200),
  ...[
    ...accessAttacks,
    ...bodyAttacks,
    ...pathAttacks,
    ...framingAttacks,
    ...resultAttacks,
    ...openaiAttacks,
    ...mcpAttacks,
  ],
]
  .map(bytesOf)
  .filter((bytes) => bytes.length < maxBytes)

/** What parsers trip over, put where it does not belong. */
const pieces = [
  '\r\n',
  '\n',
  '\0',
  ' ',
  ':',
  ';',
  ',',
  '%00',
  '%2e%2e%2f',
  '/',
  '"',
  '\\',
  '{',
  '[',
  '-1',
  '0x',
  '9'.repeat(30),
  'chunked',
  '\u00ff',
  '\t',
]

let home: TemporaryHome
let service: RealService

beforeAll(async () => {
  home = await temporaryHome()
  const source = await home.write(shopFiles)
  const limits = { requestsPerSecond: 100_000 }
  // Half a request is waited for; here not for long.
  const timeouts = { headersMs: 300, requestMs: 600 }
  const model = slowModel('select 1', 0)
  service = await realService({ home: home.path, source, model, limits, timeouts })
})
afterAll(async () => {
  await service.close()
  await home.remove()
})

function mutate(random: Random): Buffer {
  let bytes = random.pick(seeds)
  for (let change = random.integer(1, 4); change > 0; change -= 1) {
    const at = random.integer(0, bytes.length)
    const end = Math.min(bytes.length, at + random.integer(0, 12))
    const other = random.pick(seeds)
    const from = random.integer(0, other.length)
    const inserted = [
      Buffer.alloc(0),
      Buffer.from(random.pick(pieces), 'latin1'),
      bytes.subarray(at, end),
      other.subarray(from, from + random.integer(1, 40)),
    ]
    const kept = random.integer(0, 1) === 0 ? at : end
    bytes = Buffer.concat([bytes.subarray(0, at), random.pick(inserted), bytes.subarray(kept)])
  }
  return bytes
}

it(`answers ${count} mutated requests without a 500 and without a leak`, {
  timeout: 1_200_000,
}, async () => {
  const random = createRandom(seed)
  const distinct = new Set<string>()
  const statuses = new Map<number, number>()
  for (let sent = 0; sent < count; sent += atOnce) {
    const batch = Array.from({ length: atOnce }, () => mutate(random))
    for (const bytes of batch) distinct.add(createHash('sha256').update(bytes).digest('hex'))
    const answers = await Promise.all(batch.map((bytes) => sendBytes(service.url, bytes)))
    for (const [at, { status, body }] of answers.entries()) {
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
      const told = `${batch[at]?.toString('latin1')} → ${status} ${body}`
      expect(status, told).not.toBe(500)
      if (status < 400) continue
      expect(Object.keys(JSON.parse(body)), told).toEqual(['error'])
      expect(body, told).not.toMatch(leaks)
    }
  }
  report('mutated HTTP requests', {
    sent: count,
    distinct: distinct.size,
    ...Object.fromEntries([...statuses].map(([status, of]) => [`status ${status}`, of])),
  })
  expect(distinct.size).toBeGreaterThan(count * 0.9)
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
  expect((await fetch(`${service.url}/health/live`)).status).toBe(200)
})
