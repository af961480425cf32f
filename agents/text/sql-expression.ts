/** Cuts and prints stretches of SQL: lists at commas, conditions at AND, nodes back to text. */
import { renderQuery } from '../../data/join-free/render-query.js'
import { isSymbol, type SqlNode, wordOf } from '../../data/join-free/sql-tree.js'
import type { Expression } from './sql-shape.js'

export function toExpression(nodes: readonly SqlNode[]): Expression {
  return { nodes, text: textOf(nodes) }
}

/** SQL text of some nodes, on one line. */
export function textOf(nodes: readonly SqlNode[]): string {
  const query = {
    recursive: false,
    commonTables: [],
    tail: [],
    members: [{ body: [{ keyword: 'SELECT', nodes }] }],
  }
  return renderQuery(query, 'duckdb')
    .replace(/\s+/g, ' ')
    .replace(/^SELECT ?/, '')
}

export function splitAt(
  nodes: readonly SqlNode[],
  symbol: string,
): readonly (readonly SqlNode[])[] {
  if (nodes.length === 0) return []
  const parts: SqlNode[][] = [[]]
  for (const node of nodes) {
    if (isSymbol(node, symbol)) parts.push([])
    else parts.at(-1)?.push(node)
  }
  return parts
}

/** Cuts at AND outside brackets; the AND of BETWEEN does not cut, and an OR keeps everything together. */
export function splitConditions(nodes: readonly SqlNode[]): readonly (readonly SqlNode[])[] {
  if (nodes.length === 0) return []
  if (nodes.some((node) => wordOf(node) === 'or')) return [nodes]
  const [only] = nodes
  if (nodes.length === 1 && only?.type === 'group') return splitConditions(only.nodes)
  const parts: SqlNode[][] = [[]]
  let between = false
  for (const node of nodes) {
    const word = wordOf(node)
    if (word === 'and' && !between) parts.push([])
    else parts.at(-1)?.push(node)
    if (word === 'between') between = true
    else if (word === 'and') between = false
  }
  return parts
}
