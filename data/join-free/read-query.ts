/** Splits a flat list of nodes into a query: common tables, set operators and clauses. */
import { JoinFreeError } from './join-free-error.js'
import type { Clause, CommonTable, Member, Query, SqlNode } from './sql-tree.js'
import { isSymbol, wordOf } from './sql-tree.js'

const setOperators = new Set(['union', 'intersect', 'except'])
const oneWordClauses = new Set([
  'select',
  'from',
  'where',
  'having',
  'window',
  'qualify',
  'limit',
  'offset',
  'fetch',
])
const twoWordClauses: Readonly<Record<string, string>> = {
  group: 'by',
  order: 'by',
  using: 'sample',
}

/** Throws a JoinFreeError when the nodes are no query. */
export function readQuery(nodes: readonly SqlNode[]): Query {
  const { recursive, commonTables, rest } = readCommonTables(nodes)
  const members: Member[] = []
  let tail: readonly Clause[] = []
  for (const { operator, nodes: memberNodes } of splitMembers(rest)) {
    const { body, after } = readMember(memberNodes)
    members.push(operator === undefined ? { body } : { operator, body })
    tail = after
  }
  return { recursive, commonTables, members, tail }
}

/** Nested queries become query nodes; every other node stays. */
function nest(node: SqlNode): SqlNode {
  if (node.type !== 'group') return node
  if (node.open === '(' && startsQuery(node.nodes)) {
    return { type: 'query', query: readQuery(node.nodes) }
  }
  return { ...node, nodes: node.nodes.map(nest) }
}

function startsQuery(nodes: readonly SqlNode[]): boolean {
  const [first] = nodes
  const word = wordOf(first)
  if (word === 'select' || word === 'with') return true
  return (
    first?.type === 'group' &&
    first.open === '(' &&
    startsQuery(first.nodes) &&
    (nodes.length === 1 || nodes.some((node) => setOperators.has(wordOf(node) ?? '')))
  )
}

function readCommonTables(nodes: readonly SqlNode[]) {
  if (wordOf(nodes[0]) !== 'with') return { recursive: false, commonTables: [], rest: nodes }
  const recursive = wordOf(nodes[1]) === 'recursive'
  const commonTables: CommonTable[] = []
  let position = recursive ? 2 : 1
  for (;;) {
    const { commonTable, next } = readCommonTable(nodes, position)
    commonTables.push(commonTable)
    position = next
    if (!isSymbol(nodes[position], ',')) break
    position++
  }
  return { recursive, commonTables, rest: nodes.slice(position) }
}

function readCommonTable(nodes: readonly SqlNode[], start: number) {
  const name = nodes[start]
  let end = start + 1
  for (; end < nodes.length; end++) {
    const node = nodes[end]
    if (node?.type === 'group' && startsQuery(node.nodes)) break
  }
  const body = nodes[end]
  if (name?.type !== 'name' || body?.type !== 'group') {
    throw new JoinFreeError('After WITH, a name, AS and a SELECT in brackets are expected.')
  }
  const commonTable: CommonTable = {
    name: name.parts[0]?.name ?? '',
    between: nodes.slice(start + 1, end),
    query: readQuery(body.nodes),
  }
  return { commonTable, next: end + 1 }
}

function splitMembers(nodes: readonly SqlNode[]) {
  const members: { operator?: string; nodes: SqlNode[] }[] = [{ nodes: [] }]
  for (let index = 0; index < nodes.length; index++) {
    const node = nodes[index] as SqlNode
    const word = wordOf(node)
    if (word === undefined || !setOperators.has(word) || isAliasPosition(nodes, index)) {
      members.at(-1)?.nodes.push(node)
      continue
    }
    const words = [word]
    while (['all', 'distinct', 'by', 'name'].includes(wordOf(nodes[index + 1]) ?? '')) {
      words.push(wordOf(nodes[++index]) ?? '')
    }
    members.push({ operator: words.join(' ').toUpperCase(), nodes: [] })
  }
  return members
}

function readMember(nodes: readonly SqlNode[]) {
  const [first] = nodes
  if (first?.type === 'group' && startsQuery(first.nodes)) {
    return { body: readQuery(first.nodes), after: readClauses(nodes.slice(1)) }
  }
  if (wordOf(first) !== 'select') {
    throw new JoinFreeError('The SQL must be a query that starts with SELECT or WITH.')
  }
  return { body: readClauses(nodes), after: [] }
}

function readClauses(nodes: readonly SqlNode[]): readonly Clause[] {
  const clauses: { keyword: string; nodes: SqlNode[] }[] = []
  for (let index = 0; index < nodes.length; index++) {
    const words = clauseAt(nodes, index)
    if (words !== undefined) {
      clauses.push({ keyword: words.join(' ').toUpperCase(), nodes: [] })
      index += words.length - 1
      continue
    }
    const clause = clauses.at(-1)
    if (clause === undefined)
      throw new JoinFreeError('A bracketed query is followed by stray text.')
    clause.nodes.push(nest(nodes[index] as SqlNode))
  }
  return clauses
}

function clauseAt(nodes: readonly SqlNode[], index: number): readonly string[] | undefined {
  const word = wordOf(nodes[index])
  if (word === undefined || isAliasPosition(nodes, index)) return undefined
  const second = twoWordClauses[word]
  if (second !== undefined) {
    const isClause = wordOf(nodes[index + 1]) === second && wordOf(nodes[index - 1]) !== 'within'
    return isClause ? [word, second] : undefined
  }
  if (!oneWordClauses.has(word)) return undefined
  return word === 'from' && isDistinctFrom(nodes, index) ? undefined : [word]
}

/** The FROM of `is [not] distinct from` compares two values. */
function isDistinctFrom(nodes: readonly SqlNode[], index: number): boolean {
  return (
    wordOf(nodes[index - 1]) === 'distinct' &&
    ['is', 'not'].includes(wordOf(nodes[index - 2]) ?? '')
  )
}

function isAliasPosition(nodes: readonly SqlNode[], index: number): boolean {
  return wordOf(nodes[index - 1]) === 'as'
}
