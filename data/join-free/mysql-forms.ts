/** Says in MySQL's words what other engines have a clause for: FILTER, NULLS FIRST and LAST, ILIKE, and medians. */
import { readTokens } from './sql-tokens.js'
import type { Clause, Query, SqlNode } from './sql-tree.js'
import { isSymbol, readNodes, wordOf } from './sql-tree.js'

export function inMysqlForms(query: Query): Query {
  return {
    ...query,
    commonTables: query.commonTables.map((table) => ({
      ...table,
      query: inMysqlForms(table.query),
    })),
    members: query.members.map((member) => ({
      ...member,
      body: isClauses(member.body) ? inClauses(member.body) : inMysqlForms(member.body),
    })),
    tail: inClauses(query.tail),
  }
}

function isClauses(body: readonly Clause[] | Query): body is readonly Clause[] {
  return Array.isArray(body)
}

function inClauses(clauses: readonly Clause[]): readonly Clause[] {
  const selected = clauses.find(({ keyword }) => keyword.startsWith('SELECT'))
  const items = splitAtCommas(selected?.nodes ?? []).map(withoutAlias)
  return clauses.map((clause) => {
    const isOrder = clause.keyword === 'ORDER BY'
    const nodes = isOrder ? orderedNodes(clause.nodes, items) : clause.nodes
    return { ...clause, nodes: inNodes(nodes) }
  })
}

function inNodes(nodes: readonly SqlNode[]): readonly SqlNode[] {
  const inner = nodes.map((node): SqlNode => {
    if (node.type === 'query') return { ...node, query: inMysqlForms(node.query) }
    if (node.type === 'group') return { ...node, nodes: inNodes(orderedGroup(node.nodes)) }
    return wordOf(node) === 'ilike' ? word('like') : node
  })
  return withMedians(withoutFilters(inner))
}

/** `sum(x) filter (where c)` is `sum(case when c then x end)`. */
function withoutFilters(nodes: readonly SqlNode[]): readonly SqlNode[] {
  const found: SqlNode[] = []
  for (let at = 0; at < nodes.length; at += 1) {
    const node = nodes[at]
    const condition = nodes[at + 2]
    const isFiltered = wordOf(nodes[at + 1]) === 'filter' && condition?.type === 'group'
    if (node?.type === 'group' && isFiltered && wordOf(condition.nodes[0]) === 'where') {
      found.push({ ...node, nodes: whenTrue(node.nodes, condition.nodes.slice(1)) })
      at += 2
    } else if (node) found.push(node)
  }
  return found
}

function whenTrue(argument: readonly SqlNode[], condition: readonly SqlNode[]): readonly SqlNode[] {
  const isDistinct = wordOf(argument[0]) === 'distinct'
  const value = isDistinct ? argument.slice(1) : argument
  const counted = value.length === 1 && isStar(value[0]) ? parsed('1') : value
  const chosen = [word('case'), word('when'), ...condition, word('then'), ...counted, word('end')]
  return isDistinct ? [word('distinct'), ...chosen] : chosen
}

function isStar(node: SqlNode | undefined): boolean {
  const isName = node?.type === 'name' && node.parts.at(-1)?.name === '*'
  return isName || isSymbol(node, '*')
}

/** The one or two values in the middle of the sorted list; neither engine has an aggregate for it. */
function withMedians(nodes: readonly SqlNode[]): readonly SqlNode[] {
  const found: SqlNode[] = []
  for (let at = 0; at < nodes.length; at += 1) {
    const [node, argument] = [nodes[at], nodes[at + 1]]
    const isWindow = wordOf(nodes[at + 2]) === 'over'
    if (wordOf(node) === 'median' && argument?.type === 'group' && !isWindow) {
      found.push({ type: 'group', open: '(', nodes: medianOf(argument) })
      at += 1
    } else if (node) found.push(node)
  }
  return found
}

function medianOf(argument: SqlNode): readonly SqlNode[] {
  const middle = (rounding: string) =>
    `cast(substring_index(substring_index(group_concat(x order by x separator ' '), ' ', ${rounding}((count(x) + 1) / 2)), ' ', -1) as double)`
  const nodes = parsed(`(${middle('floor')} + ${middle('ceil')}) / 2`)
  const put = (list: readonly SqlNode[]): readonly SqlNode[] =>
    list.map((node) => {
      if (node.type === 'group') return { ...node, nodes: put(node.nodes) }
      return wordOf(node) === 'x' ? argument : node
    })
  return put(nodes)
}

/** Where a group is that of a window or an aggregate with an order of its own. */
function orderedGroup(nodes: readonly SqlNode[]): readonly SqlNode[] {
  const by = nodes.findIndex(
    (node, at) => wordOf(node) === 'by' && wordOf(nodes[at - 1]) === 'order',
  )
  if (by < 0) return nodes
  const frame = nodes.findIndex(
    (node, at) => at > by && ['rows', 'range', 'groups', 'separator'].includes(wordOf(node) ?? ''),
  )
  const end = frame < 0 ? nodes.length : frame
  const ordered = orderedNodes(nodes.slice(by + 1, end), [])
  return [...nodes.slice(0, by + 1), ...ordered, ...nodes.slice(end)]
}

/** Missing values are the smallest there; `items` are what numbers in an order stand for. */
function orderedNodes(
  nodes: readonly SqlNode[],
  items: readonly (readonly SqlNode[])[],
): readonly SqlNode[] {
  const ordered = splitAtCommas(nodes).flatMap((item) => orderedItem(item, items))
  return ordered.flatMap((item, at) => (at === 0 ? item : [symbol(','), ...item]))
}

function orderedItem(
  item: readonly SqlNode[],
  items: readonly (readonly SqlNode[])[],
): readonly (readonly SqlNode[])[] {
  const place = wordOf(item.at(-1))
  if (wordOf(item.at(-2)) !== 'nulls' || (place !== 'first' && place !== 'last')) return [item]
  const key = item.slice(0, -2)
  const isDescending = wordOf(key.at(-1)) === 'desc'
  if (isDescending === (place === 'last')) return [key]
  const value = ['asc', 'desc'].includes(wordOf(key.at(-1)) ?? '') ? key.slice(0, -1) : key
  const missing = [...brackets(numbered(value, items)), word('is'), word('null')]
  return [isDescending ? [...missing, word('desc')] : missing, key]
}

function numbered(
  value: readonly SqlNode[],
  items: readonly (readonly SqlNode[])[],
): readonly SqlNode[] {
  const [only] = value
  const isNumber = value.length === 1 && only?.type === 'text' && only.kind === 'number'
  return (isNumber ? items[Number(only.text) - 1] : undefined) ?? value
}

function brackets(nodes: readonly SqlNode[]): readonly SqlNode[] {
  return nodes.length === 1 ? nodes : [{ type: 'group', open: '(', nodes }]
}

function withoutAlias(item: readonly SqlNode[]): readonly SqlNode[] {
  return wordOf(item.at(-2)) === 'as' ? item.slice(0, -2) : item
}

function splitAtCommas(nodes: readonly SqlNode[]): readonly (readonly SqlNode[])[] {
  const parts: SqlNode[][] = [[]]
  for (const node of nodes) {
    if (isSymbol(node, ',')) parts.push([])
    else parts.at(-1)?.push(node)
  }
  return parts
}

function parsed(text: string): readonly SqlNode[] {
  return readNodes(readTokens(text))
}

function word(name: string): SqlNode {
  return { type: 'name', parts: [{ name, quoted: false }] }
}

function symbol(text: string): SqlNode {
  return { type: 'text', kind: 'symbol', text }
}
