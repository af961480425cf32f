/** How hard Spider calls a question: by what its gold SQL is made of (`eval_hardness` of the official evaluator). */
import { JoinFreeError } from '../join-free/join-free-error.js'
import { readQuery } from '../join-free/read-query.js'
import { readTokens } from '../join-free/sql-tokens.js'
import { type Clause, isSymbol, readNodes, type SqlNode, wordOf } from '../join-free/sql-tree.js'

export type Hardness = 'easy' | 'medium' | 'hard' | 'extra'

const aggregates = new Set(['max', 'min', 'count', 'sum', 'avg'])

/** Undefined for what is not one SELECT, or cannot be read. */
export function hardnessOf(sql: string): Hardness | undefined {
  try {
    const tokens = readTokens(sql.trim().replace(/;\s*$/, ''))
    const [first, ...others] = readQuery(readNodes(tokens)).members
    if (!first || 'members' in first.body) return undefined
    return gradeOf(countParts(first.body, others.length > 0 ? 1 : 0))
  } catch (error) {
    if (error instanceof JoinFreeError) return undefined
    throw error
  }
}

interface Parts {
  /** Clauses beyond SELECT and FROM, joins, OR and LIKE. */
  readonly clauses: number
  /** Nested queries of conditions, and set operations. */
  readonly nested: number
  /** More than one of: aggregates, selected columns, conditions, grouping columns. */
  readonly multiples: number
}

/** The published thresholds, in the published order. */
function gradeOf({ clauses, nested, multiples }: Parts): Hardness {
  if (nested === 0) {
    if (clauses <= 1 && multiples === 0) return 'easy'
    if ((multiples <= 2 && clauses <= 1) || (clauses <= 2 && multiples < 2)) return 'medium'
    if (multiples > 2 && clauses <= 2) return 'hard'
    if (clauses === 3 && multiples <= 2) return 'hard'
  }
  return clauses <= 1 && multiples === 0 && nested <= 1 ? 'hard' : 'extra'
}

/** Of the first SELECT: what follows a set operator belongs to the other side, its ORDER BY included. */
function countParts(clauses: readonly Clause[], setOperations: number): Parts {
  const nodesOf = (keyword: string) =>
    clauses.filter((clause) => clause.keyword === keyword).flatMap(({ nodes }) => nodes)
  const [select, from, group, order] = ['SELECT', 'FROM', 'GROUP BY', 'ORDER BY'].map(nodesOf)
  const [on, where, having] = [onConditions(from ?? []), nodesOf('WHERE'), nodesOf('HAVING')].map(
    readConditions,
  )
  if (!select || !from || !group || !order || !on || !where || !having) throw new Error('No lists.')
  const all = [on, where, having]
  const present = [where.count, group.length, order.length, nodesOf('LIMIT').length]
  const items = splitList(withoutDistinct(select))
  return {
    clauses:
      present.filter((length) => length > 0).length +
      joinsOf(from) +
      sum(all.map(({ ors, likes }) => ors + likes)),
    nested: setOperations + sum(all.map(({ queries }) => queries)),
    multiples: [
      // The evaluator counts NOT in WHERE and HAVING, and each AND and OR of HAVING, as aggregates.
      items.filter(isAggregate).length +
        where.nots +
        having.nots +
        Math.max(0, having.count - 1) +
        aggregatesIn(group) +
        aggregatesIn(order),
      items.length,
      where.count,
      splitList(group).length,
    ].filter((count) => count > 1).length,
  }
}

interface Conditions {
  readonly count: number
  readonly ors: number
  readonly likes: number
  readonly nots: number
  readonly queries: number
}

function readConditions(nodes: readonly SqlNode[]): Conditions {
  const words = nodes.map(wordOf)
  const isConnector = (word: string | undefined, at: number) =>
    word === 'or' || (word === 'and' && !closesBetween(words, at))
  const connectors = words.filter(isConnector)
  return {
    count: nodes.length === 0 ? 0 : connectors.length + 1,
    ors: connectors.filter((word) => word === 'or').length,
    likes: words.filter((word) => word === 'like').length,
    nots: words.filter((word, at) => word === 'not' && words[at - 1] !== 'is').length,
    queries: nodes.filter(({ type }) => type === 'query').length,
  }
}

/** The AND of `between 1 and 2` joins no conditions. */
function closesBetween(words: readonly (string | undefined)[], at: number): boolean {
  const before = words.slice(0, at)
  const between = before.lastIndexOf('between')
  return between >= 0 && !before.slice(between).includes('and')
}

function onConditions(from: readonly SqlNode[]): readonly SqlNode[] {
  const conditions: SqlNode[] = []
  let isOn = false
  for (const node of from) {
    const word = wordOf(node)
    if (word === 'join' || isSymbol(node, ',')) isOn = false
    if (isOn) conditions.push(node)
    if (word === 'on') isOn = true
  }
  return conditions
}

function joinsOf(from: readonly SqlNode[]): number {
  return from.filter((node) => wordOf(node) === 'join' || isSymbol(node, ',')).length
}

function withoutDistinct(nodes: readonly SqlNode[]): readonly SqlNode[] {
  return wordOf(nodes[0]) === 'distinct' ? nodes.slice(1) : nodes
}

function splitList(nodes: readonly SqlNode[]): readonly (readonly SqlNode[])[] {
  if (nodes.length === 0) return []
  const items: SqlNode[][] = [[]]
  for (const node of nodes) {
    if (isSymbol(node, ',')) items.push([])
    else items.at(-1)?.push(node)
  }
  return items
}

/** `count(x)` as a whole: in `max(x) - min(x)` the aggregates are parts, and do not count. */
function isAggregate(item: readonly SqlNode[]): boolean {
  const isSum = item.some((node) => ['-', '+', '*', '/'].some((sign) => isSymbol(node, sign)))
  return !isSum && aggregatesIn(item) > 0
}

function aggregatesIn(nodes: readonly SqlNode[]): number {
  return nodes.filter(
    (node, at) => aggregates.has(wordOf(node) ?? '') && nodes[at + 1]?.type === 'group',
  ).length
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0)
}
