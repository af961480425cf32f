/** The whole set of SQL attacks, through the real Database: refused at once, stopped in time, or answered. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { isLarge } from '../../support/attack-size.js'
import {
  type AttackedDatabase,
  openAttackedDatabase,
  percentile,
  type Tried,
  tryOut,
  type Watched,
  watch,
} from './attacked-database.js'
import { bombs } from './bombs.js'
import { legalQueries } from './legal-queries.js'
import { ownPath, refusedAttacks } from './refused-attacks.js'
import { report } from './report.js'
import type { SqlAttack } from './sql-attack.js'

/** Of bombs; a query of people has the usual five seconds. */
const softLimitMs = 400
/** Of those that never end and take no memory: how long they are let run shows nothing. */
const endlessLimitMs = isLarge ? softLimitMs : 150
/** The second until a process is killed, one for the next to start, and what a machine adds that does other work. */
const mostMs = softLimitMs + (isLarge ? 2_000 : 5_000)

/** As many attacks at once as there are processes for them; the figures of the documents are of one at a time. */
const engines = isLarge ? 1 : 2

let attacked: AttackedDatabase
let fingerprint: string
let stopWatching: () => Watched

beforeAll(async () => {
  attacked = await openAttackedDatabase()
})
afterAll(() => attacked.close())
beforeEach(async () => {
  fingerprint = await attacked.fingerprint()
  stopWatching = watch()
})
afterEach(async () => {
  stopWatching()
  expect(await attacked.fingerprint()).toBe(fingerprint)
  expect(await attacked.database.query('SELECT count(*) FROM sales')).toMatchObject({ ok: true })
})

async function tryAll(
  set: readonly SqlAttack[],
  timeoutMs?: number,
  atOnce = engines,
): Promise<readonly Tried[]> {
  const tried: Tried[] = []
  const waiting = set.values()
  const work = async () => {
    for (const { sql } of waiting) {
      const text = sql.replaceAll(ownPath, attacked.path)
      tried.push(await tryOut(attacked.database, text, timeoutMs))
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return tried
}

const brief = ({ sql, code, message, elapsedMs }: Tried) =>
  `${code} after ${Math.round(elapsedMs)} ms: ${sql.slice(0, 80)} (${message.slice(0, 80)})`

describe('SQL attacks on a DuckDB file', () => {
  test('are more than 250, each another, and queries to answer among them', () => {
    const all = [...refusedAttacks, ...bombs, ...legalQueries]
    expect(new Set(all.map(({ sql }) => sql)).size).toBe(all.length)
    expect(refusedAttacks.length + bombs.length).toBeGreaterThan(250)
    expect(legalQueries.length).toBeGreaterThanOrEqual(60)
  })

  test('are refused before anything runs', { timeout: 120_000 }, async () => {
    const tried = await tryAll(refusedAttacks)
    expect(tried.filter(({ code }) => !/^sql_(refused|invalid)$/.test(code)).map(brief)).toEqual([])
    const times = tried.map(({ elapsedMs }) => elapsedMs)
    report('refusals', {
      count: tried.length,
      p95Ms: percentile(times, 0.95),
      worstMs: Math.max(...times),
      ...stopWatching(),
    })
    expect(Math.max(...times)).toBeLessThan(2_000)
  })

  test('are stopped in time, and nothing but their own process suffers', {
    timeout: 400_000,
  }, async () => {
    const isEndless = ({ kind }: SqlAttack) => kind === 'time bomb'
    const endless = await tryAll(bombs.filter(isEndless), endlessLimitMs)
    const others = bombs.filter((bomb) => !isEndless(bomb))
    // One at a time: they take memory.
    const tried = [...endless, ...(await tryAll(others, softLimitMs, 1))]
    const times = tried.map(({ elapsedMs }) => elapsedMs)
    const watched = stopWatching()
    expect(tried.filter(({ message }) => message.length > 600).map(brief)).toEqual([])
    report('bombs', {
      count: tried.length,
      worstMs: Math.max(...times),
      ...countCodes(tried),
      ...watched,
    })
    expect(tried.filter(({ code }) => code === 'thrown').map(brief)).toEqual([])
    expect(tried.filter(({ elapsedMs }) => elapsedMs > mostMs).map(brief)).toEqual([])
    expect(watched.childMegabytes).toBeLessThan(1_200)
    expect(watched.parentGrowthMegabytes).toBeLessThan(200)
    expect(watched.loopLagMs).toBeLessThan(50)
  })

  test('do not keep questions of people from being answered', { timeout: 120_000 }, async () => {
    const tried = await tryAll(legalQueries, 20_000)
    expect(tried.filter(({ code }) => code !== 'ok').map(brief)).toEqual([])
    const times = tried.map(({ elapsedMs }) => elapsedMs)
    report('legal queries', {
      count: tried.length,
      p50Ms: percentile(times, 0.5),
      p95Ms: percentile(times, 0.95),
    })
  })
})

function countCodes(tried: readonly Tried[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { code } of tried) counts[code] = (counts[code] ?? 0) + 1
  return counts
}
