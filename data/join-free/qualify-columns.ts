/** Gives every column of hand-written SQL its table, and tells columns from strings, aliases and words. */
import type { ColumnScope, FoundColumn } from './column-scope.js'
import { findBareColumn, findColumnOf, findInstance } from './column-scope.js'
import { JoinFreeError } from './join-free-error.js'
import type { Expression } from './list-items.js'
import type { NameNode, SqlNode } from './sql-tree.js'
import { wordOf } from './sql-tree.js'
import { upperCaseWords } from './sql-words.js'

export interface QualifyOptions {
  readonly scope: ColumnScope
  /** What the select calls its items, in lower case. */
  readonly aliases: ReadonlyMap<string, Expression>
  /** In ORDER BY an alias hides a column of the same name. */
  readonly aliasesFirst: boolean
}

/** Words that SQL also lets columns be called by. */
const softWords = new Set(
  'first last rows range groups current row following preceding exclude ignore respect at positional semi anti end escape interval return sets values cube rollup over filter within left right full outer inner cross similar some any all lateral collate'.split(
    ' ',
  ),
)

const valueWords = new Set(['null', 'true', 'false'])

/** Queries nested in the nodes stay as they are. Throws a JoinFreeError for a name that nothing has. */
export function qualifyNodes(
  nodes: readonly SqlNode[],
  options: QualifyOptions,
): readonly SqlNode[] {
  return nodes.flatMap((node, index): readonly SqlNode[] => {
    if (node.type === 'group') return [{ ...node, nodes: qualifyNodes(node.nodes, options) }]
    if (node.type !== 'name') return [node]
    const isType = wordOf(nodes[index - 1]) === 'as'
    const isFunction = nodes[index + 1]?.type === 'group' && node.parts.length === 1
    // `interval 2 year`
    const isUnit = wordOf(nodes[index - 2]) === 'interval'
    if (isType || isUnit || closesCase(node, nodes[index - 1])) return [lowered(node)]
    return node.parts.length > 1
      ? [qualifyDotted(node, options)]
      : qualifyWord(node, isFunction, options)
  })
}

/** In `case when end > 3 then 1 end` the first END is a column; the second follows a value, and can be none. */
function closesCase(node: NameNode, before: SqlNode | undefined): boolean {
  if (wordOf(node) !== 'end' || before === undefined) return false
  if (before.type === 'text') return before.kind !== 'symbol'
  const word = wordOf(before) ?? ''
  return !upperCaseWords.has(word) || softWords.has(word) || valueWords.has(word)
}

function qualifyDotted(node: NameNode, { scope }: QualifyOptions): NameNode {
  const [table, column] = node.parts.slice(-2)
  const instance = findInstance(scope, table?.name ?? '')
  if (instance === undefined) throw new JoinFreeError(`There is no table "${table?.name}".`)
  if (column?.name === '*') return columnNode(instance.key, '*')
  const found = findColumnOf(instance, column?.name ?? '')
  if (found === undefined) {
    throw new JoinFreeError(`The table "${table?.name}" has no column "${column?.name}".`)
  }
  return foundNode(found)
}

function qualifyWord(
  node: NameNode,
  isFunction: boolean,
  { scope, aliases, aliasesFirst }: QualifyOptions,
): readonly SqlNode[] {
  const word = wordOf(node)
  const name = node.parts[0]?.name ?? ''
  if (word !== undefined && upperCaseWords.has(word) && !softWords.has(word)) return [lowered(node)]
  const alias = aliases.get(name.toLowerCase())
  if (aliasesFirst && alias !== undefined) return bracketed(alias)
  const found = isFunction ? undefined : findBareColumn(scope, name)
  if (found !== undefined) return [foundNode(found)]
  if (alias !== undefined && !isFunction) return bracketed(alias)
  if (word === undefined) {
    return [{ type: 'text', kind: 'string', text: `'${name.replaceAll("'", "''")}'` }]
  }
  if (isFunction || upperCaseWords.has(word)) return [lowered(node)]
  throw new JoinFreeError(`There is no column "${name}".`)
}

/** A sum in the place of its alias would read differently in a product. */
function bracketed(expression: Expression): readonly SqlNode[] {
  const isCall = expression.length === 2 && expression[1]?.type === 'group'
  return expression.length === 1 || isCall
    ? expression
    : [{ type: 'group', open: '(', nodes: expression }]
}

function lowered(node: NameNode): NameNode {
  const parts = node.parts.map(({ name, quoted }) => ({
    name: quoted ? name : name.toLowerCase(),
    quoted,
  }))
  return { ...node, parts }
}

function foundNode({ instance, name }: FoundColumn): NameNode {
  return columnNode(instance.key, name)
}

export function columnNode(table: string, column: string): NameNode {
  return {
    type: 'name',
    parts: [
      { name: table, quoted: true },
      { name: column, quoted: column !== '*' },
    ],
  }
}
