/** Reads a FROM clause: which names it makes visible, and whether it is a plain list or the long form. */
import type { NameNode, SqlNode } from './sql-tree.js'
import { isSymbol, wordOf } from './sql-tree.js'

export interface FromSource {
  /** Present for a table by name; absent for sub-queries and table functions. */
  readonly table?: NameNode
  readonly alias?: string
  /** The source as written, with its alias. */
  readonly nodes: readonly SqlNode[]
}

export interface FromSources {
  /** A list of tables and named sub-queries without aliases on tables, joins or functions. */
  readonly plain: boolean
  readonly sources: readonly FromSource[]
}

const afterSource = new Set(
  'join inner left right full cross natural asof positional semi anti outer on using pivot unpivot tablesample lateral'.split(
    ' ',
  ),
)

export function readFromSources(nodes: readonly SqlNode[]): FromSources {
  const sources: FromSource[] = []
  let plain = true
  for (let index = 0; index < nodes.length; ) {
    const { source, inner, next } = readSource(nodes, index)
    if (source !== undefined) sources.push(source)
    sources.push(...inner)
    const tail = endOfTail(nodes, next)
    if (inner.length > 0 || tail > next || !isPlain(source)) plain = false
    index = tail + 1
    if (wordOf(nodes[tail]) === 'join') plain = false
  }
  return { plain, sources }
}

function isPlain(source: FromSource | undefined): boolean {
  if (source === undefined) return false
  if (source.table !== undefined) return source.alias === undefined
  return source.nodes[0]?.type === 'query' && source.alias !== undefined
}

function readSource(nodes: readonly SqlNode[], start: number) {
  const first = wordOf(nodes[start]) === 'lateral' ? start + 1 : start
  const node = nodes[first]
  const next = nodes[first + 1]
  if (node?.type === 'group') {
    return { source: undefined, inner: readFromSources(node.nodes).sources, next: first + 1 }
  }
  const isFunction = node?.type === 'name' && next?.type === 'group'
  const { alias, end } = readAlias(nodes, first + (isFunction ? 2 : 1))
  const written = { nodes: nodes.slice(start, end), ...(alias === undefined ? {} : { alias }) }
  const source: FromSource =
    node?.type === 'name' && !isFunction ? { ...written, table: node } : written
  return { source, inner: [], next: end }
}

function readAlias(nodes: readonly SqlNode[], start: number) {
  const hasAs = wordOf(nodes[start]) === 'as'
  const at = hasAs ? start + 1 : start
  const node = nodes[at]
  const isAlias = node?.type === 'name' && (hasAs || !afterSource.has(wordOf(node) ?? ''))
  if (!isAlias) return { alias: undefined, end: start }
  const hasColumns = nodes[at + 1]?.type === 'group'
  return { alias: node.parts[0]?.name, end: at + (hasColumns ? 2 : 1) }
}

/** The position of the comma or JOIN that starts the next source. */
function endOfTail(nodes: readonly SqlNode[], start: number): number {
  let index = start
  while (index < nodes.length && !isSymbol(nodes[index], ',') && wordOf(nodes[index]) !== 'join') {
    index++
  }
  return index
}
