/** Completes one select: checks its names, decides which tables are its own, and writes its FROM. */
import { findTable } from '../catalog.js'
import { namesIn, tablesByCondition } from './conditions.js'
import type { NeededSources } from './from-clauses.js'
import { tableName, writeFromClauses, writeFurtherJoins } from './from-clauses.js'
import type { FromSource, FromSources } from './from-sources.js'
import { readFromSources } from './from-sources.js'
import { groupPlainItems } from './group-plain-items.js'
import { JoinFreeError } from './join-free-error.js'
import { repeatedSums } from './repeated-sums.js'
import { resolveName } from './resolve-name.js'
import type { OwnSurroundings, Sources, Surroundings } from './select-scope.js'
import {
  columnEqualities,
  columnsNamed,
  namedTables,
  readListed,
  withOwnCopies,
} from './select-scope.js'
import type { Clause, NameNode, Query, SqlNode } from './sql-tree.js'
import { isSymbol, wordOf } from './sql-tree.js'
import { nameCopies } from './table-copies.js'

export type CompleteQuery = (query: Query, surroundings: Surroundings) => Query

export function completeSelect(
  clauses: readonly Clause[],
  around: Surroundings,
  completeQuery: CompleteQuery,
): readonly Clause[] {
  const fromNodes = clauses.find((clause) => clause.keyword === 'FROM')?.nodes ?? []
  const from = readFromSources(fromNodes)
  const own = withOwnCopies(clauses, from, around)
  const { copies } = own
  const listed = readListed(from, own)
  const named = namedTables(clauses, from, listed, own)
  const visible = new Map([...around.outer, ...listed, ...named])
  const nested = { ...around, outer: visible }
  // Only LATERAL lets a sub-query in FROM see its neighbours.
  const isLateral = namesIn(fromNodes).some(({ node }) => wordOf(node) === 'lateral')
  const complete = (nodes: readonly SqlNode[], inner: Surroundings) =>
    completeNodes(nodes, from, { ...own, outer: visible }, (query) => completeQuery(query, inner))
  const inFrom = (nodes: readonly SqlNode[]) => complete(nodes, isLateral ? nested : around)
  const needed = neededSources(named, listed, clauses, own)
  const fromClauses = nameCopies(
    from.plain
      ? writeFromClauses(withListed(needed, from, own, inFrom))
      : [
          { keyword: 'FROM', nodes: inFrom(fromNodes) },
          ...writeFurtherJoins(needed, visibleTables(from, own)),
        ],
    copies,
  )
  const tables = tablesRead(fromClauses, listed, own)
  for (const table of tables) own.used.add(table)
  if (fromClauses.length === 0) refuseLoneStar(clauses)
  const [select = { keyword: 'SELECT', nodes: [] }, ...rest] = clauses
    .filter(({ keyword }) => keyword !== 'FROM')
    .map(({ keyword, nodes }) => ({ keyword, nodes: complete(nodes, nested) }))
  const completed = [select, ...fromClauses, ...rest]
  for (const column of repeatedSums(completed, tables, own.catalog)) own.repeated.add(column)
  if (mayStayLoose(completed, around)) return completed
  return groupPlainItems(completed, ({ parts: [first, second] }) => {
    const name = first?.name.toLowerCase() ?? ''
    const isOwn = listed.has(name) || named.has(name)
    return second !== undefined && (isOwn || !around.outer.has(name))
  })
}

/** SQLite gives a column outside GROUP BY the value of some row: grouping further would split the groups. */
function mayStayLoose(clauses: readonly Clause[], { catalog }: Surroundings): boolean {
  return catalog.dialect === 'sqlite' && clauses.some(({ keyword }) => keyword === 'GROUP BY')
}

function completeNodes(
  nodes: readonly SqlNode[],
  from: FromSources,
  surroundings: Surroundings,
  completeNested: (query: Query) => Query,
): readonly SqlNode[] {
  const factors = new Set<SqlNode>(from.sources.flatMap(({ table }) => table ?? []))
  const complete = (list: readonly SqlNode[]): readonly SqlNode[] =>
    list.map((node, index) => {
      if (node.type === 'query') return { ...node, query: completeNested(node.query) }
      if (node.type === 'group') return { ...node, nodes: complete(node.nodes) }
      if (node.type === 'text') return node
      return factors.has(node)
        ? canonicalTable(node, surroundings)
        : resolveName(node, list[index + 1], surroundings)
    })
  return complete(nodes)
}

function canonicalTable(node: NameNode, { catalog, commonTables }: Surroundings): NameNode {
  const name = node.parts.at(-1)?.name ?? ''
  if (node.parts.length === 1 && commonTables.has(name.toLowerCase())) return node
  return tableName(findTable(catalog, name)?.name ?? name)
}

function neededSources(
  named: Sources,
  listed: Sources,
  clauses: readonly Clause[],
  { catalog, rankedTables }: Surroundings,
): NeededSources {
  const tables = [...named.values()].flatMap((table) => table?.name ?? [])
  const others = [...named]
    .filter(([, table]) => table === undefined)
    .map(([name]) => ({ name, nodes: [tableName(name)] }))
  const visible = new Map([...listed, ...named])
  return {
    catalog,
    rankedTables,
    namedColumns: columnsNamed(clauses, visible),
    tables,
    others,
    conditions: tablesByCondition(clauses),
    equalities: columnEqualities(clauses, visible),
  }
}

/** Adds what a plain FROM lists: its tables come first, its sub-queries stay as written. */
function withListed(
  needed: NeededSources,
  from: FromSources,
  { catalog, commonTables }: Surroundings,
  complete: (nodes: readonly SqlNode[]) => readonly SqlNode[],
): NeededSources {
  const isCatalogTable = ({ table }: FromSource) =>
    table !== undefined && !commonTables.has(table.parts.at(-1)?.name.toLowerCase() ?? '')
  const tables = from.sources
    .filter(isCatalogTable)
    .flatMap(({ table }) => findTable(catalog, table?.parts.at(-1)?.name ?? '')?.name ?? [])
  const others = from.sources
    .filter((source) => !isCatalogTable(source))
    .map(({ alias, table, nodes }) => ({
      name: alias ?? table?.parts[0]?.name ?? '',
      nodes: complete(nodes),
    }))
  return {
    ...needed,
    tables: [...new Set([...tables, ...needed.tables])],
    others: [...others, ...needed.others],
  }
}

/** Catalog tables of a long-form FROM, each with the first name it is visible by. */
function visibleTables(from: FromSources, { catalog }: Surroundings): ReadonlyMap<string, string> {
  const visible = new Map<string, string>()
  for (const { table, alias } of from.sources) {
    const known = findTable(catalog, table?.parts.at(-1)?.name ?? '')?.name
    if (known !== undefined && !visible.has(known)) visible.set(known, alias ?? known)
  }
  return visible
}

function tablesRead(
  fromClauses: readonly Clause[],
  listed: Sources,
  { catalog, commonTables, copies }: OwnSurroundings,
): readonly string[] {
  const fromListed = [...listed.values()]
    .flatMap((table) => table?.name ?? [])
    .map((name) => copies.get(name.toLowerCase()) ?? name)
  const joined = fromClauses.flatMap(({ nodes: [first] }) => {
    const name = first?.type === 'name' ? (first.parts[0]?.name ?? '') : ''
    return commonTables.has(name.toLowerCase()) ? [] : (findTable(catalog, name)?.name ?? [])
  })
  return [...new Set([...fromListed, ...joined])]
}

function refuseLoneStar(clauses: readonly Clause[]): void {
  const isLoneStar = (nodes: readonly SqlNode[]): boolean =>
    (nodes.length === 1 && isSymbol(nodes[0], '*')) ||
    nodes.some((node) => node.type === 'group' && isLoneStar(node.nodes))
  if (clauses.some(({ nodes }) => isLoneStar(nodes))) {
    throw new JoinFreeError('The SQL names no table.', ['Add "from" and the table to read.'])
  }
}
