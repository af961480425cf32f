/** Reads SQL text into its shape with the same reader that completes join-free SQL. */
import { JoinFreeError } from '../../data/join-free/join-free-error.js'
import { readQuery } from '../../data/join-free/read-query.js'
import { readTokens } from '../../data/join-free/sql-tokens.js'
import {
  type Clause,
  isSymbol,
  type Query,
  readNodes,
  type SqlNode,
  wordOf,
} from '../../data/join-free/sql-tree.js'
import { readSources } from './read-sources.js'
import { splitAt, splitConditions, textOf, toExpression } from './sql-expression.js'
import type { Expression, OrderItem, SelectItem, SelectShape, SqlShape } from './sql-shape.js'

const aggregates = new Set(
  'sum count avg mean min max median mode stddev variance quantile_cont percentile_cont string_agg list count_if'.split(
    ' ',
  ),
)
/** Functions that change how a number looks but not what it is. */
const wrappers = new Set([
  'round',
  'cast',
  'try_cast',
  'coalesce',
  'ifnull',
  'abs',
  'floor',
  'ceil',
])

/** Undefined for text that is no single SELECT. */
export function readSqlShape(sql: string): SqlShape | undefined {
  try {
    const nodes = [...readNodes(readTokens(sql))]
    while (isSymbol(nodes.at(-1), ';')) nodes.pop()
    return shapeOf(readQuery(nodes))
  } catch (error) {
    if (error instanceof JoinFreeError) return undefined
    throw error
  }
}

export function shapeOf(query: Query): SqlShape {
  const members = query.members.map(({ body }) => (isQuery(body) ? shapeOf(body) : undefined))
  const clauses = query.members.map(({ body }) => (isQuery(body) ? [] : body))
  const last = [...(clauses.at(-1) ?? []), ...query.tail]
  const limit = clauseOf(last, 'LIMIT')
  const offset = clauseOf(last, 'OFFSET')
  return {
    common: query.commonTables.map((table) => ({ name: table.name, query: shapeOf(table.query) })),
    selects: members.flatMap(
      (nested, index) => nested?.selects ?? [readSelect(clauses[index] ?? [])],
    ),
    operators: query.members.flatMap(({ operator }, index) => [
      ...(operator ? [operator.toLowerCase()] : []),
      ...(members[index]?.operators ?? []),
    ]),
    orderBy: splitAt(clauseOf(last, 'ORDER BY') ?? [], ',').map(readOrder),
    ...(limit && { limit: textOf(limit) }),
    ...(offset && { offset: textOf(offset) }),
  }
}

function isQuery(body: readonly Clause[] | Query): body is Query {
  return !Array.isArray(body)
}

function readSelect(clauses: readonly Clause[]): SelectShape {
  const selected = clauseOf(clauses, 'SELECT') ?? []
  const distinct = wordOf(selected[0]) === 'distinct'
  const group = splitAt(clauseOf(clauses, 'GROUP BY') ?? [], ',').map(toExpression)
  const items = splitAt(distinct ? selected.slice(1) : selected, ',').map(readItem)
  return {
    distinct,
    items,
    sources: readSources(clauseOf(clauses, 'FROM') ?? [], shapeOf),
    filters: splitConditions(clauseOf(clauses, 'WHERE') ?? []).map(toExpression),
    groupBy: group.flatMap((expression) => resolvePosition(expression, items)),
    having: splitConditions(clauseOf(clauses, 'HAVING') ?? []).map(toExpression),
  }
}

/** `GROUP BY 1` and `GROUP BY ALL` mean select items. */
function resolvePosition(
  expression: Expression,
  items: readonly SelectItem[],
): readonly Expression[] {
  if (/^\d+$/.test(expression.text)) return [items[Number(expression.text) - 1] ?? expression]
  if (expression.text.toLowerCase() === 'all') return items.filter(({ aggregated }) => !aggregated)
  return [expression]
}

function clauseOf(clauses: readonly Clause[], keyword: string): readonly SqlNode[] | undefined {
  return clauses.find((clause) => clause.keyword === keyword)?.nodes
}

function readItem(nodes: readonly SqlNode[]): SelectItem {
  const { body, alias } = splitAlias(nodes)
  const aggregate = aggregateOf(body)
  return {
    ...toExpression(body),
    ...(alias !== undefined && { alias }),
    ...(aggregate !== undefined && { aggregate }),
    aggregated: hasAggregate(body),
  }
}

function splitAlias(nodes: readonly SqlNode[]): { body: readonly SqlNode[]; alias?: string } {
  const last = nodes.at(-1)
  const before = nodes.at(-2)
  if (last?.type !== 'name' || last.parts.length !== 1 || !before) return { body: nodes }
  const alias = last.parts[0]?.name ?? ''
  if (wordOf(before) === 'as') return { body: nodes.slice(0, -2), alias }
  const endsValue = before.type !== 'text' || before.kind !== 'symbol'
  const isAlias = endsValue && wordOf(last) !== 'end' && wordOf(last) !== 'null'
  return isAlias ? { body: nodes.slice(0, -1), alias } : { body: nodes }
}

function aggregateOf(nodes: readonly SqlNode[]): string | undefined {
  const word = wordOf(nodes[0])
  const group = nodes[1]
  if (word === undefined || group?.type !== 'group') return undefined
  const after = wordOf(nodes[2])
  const isWhole = nodes.length === 2 || isSymbol(nodes[2], '::') || after === 'filter'
  if (aggregates.has(word)) return isWhole ? word : undefined
  return wrappers.has(word) && isWhole ? aggregateOf(splitAt(group.nodes, ',')[0] ?? []) : undefined
}

function hasAggregate(nodes: readonly SqlNode[]): boolean {
  return nodes.some((node, index) => {
    if (node.type === 'group') return hasAggregate(node.nodes)
    const called = nodes[index + 1]?.type === 'group' && wordOf(nodes[index + 2]) !== 'over'
    return called && aggregates.has(wordOf(node) ?? '')
  })
}

function readOrder(nodes: readonly SqlNode[]): OrderItem {
  const end = nodes.findIndex((node) => ['asc', 'desc', 'nulls'].includes(wordOf(node) ?? ''))
  const descending = nodes.some((node) => wordOf(node) === 'desc')
  return { ...toExpression(end < 0 ? nodes : nodes.slice(0, end)), descending }
}
