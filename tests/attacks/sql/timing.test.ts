/** How long it takes to open a file, to stop a query, and to answer again after a process was killed. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDuckDbDatabase } from '../../../data/duckdb/duckdb-database.js'
import { duckDbProgram } from '../../../data/duckdb/duckdb-program.js'
import { isLarge } from '../../support/attack-size.js'
import { childrenRunning } from '../../support/child-processes.js'
import {
  type AttackedDatabase,
  openAttackedDatabase,
  percentile,
  tryOut,
} from './attacked-database.js'
import { report } from './report.js'

const runs = isLarge ? 30 : 3
const softLimitMs = 400
/** What a machine adds that does other work. */
const busyMs = isLarge ? 0 : 3_000
/** Each looks at interrupts, in another operator. */
const interruptible = [
  'SELECT count(*) FROM range(1000000000000) WHERE range % 7 = 3',
  'SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE a.range + b.range = 7',
  'WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r) SELECT max(n) FROM r',
  'SELECT sum((SELECT count(*) FROM sales s WHERE s.amount > a.amount + b.amount)) FROM sales a, sales b',
]

let attacked: AttackedDatabase
beforeAll(async () => {
  attacked = await openAttackedDatabase()
})
afterAll(() => attacked.close())

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

describe('The processes of a DuckDB file', { timeout: 240_000 }, () => {
  test('are ready within half a second', async () => {
    const times: number[] = []
    for (let run = 0; run < runs; run++) {
      let close = async () => {}
      times.push(
        await timed(async () => {
          const database = await openDuckDbDatabase(attacked.path, { label: '' })
          close = () => database.close()
        }),
      )
      await close()
    }
    report('opening', { runs, p50Ms: percentile(times, 0.5), p95Ms: percentile(times, 0.95) })
    expect(percentile(times, 0.5)).toBeLessThan(500 + busyMs)
  })

  test('stop what can be interrupted within 0.2 seconds, by time and by cancelling', async () => {
    const late: number[] = []
    const cancelled: number[] = []
    for (let run = 0; run < runs; run++) {
      const sql = interruptible[run % interruptible.length]!
      const limited = await tryOut(attacked.database, sql, softLimitMs)
      expect(limited.code).toBe('sql_timeout')
      late.push(limited.elapsedMs - softLimitMs)
      const signal = AbortSignal.timeout(softLimitMs)
      cancelled.push(
        (await timed(() => attacked.database.query(sql, { signal, timeoutMs: 60_000 }))) -
          softLimitMs,
      )
    }
    report('stopping', {
      runs,
      lateP95Ms: percentile(late, 0.95),
      lateWorstMs: Math.max(...late),
      cancelP95Ms: percentile(cancelled, 0.95),
      cancelWorstMs: Math.max(...cancelled),
    })
    expect(percentile(late, 0.95)).toBeLessThan(200 + busyMs)
    expect(percentile(cancelled, 0.95)).toBeLessThan(200 + busyMs)
  })

  test.skipIf(process.platform !== 'linux')(
    'answer within a second of being killed, all of them',
    async () => {
      const times: number[] = []
      for (let run = 0; run < runs; run++) {
        const running = [1, 2].map(() => tryOut(attacked.database, interruptible[0]!))
        await new Promise((resolve) => setTimeout(resolve, 200))
        for (const { id } of childrenRunning(duckDbProgram.file)) process.kill(id, 'SIGKILL')
        await Promise.all(running)
        times.push((await tryOut(attacked.database, 'SELECT count(*) FROM sales')).elapsedMs)
      }
      report('respawn', {
        runs,
        p50Ms: percentile(times, 0.5),
        p95Ms: percentile(times, 0.95),
        worstMs: Math.max(...times),
      })
      expect(percentile(times, 0.95)).toBeLessThan(1_000 + busyMs)
    },
  )
})
