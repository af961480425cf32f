/** Counts in DuckDB what proves keys and relationships. */
import type { ValueProofs } from '../introspection/prove-keys.js'
import { quoteName } from '../quote.js'
import type { ReadRows } from './read-rows.js'

/** Rejects also where a table is too large to count within the memory limit. */
export function duckDbProofs(read: ReadRows): ValueProofs {
  const firstRow = async (sql: string) => (await read(sql))[0] ?? []
  return {
    async isUnique({ table, column }) {
      const name = quoteName(column)
      const [isUnique] = await firstRow(
        `SELECT count(DISTINCT ${name}) = count(*) FROM ${quoteName(table)}`,
      )
      return isUnique === true
    },
    async countContained(from, to) {
      const [child, key] = [quoteName(from.column), quoteName(to.column)]
      const [total, contained] = await firstRow(
        `SELECT count(*)::DOUBLE, count(p.k)::DOUBLE
         FROM (SELECT DISTINCT ${child} AS c FROM ${quoteName(from.table)} WHERE ${child} IS NOT NULL)
         LEFT JOIN (SELECT ${key} AS k FROM ${quoteName(to.table)}) p ON c = p.k`,
      )
      return { total: Number(total ?? 0), contained: Number(contained ?? 0) }
    },
  }
}
