/** Writes a query tree as the one line of join-free SQL that a model learns. */
import { sqlName } from '../../models/grammar/sql-name.js'
import { needsSpace } from './render-query.js'
import type { Clause, NameNode, Query, SqlNode } from './sql-tree.js'
import { closingBracket } from './sql-tree.js'

export function renderJoinFree(query: Query): string {
  return query.members
    .flatMap(({ operator, body }) => [
      ...(operator === undefined ? [] : [operator.toLowerCase()]),
      Array.isArray(body)
        ? clausesText(body as readonly Clause[])
        : `(${renderJoinFree(body as Query)})`,
    ])
    .concat(query.tail.length > 0 ? [clausesText(query.tail)] : [])
    .join(' ')
}

function clausesText(clauses: readonly Clause[]): string {
  return clauses
    .map(({ keyword, nodes }) => `${keyword.toLowerCase()} ${nodesText(nodes)}`)
    .join(' ')
}

function nodesText(nodes: readonly SqlNode[]): string {
  return nodes
    .map((node, index) => {
      const space = index > 0 && needsSpace(nodes, index, nodes[index - 1])
      return `${space ? ' ' : ''}${nodeText(node)}`
    })
    .join('')
}

function nodeText(node: SqlNode): string {
  if (node.type === 'text') return node.text
  if (node.type === 'query') return `(${renderJoinFree(node.query)})`
  if (node.type === 'group')
    return `${node.open}${nodesText(node.nodes)}${closingBracket[node.open]}`
  return nameText(node)
}

function nameText({ parts }: NameNode): string {
  return parts.map(({ name, quoted }) => (quoted ? sqlName(name) : name)).join('.')
}
