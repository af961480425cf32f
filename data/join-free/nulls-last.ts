/** Puts missing values behind the largest: PostgreSQL alone would call them the largest. */
import { type Catalog, findTable } from '../catalog.js'
import type { Clause, Query, SqlNode } from './sql-tree.js'
import { isSymbol, wordOf } from './sql-tree.js'

/** `order by x desc` becomes `order by x desc nulls last`, in windows and aggregates too, unless `x` is never missing. */
export function nullsLast(query: Query, catalog: Catalog): Query {
  const inQuery = (inner: Query): Query => ({
    ...inner,
    commonTables: inner.commonTables.map((table) => ({ ...table, query: inQuery(table.query) })),
    members: inner.members.map((member) => ({
      ...member,
      body: isClauses(member.body) ? inClauses(member.body) : inQuery(member.body),
    })),
    tail: inClauses(inner.tail),
  })
  const inClauses = (clauses: readonly Clause[]) =>
    clauses.map((clause) => ({ ...clause, nodes: inNodes(clause.nodes) }))
  const inNodes = (nodes: readonly SqlNode[]): readonly SqlNode[] =>
    nodes.flatMap((node, at): readonly SqlNode[] => {
      if (node.type === 'query') return [{ ...node, query: inQuery(node.query) }]
      if (node.type === 'group') return [{ ...node, nodes: inNodes(node.nodes) }]
      const isOpen = wordOf(node) === 'desc' && wordOf(nodes[at + 1]) !== 'nulls'
      return isOpen && !isFilledColumn(nodes, at - 1, catalog)
        ? [node, word('nulls'), word('last')]
        : [node]
    })
  return inQuery(query)
}

/** An index on such a column serves `desc` alone. */
function isFilledColumn(nodes: readonly SqlNode[], at: number, catalog: Catalog): boolean {
  const [node, before] = [nodes[at], nodes[at - 1]]
  const isAlone = before === undefined || isSymbol(before, ',') || wordOf(before) === 'by'
  if (!isAlone || node?.type !== 'name') return false
  const [table, column] = node.parts
  const known = findTable(catalog, table?.name ?? '')?.columns
  return known?.some(({ name, nullable }) => name === column?.name && !nullable) ?? false
}

function isClauses(body: readonly Clause[] | Query): body is readonly Clause[] {
  return Array.isArray(body)
}

function word(name: string): SqlNode {
  return { type: 'name', parts: [{ name, quoted: false }] }
}
