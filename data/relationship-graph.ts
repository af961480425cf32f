/** Walks the catalog's relationships: which tables a row of one table determines, and by which keys. */
import { type Catalog, findColumn, type Relationship } from './catalog.js'

/** Tables that each row of `table` has at most one row of, with the number of joins to get there. */
export function parentsOf(catalog: Catalog, table: string): ReadonlyMap<string, number> {
  return walk(table, (current) =>
    catalog.relationships.filter((r) => r.from.table === current).map((r) => r.to.table),
  )
}

/** Tables with any number of rows for each row of `table`, over one or more joins downward only. */
export function childrenOf(catalog: Catalog, table: string): ReadonlyMap<string, number> {
  return walk(table, (current) =>
    catalog.relationships.filter((r) => r.to.table === current).map((r) => r.from.table),
  )
}

/**
 * Tables of which a row of `table` has one row at most: those it points at, and those whose unique key points at it, such
 * as the savings account of a customer.
 */
export function oneToOneWith(catalog: Catalog, table: string): ReadonlySet<string> {
  const reached = walk(table, (current) =>
    catalog.relationships.flatMap((r) => {
      if (r.from.table === current) return [r.to.table]
      const unique = r.further === undefined && findColumn(catalog, r.from)?.unique === true
      return unique && r.to.table === current ? [r.from.table] : []
    }),
  )
  return new Set(reached.keys())
}

/** The relationships a chain of joins from `child` up to `ancestor` follows, nearest first. */
export function pathUp(
  catalog: Catalog,
  child: string,
  ancestor: string,
): readonly Relationship[] | undefined {
  if (child === ancestor) return []
  const reached = new Map<string, readonly Relationship[]>([[child, []]])
  const queue = [child]
  for (let current = queue.shift(); current !== undefined; current = queue.shift()) {
    for (const step of catalog.relationships.filter((r) => r.from.table === current)) {
      if (reached.has(step.to.table)) continue
      const path = [...(reached.get(current) ?? []), step]
      if (step.to.table === ancestor) return path
      reached.set(step.to.table, path)
      queue.push(step.to.table)
    }
  }
  return undefined
}

function walk(start: string, next: (table: string) => readonly string[]): Map<string, number> {
  const distances = new Map([[start, 0]])
  const queue = [start]
  for (let current = queue.shift(); current !== undefined; current = queue.shift()) {
    for (const table of next(current)) {
      if (distances.has(table)) continue
      distances.set(table, (distances.get(current) ?? 0) + 1)
      queue.push(table)
    }
  }
  return distances
}
