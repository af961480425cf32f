/** Gives grouped rows an order where their SQL has none: engines return them as it comes, each time in another order. */
import { type Catalog, findTable } from '../catalog.js'
import { hasAggregate, hasWindow, isStar } from './aggregation.js'
import { namesIn } from './conditions.js'
import type { Expression } from './list-items.js'
import { expressionKey, joinItems, readSelectItems, splitItems } from './list-items.js'
import type { Clause, Query, SqlNode } from './sql-tree.js'
import { wordOf } from './sql-tree.js'

/** Calls whose results sort as the times they are parts of; names of days and months do not. */
const timeCalls = new Set(
  'date_trunc year quarter month week day date strftime extract date_part'.split(' '),
)

/**
 * Times in their own order, then the largest first figure, then names. Only the outermost select: what is inside needs no
 * order. A query with LIMIT stays as it is: which rows it means is not for code to say.
 */
export function orderGroups(query: Query, catalog: Catalog): Query {
  const [member, ...others] = query.members
  if (!member || others.length > 0 || query.tail.length > 0) return query
  const { body } = member
  if (!isClauses(body) || !isGroupedAlone(body)) return query
  const order = orderOf(body, catalog)
  if (order.length === 0) return query
  const clause = { keyword: 'ORDER BY', nodes: joinItems(order) }
  return { ...query, members: [{ ...member, body: [...body, clause] }] }
}

function isClauses(body: readonly Clause[] | Query): body is readonly Clause[] {
  return Array.isArray(body)
}

function isGroupedAlone(clauses: readonly Clause[]): boolean {
  const keywords = new Set(clauses.map(({ keyword }) => keyword))
  return keywords.has('GROUP BY') && !['ORDER BY', 'LIMIT', 'OFFSET'].some((k) => keywords.has(k))
}

function orderOf(clauses: readonly Clause[], catalog: Catalog): readonly Expression[] {
  const nodesOf = (wanted: string) => clauses.find(({ keyword }) => keyword === wanted)?.nodes ?? []
  const shown = readSelectItems(nodesOf('SELECT')).map(({ expression }) => expression)
  if (shown.some((expression) => isStar(expression))) return []
  const keys = new Set(splitItems(nodesOf('GROUP BY')).map(expressionKey))
  const groups = shown.filter((expression) => keys.has(expressionKey(expression)))
  const times = groups.filter((expression) => isTime(expression, catalog))
  const figure = shown.find((expression) => hasAggregate(expression) && !hasWindow(expression))
  const names = groups.filter((expression) => !times.includes(expression))
  return [...times, ...(figure && times.length === 0 ? [descending(figure)] : []), ...names]
}

function descending(expression: Expression): Expression {
  return [...expression, word('desc')]
}

function word(name: string): SqlNode {
  return { type: 'name', parts: [{ name, quoted: false }] }
}

/** A part of a date, a column of dates, or a number called year, month and the like. */
function isTime(expression: Expression, catalog: Catalog): boolean {
  const names = namesIn(expression)
  if (names.some(({ node }) => wordOf(node) === 'case')) return false
  if (names.some(({ node }) => timeCalls.has(wordOf(node) ?? ''))) return true
  const [table, column] = names.length === 1 ? (names[0]?.node.parts ?? []) : []
  const known = findTable(catalog, table?.name ?? '')?.columns.find(
    ({ name }) => name.toLowerCase() === column?.name.toLowerCase(),
  )
  if (known?.kind === 'number') return /year|quarter|month|week/i.test(known.name)
  return known?.kind === 'date' || known?.kind === 'timestamp'
}
