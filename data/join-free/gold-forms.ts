/** Says in one way what SQL can say in several. */
import { hasAggregate } from './aggregation.js'
import { withoutBrackets, word } from './gold-items.js'
import type { Expression } from './list-items.js'
import { joinItems, splitItems } from './list-items.js'
import type { Clause, SqlNode } from './sql-tree.js'
import { wordOf } from './sql-tree.js'

export function plainForm(clauses: readonly Clause[]): readonly Clause[] {
  return extremeRow(
    clauses.map(({ keyword, nodes }) => ({ keyword, nodes: withoutIdleWords(nodes) })),
  )
}

const extremes = new Set(['max', 'min'])

/** `max(distinct x)` is `max(x)`, and `count(distinct (x))` is `count(distinct x)`. */
function withoutIdleWords(nodes: readonly SqlNode[]): readonly SqlNode[] {
  return nodes.map((node, index) => {
    if (node.type !== 'group') return node
    const inner = withoutIdleWords(node.nodes)
    const isDistinct = wordOf(inner[0]) === 'distinct'
    if (!isDistinct) return { ...node, nodes: withoutBrackets(inner) }
    const values = withoutBrackets(inner.slice(1))
    const isIdle = extremes.has(wordOf(nodes[index - 1]) ?? '')
    return { ...node, nodes: isIdle ? values : [word('distinct'), ...values] }
  })
}

/**
 * SQLite's `select name, max(age)` without GROUP BY is the row with the largest age; other engines refuse
 * it, and `select name, age order by age desc limit 1` says the same to all of them.
 */
function extremeRow(clauses: readonly Clause[]): readonly Clause[] {
  const items = splitItems(clauses.find(({ keyword }) => keyword === 'SELECT')?.nodes ?? [])
  const found = items.filter(hasAggregate)
  const [extreme = []] = found
  const isPlain = clauses.every(({ keyword }) => ['SELECT', 'WHERE'].includes(keyword))
  const measured = extremeOf(extreme)
  if (!isPlain || found.length !== 1 || items.length < 2 || measured === undefined) return clauses
  const selected = items.map((item) => (item === extreme ? measured : item))
  const descending = wordOf(extreme[0]) === 'max' ? [word('desc')] : []
  return [
    ...clauses.map((clause) =>
      clause.keyword === 'SELECT' ? { ...clause, nodes: joinItems(selected) } : clause,
    ),
    { keyword: 'ORDER BY', nodes: [...measured, ...descending] },
    { keyword: 'LIMIT', nodes: [{ type: 'text', kind: 'number', text: '1' }] },
  ]
}

/** The x of `max(x)`. */
function extremeOf([name, group, ...rest]: Expression): Expression | undefined {
  const isExtreme = extremes.has(wordOf(name) ?? '') && rest.length === 0
  return isExtreme && group?.type === 'group' ? group.nodes : undefined
}
