/** Writes select items, and what ORDER BY and GROUP BY say of them, without aliases and positions. */
import type { Expression } from './list-items.js'
import { joinItems, orderExpression, splitItems } from './list-items.js'
import type { SqlNode } from './sql-tree.js'
import { wordOf } from './sql-tree.js'
import { upperCaseWords } from './sql-words.js'

/** The items with their columns qualified, and what each alias stands for. */
export function withoutAliases(
  nodes: readonly SqlNode[],
  qualify: (nodes: readonly SqlNode[]) => readonly SqlNode[],
  keepAliases: boolean,
) {
  const aliases = new Map<string, Expression>()
  const isDistinct = wordOf(nodes[0]) === 'distinct'
  const items = splitItems(isDistinct ? nodes.slice(1) : nodes).map((item) => {
    const { expression, alias } = readItem(item)
    const qualified = withoutBrackets(qualify(expression))
    if (alias === undefined) return qualified
    aliases.set(alias.toLowerCase(), qualified)
    return keepAliases ? [...qualified, ...asAlias(outputName(aliases.size))] : qualified
  })
  const distinct = isDistinct ? [word('distinct')] : []
  return { items: [...distinct, ...joinItems(items)], aliases }
}

function readItem(item: Expression): { readonly expression: Expression; readonly alias?: string } {
  const last = item.at(-1)
  const before = item.at(-2)
  if (last?.type !== 'name' || last.parts.length !== 1) return { expression: item }
  const alias = last.parts[0]?.name ?? ''
  if (wordOf(before) === 'as') return { expression: item.slice(0, -2), alias }
  const endsValue =
    before?.type === 'group' ||
    before?.type === 'query' ||
    wordOf(before) === 'end' ||
    (before?.type === 'name' && !upperCaseWords.has(wordOf(before) ?? ''))
  const isAlias = endsValue && !upperCaseWords.has(wordOf(last) ?? '')
  return isAlias ? { expression: item.slice(0, -1), alias } : { expression: item }
}

/** `distinct (name)` is `distinct name`. */
export function withoutBrackets(expression: Expression): Expression {
  const [only] = expression
  const isBracketed = expression.length === 1 && only?.type === 'group' && only.open === '('
  return isBracketed ? withoutBrackets(only.nodes) : expression
}

/** `order by 2 desc` orders by the second item; an explicit ASC goes, being what happens anyway. */
export function positionsAsItems(
  nodes: readonly SqlNode[],
  items: readonly SqlNode[],
): readonly SqlNode[] {
  const selected = splitItems(wordOf(items[0]) === 'distinct' ? items.slice(1) : items)
  const ordered = splitItems(nodes).map((item) => {
    const [first] = item
    const position = first?.type === 'text' && first.kind === 'number' ? Number(first.text) : 0
    const expression = withoutBrackets(orderExpression(item))
    const tail = item.slice(orderExpression(item).length).filter((node) => wordOf(node) !== 'asc')
    const isPosition = orderExpression(item).length === 1 && selected[position - 1] !== undefined
    return [
      ...(isPosition ? readItem(selected[position - 1] ?? []).expression : expression),
      ...tail,
    ]
  })
  return joinItems(ordered)
}

/** What the nth aliased item of a query in FROM is called: one word for all, as the model learns it. */
export function outputName(position: number): string {
  return position === 1 ? 'value' : `value_${position}`
}

function asAlias(alias: string): readonly SqlNode[] {
  return [word('as'), { type: 'name', parts: [{ name: alias, quoted: true }] }]
}

export function word(name: string): SqlNode {
  return { type: 'name', parts: [{ name, quoted: false }] }
}
