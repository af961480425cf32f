/** Walks the catalog's relationships: which tables a row of one table determines, and by which keys. */
import type { Catalog, Relationship } from './catalog.js'

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
