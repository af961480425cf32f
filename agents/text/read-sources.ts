/** Reads a FROM clause: tables and sub-queries with how each is joined and on what. */
import { isSymbol, type Query, type SqlNode, wordOf } from '../../data/join-free/sql-tree.js'
import { joinWords } from '../../data/join-free/sql-words.js'
import { splitConditions, textOf, toExpression } from './sql-expression.js'
import type { Source, SqlShape } from './sql-shape.js'

type ReadQuery = (query: Query) => SqlShape

export function readSources(nodes: readonly SqlNode[], readQuery: ReadQuery): readonly Source[] {
  return splitSources(nodes).flatMap((part) => readSource(part, readQuery))
}

interface Part {
  readonly join?: string
  readonly nodes: readonly SqlNode[]
}

/** Cuts at commas and at the words that lead a JOIN. */
function splitSources(nodes: readonly SqlNode[]): readonly Part[] {
  const parts: { join?: string; nodes: SqlNode[] }[] = [{ nodes: [] }]
  let kinds: string[] = []
  for (const node of nodes) {
    const word = wordOf(node)
    if (word === 'join') {
      parts.push({ join: kinds.filter((kind) => kind !== 'outer').join(' ') || 'inner', nodes: [] })
      kinds = []
    } else if (word !== undefined && joinWords.has(word)) kinds.push(word)
    else if (isSymbol(node, ',')) parts.push({ join: 'cross', nodes: [] })
    else parts.at(-1)?.nodes.push(node)
  }
  return parts.filter((part) => part.nodes.length > 0)
}

function readSource({ nodes, join }: Part, readQuery: ReadQuery): readonly Source[] {
  const at = nodes.findIndex((node) => ['on', 'using'].includes(wordOf(node) ?? ''))
  const named = at < 0 ? nodes : nodes.slice(0, at)
  const [first, ...rest] = named
  const conditions = at < 0 ? [] : splitConditions(nodes.slice(at + 1)).map(toExpression)
  const joined = { conditions, ...(join !== undefined && { join }) }
  const alias = rest.findLast((node) => node.type === 'name' && wordOf(node) !== 'as')
  const aliased = { ...joined, ...(alias && { alias: textOf([alias]) }) }
  if (first?.type === 'query') return [{ ...aliased, query: readQuery(first.query) }]
  if (first?.type === 'group')
    return [...readSources(first.nodes, readQuery).map((s) => ({ ...joined, ...s }))]
  if (first?.type !== 'name') return []
  if (rest[0]?.type === 'group') return [{ ...aliased, table: textOf(named.slice(0, 2)) }]
  return [{ ...aliased, table: first.parts.map(({ name }) => name).join('.') }]
}
