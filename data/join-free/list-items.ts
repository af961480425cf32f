/** Cuts the lists of SELECT, GROUP BY and ORDER BY into expressions, apart from aliases and directions. */
import type { SqlNode } from './sql-tree.js'
import { isSymbol, wordOf } from './sql-tree.js'
import { upperCaseWords } from './sql-words.js'

export type Expression = readonly SqlNode[]

export interface SelectItem {
  readonly expression: Expression
  /** In lower case. */
  readonly alias?: string
}

export function splitItems(nodes: readonly SqlNode[]): readonly Expression[] {
  const items: SqlNode[][] = [[]]
  for (const node of nodes) {
    if (isSymbol(node, ',')) items.push([])
    else items.at(-1)?.push(node)
  }
  return items.filter((item) => item.length > 0)
}

export function readSelectItems(nodes: readonly SqlNode[]): readonly SelectItem[] {
  const quantified = ['distinct', 'all'].includes(wordOf(nodes[0]) ?? '')
  return splitItems(quantified ? nodes.slice(1) : nodes).map(readSelectItem)
}

function readSelectItem(nodes: Expression): SelectItem {
  const last = nodes.at(-1)
  if (last?.type !== 'name' || last.parts.length !== 1) return { expression: nodes }
  const alias = last.parts[0]?.name.toLowerCase()
  if (wordOf(nodes.at(-2)) === 'as') return { expression: nodes.slice(0, -2), alias }
  const isAlias = endsValue(nodes.at(-2)) && !upperCaseWords.has(wordOf(last) ?? '')
  return isAlias ? { expression: nodes.slice(0, -1), alias } : { expression: nodes }
}

/** A bare word after a bracket, a column or the END of a CASE is an alias; after a literal it may be a unit, as in `'1' month`. */
function endsValue(node: SqlNode | undefined): boolean {
  const isColumn = node?.type === 'name' && node.parts.length > 1
  return node?.type === 'group' || isColumn || wordOf(node) === 'end'
}

/** The expression of an ORDER BY item, without ASC, DESC and NULLS FIRST or LAST. */
export function orderExpression(item: Expression): Expression {
  const end = item.findIndex((node) => ['asc', 'desc', 'nulls'].includes(wordOf(node) ?? ''))
  return end < 0 ? item : item.slice(0, end)
}

export function joinItems(items: readonly Expression[]): readonly SqlNode[] {
  const comma: SqlNode = { type: 'text', kind: 'symbol', text: ',' }
  return items.flatMap((item, index) => (index === 0 ? item : [comma, ...item]))
}

/** Equal for expressions that differ only in the case and the quotes of names. */
export function expressionKey(expression: Expression): string {
  return JSON.stringify(expression, (key, value: unknown) => {
    if (key === 'quoted') return undefined
    return key === 'name' ? String(value).toLowerCase() : value
  })
}
