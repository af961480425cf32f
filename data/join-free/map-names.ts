/** Rewrites every name of a query, nested queries included. */
import type { Clause, NameNode, Query, SqlNode } from './sql-tree.js'

export function mapNames(query: Query, change: (node: NameNode) => NameNode): Query {
  const inNodes = (nodes: readonly SqlNode[]): readonly SqlNode[] =>
    nodes.map((node) => {
      if (node.type === 'name') return change(node)
      if (node.type === 'group') return { ...node, nodes: inNodes(node.nodes) }
      return node.type === 'query' ? { ...node, query: mapNames(node.query, change) } : node
    })
  const inClauses = (clauses: readonly Clause[]): readonly Clause[] =>
    clauses.map((clause) => ({ ...clause, nodes: inNodes(clause.nodes) }))
  return {
    ...query,
    commonTables: query.commonTables.map((table) => ({
      ...table,
      query: mapNames(table.query, change),
    })),
    members: query.members.map((member) => ({
      ...member,
      body: isClauses(member.body) ? inClauses(member.body) : mapNames(member.body, change),
    })),
    tail: inClauses(query.tail),
  }
}

function isClauses(body: readonly Clause[] | Query): body is readonly Clause[] {
  return Array.isArray(body)
}
