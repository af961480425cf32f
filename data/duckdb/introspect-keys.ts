/** Counts in DuckDB what proves keys and relationships. */
import type { ValueProofs } from '../introspection/prove-keys.js'
import { quoteName } from '../quote.js'
import type { ReadRows } from './read-rows.js'

/** Longer tables are not read whole for a proof: their undeclared keys stay unknown. */
const PROVEN_ROWS = 10_000_000
const PROOF_MS = 10_000
/** Rows looked at for values that point elsewhere; of longer tables the first ones speak for all. */
const CHILD_ROWS = 10_000_000

/** They reject where a table is too large to count within these limits or the memory. `rowsOf` tells the rows of a table. */
export function duckDbProofs(read: ReadRows, rowsOf: (table: string) => number): ValueProofs {
  const firstRow = async (sql: string) => (await read(sql, { timeoutMs: PROOF_MS }))[0] ?? []
  const refuseLarge = (table: string) => {
    if (rowsOf(table) > PROVEN_ROWS) throw new Error(`${table} is too large to be read.`)
  }
  return {
    async isUnique({ table, column }) {
      refuseLarge(table)
      const name = quoteName(column)
      const [isUnique] = await firstRow(
        `SELECT count(DISTINCT ${name}) = count(*) FROM ${quoteName(table)}`,
      )
      return isUnique === true
    },
    async countContained(from, to) {
      refuseLarge(to.table)
      const [child, key] = [quoteName(from.column), quoteName(to.column)]
      const limit = rowsOf(from.table) > CHILD_ROWS ? ` LIMIT ${CHILD_ROWS}` : ''
      const [total, contained] = await firstRow(
        `SELECT count(*)::DOUBLE, count(p.k)::DOUBLE
         FROM (SELECT DISTINCT c FROM (SELECT ${child} AS c FROM ${quoteName(from.table)}${limit})
           WHERE c IS NOT NULL)
         LEFT JOIN (SELECT ${key} AS k FROM ${quoteName(to.table)}) p ON c = p.k`,
      )
      return { total: Number(total ?? 0), contained: Number(contained ?? 0) }
    },
  }
}
