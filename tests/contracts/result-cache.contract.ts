/** What every place that keeps results must do, run by each implementation. */
import { describe, expect, it } from 'vitest'
import type { QueryResult } from '../../data/database.js'
import type { ResultCache } from '../../data/results/result-cache.js'

export function describeResultCache(
  name: string,
  open: (maxBytes: number) => Promise<ResultCache>,
): void {
  describe(`${name} as a place for results`, () => {
    it('gives back what was put there, and counts', async () => {
      const cache = await open(1e6)
      const result = resultOf('x')
      expect(await cache.get('a')).toBeUndefined()
      await cache.put('a', result)
      expect(await cache.get('a')).toEqual(result)
      expect(cache.figures()).toMatchObject({ hits: 1, misses: 1, entries: 1 })
      await cache.close()
    })

    it('stays within its room: what was not asked for the longest goes first', async () => {
      const cache = await open(10_000)
      await cache.put('first', resultOf('x'.repeat(400)))
      for (let at = 0; at < 60; at += 1) {
        await cache.put(`key ${at}`, resultOf('x'.repeat(400)))
        expect(await cache.get('first')).toBeDefined()
        expect(cache.figures().bytes).toBeLessThanOrEqual(10_000)
      }
      expect(await cache.get('key 0')).toBeUndefined()
      expect(await cache.get('key 59')).toBeDefined()
      await cache.close()
    })

    it('keeps nothing that would drive all others out', async () => {
      const cache = await open(10_000)
      await cache.put('large', resultOf('x'.repeat(2_000)))
      expect(await cache.get('large')).toBeUndefined()
      await cache.close()
    })
  })
}

function resultOf(cell: string): QueryResult {
  const columns = [{ name: 'n', type: 'VARCHAR', kind: 'text' as const }]
  return { columns, rows: [[cell]], rowCount: 1, truncated: false, elapsedMs: 1 }
}
