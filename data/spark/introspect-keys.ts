/** Counts in Spark what proves keys and relationships. */
import type { ValueProofs } from '../introspection/prove-keys.js'
import type { ReadRows } from './introspect-schema.js'
import { quoteSparkName } from './quote-spark-name.js'
import type { TableSize } from './sample-rows.js'

/** Larger tables are not read whole for a proof: their keys stay unknown, unless a smaller table's key is held by them. */
const mostBytes = 512_000_000
/** Rows looked at for values that point elsewhere; of longer tables the first ones speak for all. */
const childRows = 500_000

export function sparkProofs(
  read: ReadRows,
  size: (table: string) => Promise<TableSize>,
): ValueProofs {
  const refuseLarge = async (table: string) => {
    if ((await size(table)).bytes > mostBytes) throw new Error(`${table} is too large to be read.`)
  }
  return {
    async isUnique({ table, column }) {
      await refuseLarge(table)
      const name = quoteSparkName(column)
      const [[isUnique] = []] = await read(
        `SELECT count(DISTINCT ${name}) = count(*) FROM ${quoteSparkName(table)}`,
      )
      return isUnique === 'true'
    },
    async countContained(from, to) {
      await refuseLarge(to.table)
      const [child, key] = [quoteSparkName(from.column), quoteSparkName(to.column)]
      const [[total, contained] = []] = await read(
        `SELECT count(*), count(p.k) FROM
           (SELECT DISTINCT ${child} AS v FROM
             (SELECT ${child} FROM ${quoteSparkName(from.table)} LIMIT ${childRows})
            WHERE ${child} IS NOT NULL) c
         LEFT JOIN (SELECT DISTINCT ${key} AS k FROM ${quoteSparkName(to.table)}) p ON p.k = c.v`,
      )
      return { total: Number(total ?? 0), contained: Number(contained ?? 0) }
    },
  }
}
