/** Decides which tables a select has of its own, and which it only borrows from the select around it. */
import type { Catalog, ColumnReference, Table } from '../catalog.js'
import { findTable } from '../catalog.js'
import { namesIn, tablesByCondition } from './conditions.js'
import type { FromSources } from './from-sources.js'
import { readEquality, splitConjuncts } from './join-conditions.js'
import { unknownTable } from './resolve-name.js'
import type { Clause, NameNode, SqlNode } from './sql-tree.js'
import type { StatedJoin } from './stated-joins.js'
import type { TableCopies } from './table-copies.js'
import { copiesNamed, withCopies } from './table-copies.js'

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
  /** Collects the columns whose sums may count a row more than once. */
  readonly repeated: Set<string>
}

/** Visible names in lower case; absent values are sub-queries, common tables and functions. */
export type Sources = ReadonlyMap<string, Table | undefined>

export interface OwnSurroundings extends Surroundings {
  readonly copies: TableCopies
}

/** Adds to the catalog the copies of tables that a select names: `stores_2`. */
export function withOwnCopies(
  clauses: readonly Clause[],
  from: FromSources,
  around: Surroundings,
): OwnSurroundings {
  const { catalog, commonTables, outer } = around
  const aliases = new Set(from.sources.flatMap(({ alias }) => alias?.toLowerCase() ?? []))
  const isExplained = (name: string) =>
    aliases.has(name) || commonTables.has(name) || outer.has(name)
  const copies = copiesNamed(clauses, catalog, isExplained)
  return { ...around, catalog: withCopies(catalog, copies), copies }
}

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

/** `a.x = b.y` between two tables, each by its own name, which every row must fulfil. */
export function columnEqualities(
  clauses: readonly Clause[],
  visible: Sources,
): readonly StatedJoin[] {
  const sources = new Map([...visible].filter(([, table]) => table !== undefined))
  const where = clauses.find(({ keyword }) => keyword === 'WHERE')?.nodes ?? []
  const reference = ({ parts: [first, second] }: NameNode): ColumnReference => ({
    table: sources.get(first?.name.toLowerCase() ?? '')?.name ?? '',
    column: second?.name ?? '',
  })
  return splitConjuncts(where).flatMap((conjunct) => {
    const equality = readEquality(conjunct, (name) => sources.has(name.toLowerCase()))
    return equality ? [{ left: reference(equality.left), right: reference(equality.right) }] : []
  })
}
