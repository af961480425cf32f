/** Reads SQL over one table back into a logical form. */
import { splitConjuncts } from '../../join-free/join-conditions.js'
import { JoinFreeError } from '../../join-free/join-free-error.js'
import { readQuery } from '../../join-free/read-query.js'
import { readTokens } from '../../join-free/sql-tokens.js'
import { type Clause, isSymbol, readNodes, type SqlNode, wordOf } from '../../join-free/sql-tree.js'
import type { WikiAggregate, WikiCondition } from '../../training/wikisql/wiki-question.js'
import type { ReadForm } from './logical-form.js'

/** In the order of the table. */
type Columns = readonly string[]

/** Undefined where the SQL is no single SELECT of one thing from one table, or has clauses beyond WHERE. */
export function readLogicalForm(sql: string, columns: Columns): ReadForm | undefined {
  const clauses = readClauses(sql)
  if (clauses?.some(({ keyword }) => !['SELECT', 'FROM', 'WHERE'].includes(keyword))) {
    return undefined
  }
  const nodesOf = (wanted: string) => clauses?.find(({ keyword }) => keyword === wanted)?.nodes
  if (!isOneTable(nodesOf('FROM') ?? [])) return undefined
  const selected = readSelected(nodesOf('SELECT') ?? [], columns)
  return selected && { ...selected, conditions: readConditions(nodesOf('WHERE'), columns) }
}

/** `records`, `records r` or `records AS r`. */
function isOneTable(nodes: readonly SqlNode[]): boolean {
  return nodes.length <= 3 && nodes.length > 0 && nodes.every(({ type }) => type === 'name')
}

function readClauses(sql: string): readonly Clause[] | undefined {
  try {
    const nodes = readNodes(readTokens(sql)).filter((node) => !isSymbol(node, ';'))
    const { commonTables, members, tail } = readQuery(nodes)
    const [only, ...others] = members
    const isPlain = commonTables.length + others.length + tail.length === 0
    return isPlain && Array.isArray(only?.body) ? only.body : undefined
  } catch (error) {
    if (error instanceof JoinFreeError) return undefined
    throw error
  }
}

const aggregates: ReadonlySet<string> = new Set(['COUNT', 'SUM', 'AVG', 'MIN', 'MAX'])

function readSelected(
  nodes: readonly SqlNode[],
  columns: Columns,
): Pick<ReadForm, 'aggregate' | 'column' | 'isDistinct'> | undefined {
  const isDistinct = wordOf(nodes[0]) === 'distinct'
  const [first, second, ...rest] = withoutAlias(isDistinct ? nodes.slice(1) : nodes)
  if (rest.length > 0 || first === undefined) return undefined
  if (second === undefined) {
    const column = columnOf(first, columns)
    return column === undefined ? undefined : { column, isDistinct }
  }
  const aggregate = wordOf(first)?.toUpperCase() ?? ''
  if (isDistinct || !aggregates.has(aggregate) || second.type !== 'group') return undefined
  const inner = readAggregated(second.nodes, columns)
  return inner && { aggregate: aggregate as WikiAggregate, ...inner }
}

function readAggregated(nodes: readonly SqlNode[], columns: Columns) {
  const isDistinct = wordOf(nodes[0]) === 'distinct'
  const [only, ...others] = isDistinct ? nodes.slice(1) : nodes
  if (only === undefined || others.length > 0) return undefined
  if (isSymbol(only, '*')) return { isDistinct }
  const column = columnOf(only, columns)
  return column === undefined ? undefined : { column, isDistinct }
}

function withoutAlias(nodes: readonly SqlNode[]): readonly SqlNode[] {
  return wordOf(nodes.at(-2)) === 'as' ? nodes.slice(0, -2) : nodes
}

function readConditions(
  nodes: readonly SqlNode[] | undefined,
  columns: Columns,
): readonly WikiCondition[] | undefined {
  if (nodes === undefined) return []
  const read = splitConjuncts(nodes).map((conjunct) => readCondition(conjunct, columns))
  const known = read.filter((one) => one !== undefined)
  return known.length < read.length ? undefined : known
}

const turned = { '=': '=', '<': '>', '>': '<' } as const

/** `column = 'value'`, or the other way round. */
function readCondition(nodes: readonly SqlNode[], columns: Columns): WikiCondition | undefined {
  const forward = comparison(nodes[0], nodes[1], nodes.slice(2), columns)
  if (forward) return forward
  const back = comparison(nodes.at(-1), nodes.at(-2), nodes.slice(0, -2), columns)
  return back && { ...back, operator: turned[back.operator] }
}

function comparison(
  left: SqlNode | undefined,
  sign: SqlNode | undefined,
  right: readonly SqlNode[],
  columns: Columns,
): WikiCondition | undefined {
  const column = left && columnOf(left, columns)
  const operator = (['=', '<', '>'] as const).find((text) => isSymbol(sign, text))
  const value = literalOf(right)
  if (column === undefined || operator === undefined || value === undefined) return undefined
  return { column, operator, value }
}

/** Of `column`, or `table.column`: there is one table. */
function columnOf(node: SqlNode, columns: Columns): number | undefined {
  if (node.type !== 'name' || node.parts.length > 2) return undefined
  const name = node.parts.at(-1)?.name.toLowerCase()
  const at = columns.findIndex((column) => column.toLowerCase() === name)
  return at < 0 ? undefined : at
}

/** A number, with its sign, or a text. */
function literalOf(nodes: readonly SqlNode[]): string | undefined {
  const isNegative = isSymbol(nodes[0], '-')
  const [only, ...others] = isNegative ? nodes.slice(1) : nodes
  if (only?.type !== 'text' || others.length > 0) return undefined
  if (only.kind === 'number') return `${isNegative ? '-' : ''}${only.text}`
  if (isNegative || !/^'.*'$/s.test(only.text)) return undefined
  return only.text.slice(1, -1).replaceAll("''", "'")
}
