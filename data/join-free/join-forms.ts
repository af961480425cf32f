/** Writes the clauses of a select in the short form and in the long one. */
import { tableName } from './from-clauses.js'
import { word } from './gold-items.js'
import type { Names } from './instance-names.js'
import type { Conjunct } from './join-conditions.js'
import { joinConjuncts, readEquality, splitConjuncts } from './join-conditions.js'
import type { GoldSelect } from './read-gold-select.js'
import { nodesOf } from './read-gold-select.js'
import type { Clause, NameNode, SqlNode } from './sql-tree.js'

/** Only the listed instances stand in FROM; `equalities` come first in WHERE. */
export function shortClauses(
  select: GoldSelect,
  names: Names,
  listed: readonly string[],
  equalities: readonly Conjunct[],
): readonly Clause[] {
  const comma: SqlNode = { type: 'text', kind: 'symbol', text: ',' }
  const from = select.sources
    .filter(({ instance }) => listed.includes(instance.key))
    .flatMap((source, index) => [...(index > 0 ? [comma] : []), ...listedNodes(source, names)])
  return assemble(select, names, from, equalities)
}

function assemble(
  { clauses }: GoldSelect,
  names: Names,
  from: readonly SqlNode[],
  equalities: readonly Conjunct[],
): readonly Clause[] {
  const filters = splitConjuncts(nodesOf(clauses, 'WHERE'))
  const where = joinConjuncts([...equalities, ...filters])
  const rest = clauses.filter(({ keyword }) => keyword !== 'SELECT' && keyword !== 'WHERE')
  return [
    { keyword: 'SELECT', nodes: nodesOf(clauses, 'SELECT') },
    ...(from.length > 0 ? [{ keyword: 'FROM', nodes: from }] : []),
    ...(where.length > 0 ? [{ keyword: 'WHERE', nodes: where }] : []),
    ...rest,
  ].map(({ keyword, nodes }) => ({ keyword, nodes: rename(nodes, names) }))
}

/** A copy needs no alias: its name tells the table. */
function listedNodes(source: GoldSelect['sources'][number], names: Names): readonly SqlNode[] {
  if ('query' in source.origin) return sourceNodes(source, names)
  return [tableName(names.get(source.instance.key) ?? '')]
}

function sourceNodes(
  { origin, instance }: GoldSelect['sources'][number],
  names: Names,
): readonly SqlNode[] {
  const name = names.get(instance.key) ?? ''
  const alias = [word('as'), tableName(name)]
  if ('query' in origin) return [{ type: 'query', query: origin.query }, ...alias]
  const table = instance.table?.name ?? ''
  return name === table ? [tableName(table)] : [tableName(table), ...alias]
}

/** Every source with its alias; the equalities stand at the first join that can say them. */
export function longClauses(select: GoldSelect, names: Names): readonly Clause[] {
  const seen = new Set<string>()
  let waiting = select.equalities
  const from = select.sources.flatMap((source, index) => {
    seen.add(source.instance.key)
    const ready = waiting.filter(
      (conjunct) => readEquality(conjunct, (key) => seen.has(key)) !== undefined,
    )
    waiting = waiting.filter((conjunct) => !ready.includes(conjunct))
    const on = select.outer ? source.on : joinConjuncts(ready)
    const join =
      index === 0 ? '' : on.length > 0 || source.join !== 'join' ? source.join : 'cross join'
    const words = join.split(' ').filter(Boolean).map(word)
    return [...words, ...sourceNodes(source, names), ...(on.length > 0 ? [word('on'), ...on] : [])]
  })
  return assemble(select, names, from, waiting)
}

/** Gives the columns of instances their final names. */
export function rename(nodes: readonly SqlNode[], names: Names): readonly SqlNode[] {
  return nodes.map((node) => {
    if (node.type === 'group') return { ...node, nodes: rename(node.nodes, names) }
    return node.type === 'name' ? renamed(node, names) : node
  })
}

function renamed(node: NameNode, names: Names): NameNode {
  const [first, ...rest] = node.parts
  const name = names.get(first?.name ?? '')
  return name === undefined ? node : { ...node, parts: [{ name, quoted: true }, ...rest] }
}
