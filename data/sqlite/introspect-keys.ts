/** Counts in SQLite what proves keys and relationships. */

import type { ValueProofs } from '../introspection/prove-keys.js'
import { quoteName } from '../quote.js'
import type { ReadRows } from './read-rows.js'

/** Rows looked at for values that point elsewhere; of longer tables the first ones speak for all. */
const CHILD_ROWS = 500_000

export function sqliteProofs(read: ReadRows): ValueProofs {
  return {
    async isUnique({ table, column }) {
      const name = quoteName(column)
      const [[isUnique] = []] = await read(
        `SELECT count(DISTINCT ${name}) = count(*) FROM ${quoteName(table)}`,
      )
      return isUnique === 1
    },
    async countContained(from, to) {
      const [child, key] = [quoteName(from.column), quoteName(to.column)]
      const [[total, contained] = []] = await read(
        `SELECT count(*), sum(c IN (SELECT ${key} FROM ${quoteName(to.table)}))
         FROM (SELECT DISTINCT ${child} AS c FROM (SELECT ${child} FROM ${quoteName(from.table)} LIMIT ${CHILD_ROWS})
               WHERE ${child} IS NOT NULL)`,
      )
      return { total: Number(total ?? 0), contained: Number(contained ?? 0) }
    },
  }
}
