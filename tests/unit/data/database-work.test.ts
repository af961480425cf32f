/** What an open database has under way: nobody waits for what they gave up, and one description serves all. */
import { describe, expect, it } from 'vitest'
import type { Catalog } from '../../../data/catalog.js'
import { DatabaseWork } from '../../../data/database-work.js'

const catalogOf = (version: string): Catalog => ({
  dialect: 'duckdb',
  tables: [],
  relationships: [],
  version,
})

describe('the work of a database', () => {
  it('lets go of whoever gives up while the version is read', async () => {
    const work = new DatabaseWork()
    const never = () => new Promise<string>(() => {})
    const giveUp = new AbortController()
    const waiting = work.catalog(never, async (version) => catalogOf(version), giveUp.signal)
    giveUp.abort(new Error('Nobody waits.'))
    await expect(waiting).rejects.toThrow('Nobody waits.')
  })

  it('describes a version once, and again after an attempt that failed', async () => {
    const work = new DatabaseWork()
    let attempts = 0
    const describeOnce = async (version: string) => {
      attempts += 1
      if (attempts === 1) throw new Error('Not yet.')
      return catalogOf(version)
    }
    const ask = () => work.catalog(async () => 'v1', describeOnce)
    await expect(Promise.all([ask(), ask()])).rejects.toThrow('Not yet.')
    expect(attempts).toBe(1)
    await expect(Promise.all([ask(), ask()])).resolves.toEqual([catalogOf('v1'), catalogOf('v1')])
    expect(attempts).toBe(2)
  })

  it('waits for what runs when it closes, and takes nothing new', async () => {
    const work = new DatabaseWork()
    let isOver = false
    const running = work.track(
      new Promise<void>((resolve) => {
        work.signal.addEventListener('abort', () => setTimeout(resolve, 20))
      }).then(() => {
        isOver = true
      }),
    )
    await work.close()
    expect(isOver).toBe(true)
    await running
    await expect(
      work.catalog(
        async () => 'v1',
        async () => catalogOf('v1'),
      ),
    ).rejects.toThrow('closed')
  })
})
