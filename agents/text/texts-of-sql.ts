/** Finds columns whose text stands in the SQL itself: a model that was persuaded could speak through them as if it were the data. */
import type { SqlNode } from '../../data/join-free/sql-tree.js'
import type { SqlShape } from './sql-shape.js'

/** Their names, or the text where they have none; of common tables and sub-queries too, each once. */
export function textsOfSql(shape: SqlShape): readonly string[] {
  const own = shape.selects.flatMap(({ items }) =>
    items.filter(({ nodes }) => isText(nodes)).map(({ alias, text }) => alias ?? text),
  )
  const nested = [
    ...shape.common.map(({ query }) => query),
    ...shape.selects.flatMap(({ sources }) => sources.flatMap(({ query }) => query ?? [])),
  ]
  return [...new Set([...own, ...nested.flatMap(textsOfSql)])]
}

/** Strings alone, joined or in brackets; a number could be counted on, and a column makes it data. */
function isText(nodes: readonly SqlNode[]): boolean {
  const flat = nodes.flatMap((node) => (node.type === 'group' ? node.nodes : [node]))
  const isLiteral = (node: SqlNode) => node.type === 'text' && node.kind !== 'number'
  return (
    flat.every(isLiteral) && flat.some((node) => node.type === 'text' && node.kind === 'string')
  )
}
