/** Reads the FROM clause of hand-written SQL: its sources, how they are joined, and on what. */
import { JoinFreeError } from './join-free-error.js'
import type { Query, SqlNode } from './sql-tree.js'
import { isSymbol, wordOf } from './sql-tree.js'

export interface GoldSource {
  /** The table's name or the sub-query in its place. */
  readonly origin: { readonly table: string } | { readonly query: Query }
  readonly alias?: string
  /** Words before this source, such as `left join`; empty for the first, `join` for a comma. */
  readonly join: string
  /** What stands after ON. */
  readonly on: readonly SqlNode[]
}

const joinWords = new Set('join inner cross left right full outer natural'.split(' '))
const plainJoins = new Set(['join', 'inner join', 'cross join'])

/** Throws a JoinFreeError for what Parley does not write itself: USING, nested joins, table functions. */
export function readGoldFrom(nodes: readonly SqlNode[]): readonly GoldSource[] {
  const sources: GoldSource[] = []
  for (let index = 0; index < nodes.length; ) {
    const join = readJoin(nodes, index)
    const source = readSource(nodes, join.next)
    const on = readCondition(nodes, source.next)
    sources.push({
      origin: source.origin,
      ...(source.alias === undefined ? {} : { alias: source.alias }),
      join: join.words,
      on: on.nodes,
    })
    index = on.next
  }
  return sources
}

function readJoin(nodes: readonly SqlNode[], start: number) {
  if (isSymbol(nodes[start], ',')) return { words: 'join', next: start + 1 }
  let next = start
  while (isJoinWord(nodes[next])) next++
  const words = nodes.slice(start, next).flatMap((node) => wordOf(node) ?? [])
  return { words: plainJoins.has(words.join(' ')) ? 'join' : words.join(' '), next }
}

function readSource(nodes: readonly SqlNode[], start: number) {
  const node = nodes[start]
  const { alias, next } = readAlias(nodes, start + 1)
  if (node?.type === 'query') return { origin: { query: node.query }, alias, next }
  const table = node?.type === 'name' ? node.parts.at(-1)?.name : undefined
  if (table === undefined || nodes[start + 1]?.type === 'group') {
    throw new JoinFreeError('The FROM clause reads more than tables and sub-queries.')
  }
  return { origin: { table }, alias, next }
}

function readAlias(nodes: readonly SqlNode[], start: number) {
  const at = wordOf(nodes[start]) === 'as' ? start + 1 : start
  const node = nodes[at]
  const isAlias = node?.type === 'name' && !isJoinWord(node) && wordOf(node) !== 'on'
  return isAlias ? { alias: node.parts[0]?.name, next: at + 1 } : { alias: undefined, next: start }
}

function readCondition(nodes: readonly SqlNode[], start: number) {
  if (start >= nodes.length || isSymbol(nodes[start], ',') || isJoinWord(nodes[start])) {
    return { nodes: [], next: start }
  }
  if (wordOf(nodes[start]) !== 'on') {
    throw new JoinFreeError('A join must say with ON what it compares.')
  }
  let end = start + 1
  while (end < nodes.length && !isSymbol(nodes[end], ',') && !isJoinWord(nodes[end])) end++
  return { nodes: nodes.slice(start + 1, end), next: end }
}

function isJoinWord(node: SqlNode | undefined): boolean {
  return joinWords.has(wordOf(node) ?? '')
}
