/** Keeps results in PostgreSQL, for all replicas; when they take too much, those go that were not asked for the longest. */
import type { QueryResult } from '../database.js'
import { type StoreSql, text } from '../store/store-sql.js'
import { largestShare, type ResultCache } from './result-cache.js'

/** What one replica adds before it looks again how much there is: others add too. */
const unweighedShare = 1 / 16

/** `maxBytes` is more than 0. While PostgreSQL is away nothing is found, and nothing kept. */
export function sharedResultCache(store: StoreSql, maxBytes: number): ResultCache {
  let hits = 0
  let misses = 0
  let held = { entries: 0, bytes: 0 }
  let unweighed = maxBytes
  const weigh = async () => {
    unweighed = 0
    held = await store.transaction('results', async (within) => {
      await within.change(trimSql, Math.floor(maxBytes * (1 - unweighedShare)))
      const [counted = []] = await within.rows(countSql)
      return { entries: Number(counted[0]), bytes: Number(counted[1]) }
    })
  }
  const put = async (key: string, result: QueryResult) => {
    const written = JSON.stringify(result)
    const bytes = Buffer.byteLength(written)
    if (bytes > maxBytes * largestShare || hasOddNumbers(result)) return
    const added = await store.change(putSql, key, written, bytes)
    held = { entries: held.entries + added, bytes: held.bytes + bytes * added }
    unweighed += bytes
    if (unweighed > maxBytes * unweighedShare) await weigh()
  }
  return {
    get: async (key) => {
      const [found] = await store.rows(getSql, key).catch(() => [])
      if (found) hits += 1
      else misses += 1
      return found && (JSON.parse(text(found[0])) as QueryResult)
    },
    put: (key, result) => put(key, result).catch(() => {}),
    figures: () => ({ hits, misses, ...held }),
    // It is the replicas' together.
    close: async () => {},
  }
}

const getSql = 'UPDATE results SET used_at = clock_timestamp() WHERE key = ? RETURNING result'
const putSql = `
  INSERT INTO results VALUES (?, ?, ?, clock_timestamp()) ON CONFLICT (key) DO NOTHING`
const countSql = 'SELECT count(*), coalesce(sum(bytes), 0) FROM results'
const trimSql = `
  DELETE FROM results WHERE key IN (
    SELECT key FROM (
      SELECT key, sum(bytes) OVER (ORDER BY used_at DESC, key) AS total FROM results
    ) summed
    WHERE total > ?::bigint)`

/** JSON has no word for them. */
function hasOddNumbers({ rows }: QueryResult): boolean {
  return rows.some((row) => row.some((cell) => typeof cell === 'number' && !Number.isFinite(cell)))
}
