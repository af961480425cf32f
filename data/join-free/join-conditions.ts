/** Splits conditions at AND, and tells the equalities that join two sources from those that filter. */
import type { NameNode, SqlNode } from './sql-tree.js'
import { isSymbol, wordOf } from './sql-tree.js'

/** One of several conditions that must all hold. */
export type Conjunct = readonly SqlNode[]

export interface ColumnEquality {
  readonly left: NameNode
  readonly right: NameNode
}

/** Conditions that must all hold; an OR outside brackets keeps everything in one. */
export function splitConjuncts(nodes: readonly SqlNode[]): readonly Conjunct[] {
  if (nodes.length === 0) return []
  if (nodes.some((node) => wordOf(node) === 'or')) return [nodes]
  const conjuncts: SqlNode[][] = [[]]
  let between = false
  for (const node of nodes) {
    const word = wordOf(node)
    if (word === 'between') between = true
    if (word === 'and' && !between) conjuncts.push([])
    else conjuncts.at(-1)?.push(node)
    if (word === 'and') between = false
  }
  return conjuncts.flatMap(unwrapped)
}

/** `(a and b)` is `a`, `b`; brackets around an OR are needed among other conditions. */
function unwrapped(conjunct: Conjunct): readonly Conjunct[] {
  const [only] = conjunct
  const isBracketed = conjunct.length === 1 && only?.type === 'group' && only.open === '('
  if (!isBracketed || only.nodes.some((node) => wordOf(node) === 'or')) return [conjunct]
  return splitConjuncts(only.nodes)
}

export function joinConjuncts(conjuncts: readonly Conjunct[]): readonly SqlNode[] {
  const and: SqlNode = { type: 'name', parts: [{ name: 'and', quoted: false }] }
  return conjuncts.flatMap((conjunct, index) => {
    const isOr = conjuncts.length > 1 && conjunct.some((node) => wordOf(node) === 'or')
    const nodes: Conjunct = isOr ? [{ type: 'group', open: '(', nodes: conjunct }] : conjunct
    return index === 0 ? nodes : [and, ...nodes]
  })
}

/** `a.x = b.y` between two different sources. */
export function readEquality(
  conjunct: Conjunct,
  isSource: (name: string) => boolean,
): ColumnEquality | undefined {
  const [left, symbol, right] = conjunct
  if (conjunct.length !== 3 || !isSymbol(symbol, '=')) return undefined
  if (left?.type !== 'name' || right?.type !== 'name') return undefined
  const [one, other] = [left, right].map((node) => sourceOf(node))
  const isJoin = one !== undefined && other !== undefined && one !== other
  return isJoin && isSource(one) && isSource(other) ? { left, right } : undefined
}

function sourceOf(node: NameNode): string | undefined {
  return node.parts.length === 2 ? node.parts[0]?.name : undefined
}

/** Equal for joins that pair the same rows: which columns are equal to which, however it is said. */
export function joinShape(
  sources: Iterable<string>,
  equalities: readonly ColumnEquality[],
): string {
  const classOf = new Map<string, Set<string>>()
  for (const equality of equalities) {
    const [left, right] = [equality.left, equality.right].map(nameKey) as [string, string]
    const merged = new Set([...(classOf.get(left) ?? [left]), ...(classOf.get(right) ?? [right])])
    for (const member of merged) classOf.set(member, merged)
  }
  const classes = [...new Set(classOf.values())].map((members) => [...members].sort())
  return JSON.stringify([[...sources].sort(), classes.map((members) => members.join(' ')).sort()])
}

function nameKey(node: NameNode): string {
  return JSON.stringify(node.parts.map((part) => part.name))
}
