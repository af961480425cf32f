/** Decides which tables a select has of its own, and which it only borrows from the select around it. */
import type { Catalog, Table } from '../catalog.js'
import { findTable } from '../catalog.js'
import { namesIn, tablesByCondition } from './conditions.js'
import type { FromSources } from './from-sources.js'
import { unknownTable } from './resolve-name.js'
import type { Clause, SqlNode } from './sql-tree.js'

/** What a select may name besides its own tables. */
export interface Surroundings {
  readonly catalog: Catalog
  readonly rankedTables: readonly string[]
  /** Lower-case names of common tables. */
  readonly commonTables: ReadonlySet<string>
  /** Lower-case names the enclosing selects make visible; absent values are no catalog tables. */
  readonly outer: ReadonlyMap<string, Table | undefined>
  /** Collects every catalog table used. */
  readonly used: Set<string>
}

/** Visible names in lower case; absent values are sub-queries, common tables and functions. */
export type Sources = ReadonlyMap<string, Table | undefined>

/** Names that the FROM clause as written makes visible. */
export function readListed(from: FromSources, { catalog, commonTables }: Surroundings): Sources {
  const listed = new Map<string, Table | undefined>()
  for (const { table, alias } of from.sources) {
    const name = table?.parts.at(-1)?.name
    const known = name === undefined ? undefined : findTable(catalog, name)
    const isCommon = table?.parts.length === 1 && commonTables.has(name?.toLowerCase() ?? '')
    if (name !== undefined && known === undefined && !isCommon) throw unknownTable(catalog, name)
    const visibleName = alias ?? name
    if (visibleName !== undefined) {
      listed.set(visibleName.toLowerCase(), isCommon ? undefined : known)
    }
  }
  return listed
}

/** Tables and common tables that columns name and this select has to bring itself. */
export function namedTables(
  clauses: readonly Clause[],
  from: FromSources,
  listed: Sources,
  { catalog, commonTables, outer }: Surroundings,
): Sources {
  const factors = new Set<SqlNode>(from.sources.flatMap(({ table }) => table ?? []))
  const named = new Map<string, Table | undefined>()
  for (const { node } of clauses.flatMap((clause) => namesIn(clause.nodes))) {
    const [first, second] = node.parts
    if (first === undefined || second === undefined || factors.has(node)) continue
    const name = first.name.toLowerCase()
    if (listed.has(name)) continue
    if (commonTables.has(name)) named.set(name, undefined)
    else {
      const table = findTable(catalog, name)
      if (table !== undefined) named.set(name, table)
    }
  }
  return withoutOuter(named, listed, outer, clauses)
}

/**
 * A table of an enclosing select belongs there when this select only compares it with tables of its
 * own in WHERE; named anywhere else, or alone in a condition, it is read afresh here.
 */
function withoutOuter(
  named: Sources,
  listed: ReadonlyMap<string, unknown>,
  outer: Sources,
  clauses: readonly Clause[],
): Sources {
  const elsewhere = new Set(
    clauses
      .filter(({ keyword }) => keyword !== 'WHERE')
      .flatMap(({ nodes }) => namesIn(nodes))
      .map(({ node }) => node.parts[0]?.name.toLowerCase() ?? ''),
  )
  const conditions = tablesByCondition(clauses)
  const comesFromOutside = (name: string) =>
    outer.has(name) &&
    !elsewhere.has(name) &&
    conditions.every((names) => !names.has(name) || names.size > 1)
  const own = [...named].filter(([name]) => !comesFromOutside(name))
  return own.length + listed.size === 0 ? named : new Map(own)
}

/** `table.column` in lower case of every column named; aliases give way to the names of their tables. */
export function columnsNamed(clauses: readonly Clause[], visible: Sources): ReadonlySet<string> {
  const names = clauses.flatMap((clause) => namesIn(clause.nodes)).map(({ node }) => node.parts)
  return new Set(
    names.map(([first, second]) => {
      const table = visible.get(first?.name.toLowerCase() ?? '')
      return `${table?.name}.${second?.name}`.toLowerCase()
    }),
  )
}
