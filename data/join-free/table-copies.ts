/** A table met twice in one select: its second copy is called `table_2`, without being listed in FROM. */
import type { Catalog, Relationship, Table } from '../catalog.js'
import { findTable } from '../catalog.js'
import { namesIn } from './conditions.js'
import type { Clause, SqlNode } from './sql-tree.js'
import { wordOf } from './sql-tree.js'

/** Names of copies, in lower case, with the catalog's own names of their tables. */
export type TableCopies = ReadonlyMap<string, string>

const copyPattern = /^(.+)_([2-4])$/

/** `table` itself, or the table that `table_2` is a copy of. */
function readTableName(catalog: Catalog, name: string): Table | undefined {
  const table = findTable(catalog, name)
  const base = copyPattern.exec(name)?.[1]
  return table ?? (base === undefined ? undefined : findTable(catalog, base))
}

/** Copies that the columns of one select name and nothing else explains; nested queries apart. */
export function copiesNamed(
  clauses: readonly Clause[],
  catalog: Catalog,
  isExplained: (name: string) => boolean,
): TableCopies {
  const copies = new Map<string, string>()
  for (const { node } of clauses.flatMap(({ nodes }) => namesIn(nodes))) {
    const name = node.parts[0]?.name ?? ''
    const table = copyPattern.test(name) ? readTableName(catalog, name) : undefined
    const isCopy = table !== undefined && table.name.toLowerCase() !== name.toLowerCase()
    if (isCopy && !isExplained(name.toLowerCase())) copies.set(name.toLowerCase(), table.name)
  }
  return copies
}

export function copyName(table: string, number: number): string {
  return number === 1 ? table : `${table}_${number}`
}

/** The catalog with each copy as a table of its own, connected as its table is. */
export function withCopies(catalog: Catalog, copies: TableCopies): Catalog {
  if (copies.size === 0) return catalog
  const added = [...copies].flatMap(([name, base]) => {
    const table = findTable(catalog, base)
    const number = copyNumber(name)
    return table === undefined ? [] : [{ ...table, name: copyName(base, number), base, number }]
  })
  const all = [
    ...catalog.tables.map((table) => ({ ...table, base: table.name, number: 1 })),
    ...added,
  ]
  const isCopied = new Set(added.map(({ base }) => base))
  const relationships = catalog.relationships.flatMap((relationship, _, list) => {
    const { from, to } = relationship
    if (!isCopied.has(from.table) && !isCopied.has(to.table)) return [relationship]
    const alike = list.filter(
      (other) => other.from.table === from.table && other.to.table === to.table,
    )
    const children = all.filter(({ base }) => base === from.table)
    const parents = all.filter(({ base }) => base === to.table)
    return children.flatMap((child) =>
      parents
        .filter((parent) => from.table !== to.table || child.number < parent.number)
        .map((parent) => {
          const shift = alike.indexOf(relationship) + child.number + parent.number - 2
          return between(alike[shift % alike.length] ?? relationship, child.name, parent.name)
        }),
    )
  })
  return { ...catalog, tables: [...catalog.tables, ...added], relationships }
}

/** Of two keys to one table, the second copy takes the second. */
function between(relationship: Relationship, child: string, parent: string): Relationship {
  return {
    ...relationship,
    from: { ...relationship.from, table: child },
    to: { ...relationship.to, table: parent },
  }
}

function copyNumber(name: string): number {
  return Number(copyPattern.exec(name)?.[2] ?? 1)
}

/** In the clauses of FROM, `stores_2` becomes `stores AS stores_2`. */
export function nameCopies(clauses: readonly Clause[], copies: TableCopies): readonly Clause[] {
  if (copies.size === 0) return clauses
  const as: SqlNode = { type: 'name', parts: [{ name: 'AS', quoted: false }] }
  return clauses.map(({ keyword, nodes }) => ({
    keyword,
    nodes: nodes.flatMap((node, index): readonly SqlNode[] => {
      if (node.type !== 'name' || node.parts.length > 1) return [node]
      const name = node.parts[0]?.name ?? ''
      const base = copies.get(name.toLowerCase())
      if (base === undefined || wordOf(nodes[index - 1]) === 'as') return [node]
      return [{ type: 'name', parts: [{ name: base, quoted: true }] }, as, node]
    }),
  }))
}
