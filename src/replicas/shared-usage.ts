/** Calls to models of all replicas in PostgreSQL: a day's budget is theirs together. */
import { type StoreSql, text } from '../../data/store/store-sql.js'
import type { UsageBook } from '../generators/usage-book.js'
import { daysKept, readEntry } from '../generators/usage-file.js'

export function sharedUsage(sql: StoreSql): UsageBook {
  return {
    // One after the other: a number that came earlier may not be seen later than a greater one.
    write: (day, entry) =>
      sql.transaction('usage', async (within) => {
        await within.change('INSERT INTO model_usage VALUES (?, ?)', day, JSON.stringify(entry))
      }),
    read: async (day, from) => {
      const rows = await sql.rows(readSql, day, from)
      const entries = rows.flatMap(([entry]) => readEntry(text(entry)))
      return { entries, end: Number(rows.at(-1)?.[1] ?? from) }
    },
    forgetOldDays: async () => {
      await sql.change(forgetSql, daysKept - 1)
    },
  }
}

const readSql = 'SELECT entry, rowid FROM model_usage WHERE day = ? AND rowid > ? ORDER BY rowid'
const forgetSql = `
  DELETE FROM model_usage WHERE day < (
    SELECT day FROM model_usage GROUP BY day ORDER BY day DESC LIMIT 1 OFFSET ?::bigint)`
