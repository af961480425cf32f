/** Finds where two keys lead from one table to another and the question speaks of one of them: origin and destination. */
import type { Catalog } from '../../../data/catalog.js'
import { stem } from '../../../rag/words.js'
import type { Entities } from '../entities.js'
import type { Item } from '../items/item.js'
import { identifierStems } from '../schema/schema-terms.js'

/** A join takes the first key; a question about another one is refused. */
export function findTwinLinks(
  items: readonly Item[],
  entities: Entities,
  catalog: Catalog,
): readonly string[] {
  const { base, filters, listed, dimensions } = entities
  const spoken = new Set(items.flatMap(({ phrase }) => phrase.toLowerCase().split(' ').map(stem)))
  const used = new Set([...filters, ...dimensions].map(({ column }) => column.table))
  for (const { table } of listed) used.add(table)
  return [...used].flatMap((table) => {
    const links = catalog.relationships.filter((r) => r.from.table === base && r.to.table === table)
    const [first, ...others] = links.map(({ from }) => identifierStems(from.column))
    const other = others.find((words) =>
      words.some((word) => spoken.has(word) && !first?.includes(word)),
    )
    return other ? [`${base} points at ${table} in more than one way.`] : []
  })
}
