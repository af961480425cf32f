/** Writes a query tree as readable SQL: one clause a line, nested queries indented. */
import type { Dialect } from '../catalog.js'
import { quoteIdentifier } from './quote-identifier.js'
import type { Clause, NameNode, Query, SqlNode } from './sql-tree.js'
import { closingBracket, wordOf } from './sql-tree.js'
import { joinWords, spacedKeywords, upperCaseWords } from './sql-words.js'

interface Layout {
  readonly dialect: Dialect
  /** Spaces before each line. */
  readonly indent: number
}

const indentStep = 2

export function renderQuery(query: Query, dialect: Dialect): string {
  return queryText(query, { dialect, indent: 0 })
}

function queryText(query: Query, layout: Layout): string {
  const lines = query.members.flatMap(({ operator, body }) => [
    ...(operator === undefined ? [] : [operator]),
    Array.isArray(body)
      ? clausesText(body as readonly Clause[], layout)
      : nestedText(body as Query, layout),
  ])
  const tail = query.tail.length > 0 ? [clausesText(query.tail, layout)] : []
  return [...commonTablesText(query, layout), ...lines, ...tail].join(lineBreak(layout))
}

function commonTablesText(query: Query, layout: Layout): readonly string[] {
  if (query.commonTables.length === 0) return []
  const tables = query.commonTables.map(({ name, between, query: body }) => {
    const head = [name].map((text) => quoteIdentifier(text, layout.dialect))
    return `${head}${nodesText(between, layout, true)} ${nestedText(body, layout)}`
  })
  return [`WITH ${query.recursive ? 'RECURSIVE ' : ''}${tables.join(', ')}`]
}

function clausesText(clauses: readonly Clause[], layout: Layout): string {
  return clauses
    .flatMap(({ keyword, nodes }) => {
      const lines = keyword === 'FROM' ? splitJoins(nodes) : [nodes]
      const [first = '', ...joins] = lines.map((line) => nodesText(line, layout))
      return [`${keyword} ${first}`.trimEnd(), ...joins]
    })
    .join(lineBreak(layout))
}

/** The nodes before the first explicit join, then each join with the words that lead it. */
function splitJoins(nodes: readonly SqlNode[]): readonly (readonly SqlNode[])[] {
  const starts = nodes.flatMap((node, index) => {
    if (wordOf(node) !== 'join') return []
    let start = index
    while (joinWords.has(wordOf(nodes[start - 1]) ?? '')) start--
    return [start]
  })
  return [0, ...starts].map((start, index) => nodes.slice(start, starts[index]))
}

function nestedText(query: Query, layout: Layout): string {
  const inner = { ...layout, indent: layout.indent + indentStep }
  return `(${lineBreak(inner)}${queryText(query, inner)}${lineBreak(layout)})`
}

function lineBreak({ indent }: Layout): string {
  return `\n${' '.repeat(indent)}`
}

function nodesText(nodes: readonly SqlNode[], layout: Layout, leadingSpace = false): string {
  let text = ''
  nodes.forEach((node, index) => {
    const previous = nodes[index - 1]
    const first = index === 0
    const space = first ? leadingSpace && node.type === 'name' : needsSpace(nodes, index, previous)
    text += `${space ? ' ' : ''}${nodeText(node, nodes[index + 1], previous, layout)}`
  })
  return text
}

function nodeText(
  node: SqlNode,
  next: SqlNode | undefined,
  previous: SqlNode | undefined,
  layout: Layout,
): string {
  if (node.type === 'text') return node.text
  if (node.type === 'query') return nestedText(node.query, layout)
  if (node.type === 'group') {
    return `${node.open}${nodesText(node.nodes, layout)}${closingBracket[node.open]}`
  }
  return isKeyword(node, next, previous) ? nameText(node).toUpperCase() : quoted(node, layout)
}

function nameText(node: NameNode): string {
  return node.parts.map((part) => part.name).join('.')
}

function quoted(node: NameNode, { dialect }: Layout): string {
  return node.parts
    .map(({ name, quoted: isQuoted }) => (isQuoted ? quoteIdentifier(name, dialect) : name))
    .join('.')
}

/** Keywords, function names and the type before a literal, as in DATE '2024-01-01'. */
function isKeyword(
  node: NameNode,
  next: SqlNode | undefined,
  previous: SqlNode | undefined,
): boolean {
  const word = wordOf(node)
  if (word === undefined || wordOf(previous) === 'as') return false
  if (upperCaseWords.has(word)) return true
  if (next?.type === 'group' || next?.type === 'query') return opensArguments(next)
  return next?.type === 'text' && next.kind === 'string'
}

function opensArguments(node: SqlNode): boolean {
  return node.type === 'query' || (node.type === 'group' && node.open === '(')
}

const tightSymbols = new Set(['::', '.', ':'])

/** Whether SQL reads better with a space before the node at `index`. */
export function needsSpace(
  nodes: readonly SqlNode[],
  index: number,
  previous: SqlNode | undefined,
): boolean {
  const node = nodes[index]
  if (node?.type === 'text' && node.kind === 'symbol') {
    if (node.text === ',' || tightSymbols.has(node.text)) return false
  }
  if (previous?.type === 'text' && previous.kind === 'symbol') {
    if (previous.text === '::' || previous.text === '.' || previous.text === '$') return false
    if (/^[-+~@]$/.test(previous.text)) return !isUnary(nodes[index - 2])
    return true
  }
  if (node?.type === 'group' || node?.type === 'query') return spaceBeforeGroup(node, previous)
  return true
}

/** A sign is unary at the start and after an operator, a comma or a keyword. */
function isUnary(before: SqlNode | undefined): boolean {
  if (before === undefined) return true
  if (before.type === 'text') return before.kind === 'symbol' && before.text !== '*'
  const word = wordOf(before)
  return word !== undefined && upperCaseWords.has(word) && word !== 'end' && word !== 'null'
}

function spaceBeforeGroup(node: SqlNode, previous: SqlNode | undefined): boolean {
  const word = wordOf(previous)
  if (word !== undefined && spacedKeywords.has(word)) return true
  if (node.type === 'group' && node.open === '{') return true
  return previous?.type !== 'name' && previous?.type !== 'group'
}
