/** Looks into expressions: what is aggregated over many rows, and which columns still vary with the row. */
import { aggregateFunctions } from './aggregate-functions.js'
import type { Expression } from './list-items.js'
import { expressionKey } from './list-items.js'
import type { NameNode, SqlNode } from './sql-tree.js'
import { isSymbol, wordOf } from './sql-tree.js'

/** True also for aggregates inside a window, as in `sum(sum(x)) over ()`; nested queries do not count. */
export function hasAggregate(nodes: readonly SqlNode[]): boolean {
  return nodes.some(
    (node, index) =>
      endOfAggregate(nodes, index) !== undefined ||
      (node.type === 'group' && hasAggregate(node.nodes)),
  )
}

export function hasWindow(nodes: readonly SqlNode[]): boolean {
  return nodes.some((node) =>
    node.type === 'group' ? hasWindow(node.nodes) : wordOf(node) === 'over',
  )
}

export function hasQuery(nodes: readonly SqlNode[]): boolean {
  return nodes.some((node) =>
    node.type === 'group' ? hasQuery(node.nodes) : node.type === 'query',
  )
}

export function isStar(expression: Expression): boolean {
  const [first] = expression
  return isSymbol(first, '*') || (first?.type === 'name' && first.parts.at(-1)?.name === '*')
}

/** Columns outside aggregates and outside the expressions that are grouped by. */
export function looseColumns(
  nodes: readonly SqlNode[],
  grouped: readonly Expression[],
  isColumn: (node: NameNode) => boolean,
): readonly NameNode[] {
  const loose: NameNode[] = []
  for (let index = 0; index < nodes.length; ) {
    const end = endOfGrouped(nodes, index, grouped) ?? endOfAggregate(nodes, index)
    const node = nodes[index]
    if (end === undefined && node?.type === 'group') {
      loose.push(...looseColumns(node.nodes, grouped, isColumn))
    } else if (end === undefined && node?.type === 'name') {
      if (!isCall(nodes, index) && isColumn(node)) loose.push(node)
    }
    index = end ?? index + 1
  }
  return loose
}

function endOfGrouped(
  nodes: readonly SqlNode[],
  start: number,
  grouped: readonly Expression[],
): number | undefined {
  const match = grouped.find(
    (expression) =>
      expressionKey(nodes.slice(start, start + expression.length)) === expressionKey(expression),
  )
  return match && start + match.length
}

/** Where an aggregate that starts here ends, with its FILTER; a window function is none. */
function endOfAggregate(nodes: readonly SqlNode[], start: number): number | undefined {
  if (!isCall(nodes, start) || !aggregateFunctions.has(wordOf(nodes[start]) ?? '')) return undefined
  let end = start + 2
  if (wordOf(nodes[end]) === 'within') end += 3
  if (wordOf(nodes[end]) === 'filter') end += 2
  return wordOf(nodes[end]) === 'over' ? undefined : end
}

function isCall(nodes: readonly SqlNode[], index: number): boolean {
  const next = nodes[index + 1]
  return nodes[index]?.type === 'name' && next?.type === 'group' && next.open === '('
}
