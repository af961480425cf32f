/** Sessions of a database: how many at once, and what happens when it is away. */
import { describe, expect, it } from 'vitest'
import type { Database, QueryFailure } from '../../../../data/database.js'
import { openSessionPool } from '../../../../data/generator/session-pool.js'
import { sessionsPerWorker } from '../../../../data/generator/sessions-per-worker.js'

const away: QueryFailure = { code: 'sql_failed', message: 'The file is away.', hints: [] }
const result = { columns: [], rows: [], rowCount: 0, truncated: false, elapsedMs: 0 }

describe('sessions for each worker', () => {
  it.each([
    [2, 8, 2, 1, 2],
    [4, 8, 4, 1, 2],
    [2, 8, 3, 2, 1],
    [2, 3, 4, 1, 0],
  ])('min(%i, ⌊%i / (%i × %i)⌋) is %i', (each, all, workers, tasks, sessions) => {
    expect(sessionsPerWorker({ each, all, workers, tasks })).toBe(sessions)
  })
})

describe('a pool', () => {
  it('never runs more at once than it has sessions, and serves all', async () => {
    let running = 0
    let most = 0
    const database: Pick<Database, 'explain' | 'query'> = {
      explain: async () => undefined,
      query: async () => {
        most = Math.max(most, ++running)
        await new Promise((resolve) => setTimeout(resolve, 5))
        running--
        return { ok: true, result }
      },
    }
    const pool = openSessionPool(database, { sessions: 3 })
    const all = await Promise.all(Array.from({ length: 20 }, () => pool.query('select 2')))
    expect(all.every(({ ok }) => ok)).toBe(true)
    expect(most).toBe(3)
  })

  function failing(times: number, probeFails: boolean) {
    let asked = 0
    const database: Pick<Database, 'explain' | 'query'> = {
      explain: async () => (probeFails && asked <= times ? away : undefined),
      query: async () => (++asked <= times ? { ok: false, failure: away } : { ok: true, result }),
    }
    return { database, asked: () => asked }
  }

  it('asks again when the database was away for a moment', async () => {
    const { database, asked } = failing(2, true)
    const pool = openSessionPool(database, { sessions: 1, waitsMs: [1, 1, 1] })
    expect(await pool.query('select 2')).toMatchObject({ ok: true })
    expect(asked()).toBe(3)
    expect(pool.gone.aborted).toBe(false)
  })

  it('gives up a database that stays away, and says why', async () => {
    const { database } = failing(99, true)
    const pool = openSessionPool(database, { sessions: 1, waitsMs: [1, 1] })
    expect(await pool.query('select 2')).toMatchObject({ failure: { code: 'cancelled' } })
    expect(pool.gone.reason).toBe('The file is away.')
    expect(await pool.query('select 3')).toMatchObject({ failure: { code: 'cancelled' } })
  })

  it('does not repeat a statement that fails on a database that answers', async () => {
    const { database, asked } = failing(1, false)
    const pool = openSessionPool(database, { sessions: 1, waitsMs: [1] })
    expect(await pool.query('select 2')).toEqual({ ok: false, failure: away })
    expect(asked()).toBe(1)
  })
})
