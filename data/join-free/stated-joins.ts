/** Joins that the SQL states itself, as an equality between columns of two tables in WHERE. */
import type { Catalog, ColumnReference, Relationship } from '../catalog.js'

export interface StatedJoin {
  readonly left: ColumnReference
  readonly right: ColumnReference
}

/** The table at the other end, when `table` is at one. */
export function otherEnd({ left, right }: StatedJoin, table: string): string | undefined {
  if (left.table === table) return right.table
  return right.table === table ? left.table : undefined
}

/** A key that says no more than the SQL does. */
export function statesKey(
  stated: readonly StatedJoin[],
  { from, to, further = [] }: Relationship,
): boolean {
  const pairs = [{ from: from.column, to: to.column }, ...further]
  return pairs.every((pair) => {
    const child = { table: from.table, column: pair.from }
    const parent = { table: to.table, column: pair.to }
    return stated.some(
      ({ left, right }) =>
        (sameColumn(left, child) && sameColumn(right, parent)) ||
        (sameColumn(left, parent) && sameColumn(right, child)),
    )
  })
}

/**
 * `key`: it pairs the rows as keys do, in their stead. `loose`: nothing else is known to connect the two.
 * `filter`: of two tables with a key of their own, as in `orders.city = customers.city`.
 */
export type StatedStrength = 'key' | 'loose' | 'filter'

export function strengthOf(
  { relationships, tables }: Catalog,
  { left, right }: StatedJoin,
): StatedStrength {
  const ends = relationships.map(({ from, to }) => [from, to] as const)
  const touches = (pair: readonly ColumnReference[]) =>
    pair.some((end) => sameColumn(end, left) || sameColumn(end, right))
  const direct = ends.filter((pair) =>
    [left, right].every(({ table }) => pair.some((end) => end.table === table)),
  )
  if (direct.length > 0) return direct.some(touches) ? 'key' : 'filter'
  const isPrimary = [left, right].some(({ table, column }) =>
    tables.some(({ name, primaryKey }) => name === table && primaryKey.includes(column)),
  )
  return isPrimary || ends.some(touches) ? 'key' : 'loose'
}

function sameColumn(left: ColumnReference, right: ColumnReference): boolean {
  return (
    left.table.toLowerCase() === right.table.toLowerCase() &&
    left.column.toLowerCase() === right.column.toLowerCase()
  )
}
