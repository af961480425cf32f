/** Counts in SQLite what proves keys and relationships. */

import type { ValueProofs } from '../introspection/prove-keys.js'
import { quoteName } from '../quote.js'
import type { ReadRows } from './read-rows.js'

/** Rows looked at for values that point elsewhere; of longer tables the first ones speak for all. */
const CHILD_ROWS = 500_000

/** Longer tables are not read whole for a proof: their undeclared keys stay unknown. */
const PROVEN_ROWS = 5_000_000

/** `rowsOf` tells the rows of a table. */
export function sqliteProofs(read: ReadRows, rowsOf: (table: string) => number): ValueProofs {
  const refuseLarge = (table: string) => {
    if (rowsOf(table) > PROVEN_ROWS) throw new Error(`${table} is too large to be read.`)
  }
  return {
    async isUnique({ table, column }) {
      refuseLarge(table)
      const name = quoteName(column)
      const [[isUnique] = []] = await read(
        `SELECT count(DISTINCT ${name}) = count(*) FROM ${quoteName(table)}`,
      )
      return isUnique === 1
    },
    async countContained(from, to) {
      refuseLarge(to.table)
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
