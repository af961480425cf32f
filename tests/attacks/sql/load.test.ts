/** Questions of people while bombs go off beside them, and what the processes cost a question. */
import { setTimeout as sleep } from 'node:timers/promises'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isLarge } from '../../support/attack-size.js'
import {
  type AttackedDatabase,
  openAttackedDatabase,
  percentile,
  type Tried,
  tryOut,
  watch,
} from './attacked-database.js'
import { bombs } from './bombs.js'
import { report } from './report.js'

const bombCount = isLarge ? 30 : 8
/** In the usual run one is over when the next begins. */
const bombEveryMs = isLarge ? 1_300 : 500
const bombLimitMs = isLarge ? 5_000 : 400
/** Of half of the questions; the usual run leaves room for a machine that does other work. */
const mostP50Ms = isLarge ? 200 : 1_000
const normalSql =
  'SELECT s.name, sum(a.amount) FROM stores s JOIN sales a ON a.store_id = s.id GROUP BY s.name ORDER BY 2 DESC LIMIT 10'

let attacked: AttackedDatabase

beforeAll(async () => {
  attacked = await openAttackedDatabase()
})
afterAll(() => attacked.close())

test('all questions are answered while bombs go off beside them', {
  timeout: 120_000,
}, async () => {
  const stopWatching = watch()
  let isOver = false
  const normal: Tried[] = []
  const asking = (async () => {
    while (!isOver) {
      normal.push(await tryOut(attacked.database, normalSql))
      await sleep(50)
    }
  })()
  const each = Math.floor(bombs.length / bombCount)
  const exploding = Array.from({ length: bombCount }, async (_, index) => {
    await sleep(index * bombEveryMs)
    return tryOut(attacked.database, bombs[index * each]!.sql, bombLimitMs)
  })
  await Promise.all(exploding)
  isOver = true
  await asking
  const times = normal.map(({ elapsedMs }) => elapsedMs)
  const p50Ms = percentile(times, 0.5)
  report('beside bombs', {
    bombs: bombCount,
    questions: normal.length,
    p50Ms,
    p95Ms: percentile(times, 0.95),
    worstMs: Math.max(...times),
    ...stopWatching(),
  })
  expect(normal.filter(({ code }) => code !== 'ok')).toEqual([])
  expect(p50Ms).toBeLessThan(mostP50Ms)
})

test.runIf(isLarge)(
  'the guard and the processes cost a question a few milliseconds',
  {
    timeout: 300_000,
  },
  async () => {
    const instance = await DuckDBInstance.create(attacked.path, {
      access_mode: 'READ_ONLY',
      threads: '2',
    })
    const connection = await instance.connect()
    const times = { bare: [] as number[], whole: [] as number[] }
    for (let run = 0; run < 500; run++) {
      const start = performance.now()
      await connection.runAndReadAll(normalSql)
      times.bare.push(performance.now() - start)
      times.whole.push((await tryOut(attacked.database, normalSql)).elapsedMs)
    }
    connection.closeSync()
    instance.closeSync()
    const overhead = times.whole.map((whole, at) => whole - times.bare[at]!)
    report('overhead', {
      runs: 500,
      bareP50Ms: percentile(times.bare, 0.5),
      wholeP50Ms: percentile(times.whole, 0.5),
      p50Ms: percentile(overhead, 0.5),
      p95Ms: percentile(overhead, 0.95),
    })
  },
)
