/** Says one join-free SQL for another engine. */
import type { Dialect } from '../catalog.js'

const everywhere = new Set(
  'count sum avg min max abs round length lower upper cast in and or not on as select from where having by like between union except intersect'.split(
    ' ',
  ),
)

/** Whether every function it calls exists, with the same meaning, in all engines. */
export function isNeutral(joinFree: string): boolean {
  const outside = joinFree.replaceAll(/'(?:[^']|'')*'/g, "''")
  return [...outside.matchAll(/([a-z_]\w*)\s*\(/gi)].every(([, name = '']) =>
    everywhere.has(name.toLowerCase()),
  )
}

const knowsIlike: ReadonlySet<Dialect> = new Set(['duckdb', 'postgres', 'spark'])

/** SQLite's LIKE ignores the case of letters; elsewhere that is ILIKE. */
export function forDialect(joinFree: string, dialect: Dialect): string {
  if (!knowsIlike.has(dialect)) return joinFree
  return joinFree.replaceAll(/'(?:[^']|'')*'|\blike\b/g, (part) =>
    part === 'like' ? 'ilike' : part,
  )
}
