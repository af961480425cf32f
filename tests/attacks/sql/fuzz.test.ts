/** Seeded fuzzers: mutated attacks, and SELECTs made over the shop. Nothing may end this process or change the file. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isLarge } from '../../support/attack-size.js'
import { mutate, seededRandom, tokensOf } from '../../support/fuzz-database.js'
import {
  type AttackedDatabase,
  openAttackedDatabase,
  percentile,
  type Tried,
  tryOut,
  watch,
} from './attacked-database.js'
import { bombs } from './bombs.js'
import { generateSelect } from './generate-select.js'
import { legalQueries } from './legal-queries.js'
import { refusedAttacks } from './refused-attacks.js'
import { report } from './report.js'

/** What a statement shows, it shows before it runs long. */
const softLimitMs = isLarge ? 300 : 100
/** Distinct inputs of each fuzzer. */
const wanted = isLarge ? 10_000 : 700
const mostMs = isLarge ? 900_000 : 15_000
const seed = 20_261

let attacked: AttackedDatabase

beforeAll(async () => {
  attacked = await openAttackedDatabase()
})
afterAll(() => attacked.close())

/** Tries distinct inputs until there are enough of them or the time is over. */
async function fuzz(make: (random: (below: number) => number) => string) {
  const random = seededRandom(seed)
  const seen = new Set<string>()
  const tried: Tried[] = []
  const end = performance.now() + mostMs
  const fingerprint = await attacked.fingerprint()
  const stopWatching = watch()
  while (seen.size < wanted && performance.now() < end) {
    const sql = make(random)
    if (seen.has(sql)) continue
    seen.add(sql)
    tried.push(await tryOut(attacked.database, sql, softLimitMs))
  }
  expect(await attacked.fingerprint()).toBe(fingerprint)
  return { tried, watched: stopWatching() }
}

function summaryOf(tried: readonly Tried[]) {
  const count = (code: RegExp) => tried.filter((each) => code.test(each.code)).length
  const times = tried.map(({ elapsedMs }) => elapsedMs)
  return {
    distinct: tried.length,
    ok: count(/^ok$/),
    refused: count(/refused|invalid/),
    failed: count(/failed/),
    gaveUp: tried.filter(({ message }) => /gave up/.test(message)).length,
    outOfMemory: count(/memory/),
    timeout: count(/timeout/),
    p50Ms: percentile(times, 0.5),
    p95Ms: percentile(times, 0.95),
    worstMs: Math.max(...times),
  }
}

describe('SQL made by chance', { timeout: mostMs + 60_000 }, () => {
  test('ends no more than its own process where attacks are mutated', async () => {
    const corpus = [...refusedAttacks, ...bombs, ...legalQueries].map(({ sql }) => tokensOf(sql))
    const { tried, watched } = await fuzz((random) => mutate(corpus, random))
    const summary = summaryOf(tried)
    report('mutated', { ...summary, ...watched })
    expect(summary.distinct).toBeGreaterThan(100)
    expect(tried.filter(({ code }) => code === 'thrown')).toEqual([])
    expect(summary.worstMs).toBeLessThan(softLimitMs + 5_000)
  })

  test('is mostly answered where it is made over the tables', async () => {
    const { tried, watched } = await fuzz((random) => generateSelect(random))
    const summary = summaryOf(tried)
    report('generated', { ...summary, ...watched })
    for (const { sql, message } of tried.filter(({ message }) => /gave up/.test(message))) {
      if (isLarge) console.log(`${message} ${sql}`)
    }
    expect(summary.distinct).toBeGreaterThan(100)
    expect(tried.filter(({ code }) => code === 'thrown')).toEqual([])
    expect(summary.ok).toBeGreaterThan(summary.distinct / 4)
    expect(summary.worstMs).toBeLessThan(softLimitMs + 5_000)
  })
})
