/** Completes GROUP BY: in a select that aggregates, every other column must be grouped by. */
import { hasAggregate, hasQuery, hasWindow, isStar, looseColumns } from './aggregation.js'
import type { Expression, SelectItem } from './list-items.js'
import {
  expressionKey,
  joinItems,
  orderExpression,
  readSelectItems,
  splitItems,
} from './list-items.js'
import type { Clause, NameNode, SqlNode } from './sql-tree.js'
import { wordOf } from './sql-tree.js'

type IsColumn = (node: NameNode) => boolean

const beforeGroupBy = new Set(['SELECT', 'FROM', 'JOIN', 'CROSS JOIN', 'WHERE'])
const groupingWords = new Set(['all', 'rollup', 'cube', 'grouping'])

/**
 * Adds to GROUP BY what SELECT, HAVING and ORDER BY name outside aggregates. `isColumn` tells columns of
 * this select from those of an enclosing one, which do not vary here. Windows stay as they are, and so
 * do selects with `*` or with grouping sets, where nothing sensible can be added.
 */
export function groupPlainItems(clauses: readonly Clause[], isColumn: IsColumn): readonly Clause[] {
  const items = readSelectItems(nodesOf(clauses, 'SELECT'))
  const written = splitItems(nodesOf(clauses, 'GROUP BY'))
  if (!isAggregated(clauses) || items.some(({ expression }) => isStar(expression))) return clauses
  if (written.some(isGroupingSet)) return clauses
  const grouped = written.flatMap((expression) => meaningsOf(expression, items))
  const known = grouped.length
  const add = (expressions: readonly Expression[]) => {
    for (const expression of expressions) grouped.push(...missing(expression, grouped, isColumn))
  }
  const selected = items.map(({ expression }) => expression)
  // Whole expressions first: the columns of a mixed item may then be covered by them.
  add(selected.filter(isPlain))
  add(selected)
  for (const node of looseColumns(nodesOf(clauses, 'HAVING'), grouped, isColumn)) add([[node]])
  const isOneRow = written.length === 0 && grouped.length === 0
  if (isOneRow) return withoutPlainOrder(clauses, isColumn)
  add(splitItems(nodesOf(clauses, 'ORDER BY')).map(orderExpression))
  return withGroupBy(clauses, [...written, ...grouped.slice(known)])
}

function nodesOf(clauses: readonly Clause[], keyword: string): readonly SqlNode[] {
  return clauses.find((clause) => clause.keyword === keyword)?.nodes ?? []
}

function isAggregated(clauses: readonly Clause[]): boolean {
  return clauses.some(
    ({ keyword, nodes }) =>
      keyword === 'GROUP BY' ||
      keyword === 'HAVING' ||
      (['SELECT', 'ORDER BY'].includes(keyword) && hasAggregate(nodes)),
  )
}

function isGroupingSet([first]: Expression): boolean {
  return first?.type === 'group' || groupingWords.has(wordOf(first) ?? '')
}

/** What one GROUP BY item covers: itself, and the select item whose alias or position it is. */
function meaningsOf(expression: Expression, items: readonly SelectItem[]): readonly Expression[] {
  const [only] = expression
  if (expression.length > 1 || only === undefined) return [expression]
  if (only.type === 'text' && only.kind === 'number') {
    const item = items[Number(only.text) - 1]
    return item === undefined ? [expression] : [item.expression]
  }
  const word = only.type === 'name' && only.parts.length === 1 ? only.parts[0] : undefined
  const item = items.find(({ alias }) => alias !== undefined && alias === word?.name.toLowerCase())
  return item === undefined ? [expression] : [expression, item.expression]
}

/** The whole expression where the engine can group by it, else the columns it needs. */
function missing(
  expression: Expression,
  grouped: readonly Expression[],
  isColumn: IsColumn,
): readonly Expression[] {
  if (hasWindow(expression)) return []
  const loose = looseColumns(expression, grouped, isColumn)
  if (loose.length === 0) return []
  if (isPlain(expression)) return [expression]
  return [...new Map(loose.map((node) => [expressionKey([node]), [node]])).values()]
}

function isPlain(expression: Expression): boolean {
  return !hasAggregate(expression) && !hasQuery(expression)
}

/** One row has no order, and ordering it by a column would split it. */
function withoutPlainOrder(clauses: readonly Clause[], isColumn: IsColumn): readonly Clause[] {
  return clauses.flatMap((clause) => {
    if (clause.keyword !== 'ORDER BY') return [clause]
    const kept = splitItems(clause.nodes).filter(
      (item) => hasWindow(item) || looseColumns(item, [], isColumn).length === 0,
    )
    return kept.length === 0 ? [] : [{ ...clause, nodes: joinItems(kept) }]
  })
}

function withGroupBy(
  clauses: readonly Clause[],
  expressions: readonly Expression[],
): readonly Clause[] {
  if (expressions.length === 0) return clauses
  const others = clauses.filter(({ keyword }) => keyword !== 'GROUP BY')
  const after = others.findLastIndex(({ keyword }) => beforeGroupBy.has(keyword)) + 1
  const groupBy = { keyword: 'GROUP BY', nodes: joinItems(expressions) }
  return [...others.slice(0, after), groupBy, ...others.slice(after)]
}
