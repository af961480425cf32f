/** Counts in PostgreSQL what proves keys and relationships. */
import type { ValueProofs } from '../introspection/prove-keys.js'
import { quoteName } from '../quote.js'
import type { ReadRows } from '../servers/server-engine.js'
import type { DeclaredTable } from './introspect-schema.js'

/** Larger tables are not read whole for a proof: their undeclared keys stay unknown. */
const mostBytes = 512_000_000
/** Rows looked at for values that point elsewhere; of longer tables the first ones speak for all. */
const childRows = 500_000

export function postgresProofs(read: ReadRows, tables: readonly DeclaredTable[]): ValueProofs {
  const bytes = new Map(tables.map(({ name, storage }) => [name, storage.bytes]))
  const refuseLarge = (table: string) => {
    if ((bytes.get(table) ?? 0) > mostBytes) throw new Error(`${table} is too large to be read.`)
  }
  return {
    async isUnique({ table, column }) {
      refuseLarge(table)
      const name = quoteName(column)
      const [[isUnique] = []] = await read(
        `SELECT count(DISTINCT ${name}) = count(*) FROM ${quoteName(table)}`,
      )
      return isUnique === 'true'
    },
    async countContained(from, to) {
      refuseLarge(to.table)
      const [child, key] = [quoteName(from.column), quoteName(to.column)]
      const [[total, contained] = []] = await read(
        `SELECT count(*), count(*) FILTER (WHERE EXISTS
           (SELECT FROM ${quoteName(to.table)} p WHERE p.${key} = c.v))
         FROM (SELECT DISTINCT ${child} AS v FROM
           (SELECT ${child} FROM ${quoteName(from.table)} LIMIT ${childRows}) r
           WHERE ${child} IS NOT NULL) c`,
      )
      return { total: Number(total ?? 0), contained: Number(contained ?? 0) }
    },
  }
}
