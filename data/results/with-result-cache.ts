/** A database whose answers are kept: the same SQL on the same data is not run twice. */
import { createHash } from 'node:crypto'
import type { Database, QueryOptions, QueryOutcome } from '../database.js'
import type { ResultCache } from './result-cache.js'

/** What gives another result each time, or tomorrow: words that say so wherever they stand … */
const changingWords =
  /\b(now|today|(get_)?current_\w+|localtime\w*|\w*random\w*|\w*uuid\w*|tablesample|using\s+sample|\w+_timestamp|timeofday|nextval|setseed|\w*changes|last_insert_rowid|pg_\w+)\b/i
/** … and functions that mean now where they are not told of another time. */
const changingCalls =
  /\b((date|time|datetime|julianday|unixepoch|version)\s*\(\s*\)|strftime\s*\([^,()]*\)|age\s*\(|rand\s*\()/i

/**
 * `version()` must change with every change of the data, as that of a file does: servers count up to seconds late.
 * `owner` tells apart what the database shows: its source and the row policy.
 */
export function withResultCache(database: Database, cache: ResultCache, owner: string): Database {
  const query = async (sql: string, options: QueryOptions = {}): Promise<QueryOutcome> => {
    if (changingWords.test(sql) || changingCalls.test(sql)) return database.query(sql, options)
    const start = performance.now()
    const before = await database.version()
    const key = keyOf([owner, database.dialect, before, sql, options.maxRows ?? null])
    const found = await cache.get(key)
    if (found && !options.signal?.aborted) {
      return {
        ok: true,
        result: { ...found, elapsedMs: performance.now() - start, isKept: true },
      }
    }
    const outcome = await database.query(sql, options)
    // A result that the data changed under belongs to neither version.
    if (outcome.ok && (await database.version()) === before) void cache.put(key, outcome.result)
    return outcome
  }
  return {
    dialect: database.dialect,
    label: database.label,
    introspect: (...asked) => database.introspect(...asked),
    version: () => database.version(),
    explain: (...asked) => database.explain(...asked),
    query,
    readAll: (...asked) => database.readAll(...asked),
    close: () => database.close(),
  }
}

function keyOf(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}
