/** Where the columns of a table lead, and what leads to the table. */
import type { Catalog, Relationship } from '../../../../data/catalog.js'

type Keys = Pick<Catalog, 'relationships'>

export function keysFrom(
  { relationships }: Keys,
  table: string,
  column: string,
): readonly Relationship[] {
  const has = ({ from, further = [] }: Relationship) =>
    from.column === column || further.some((pair) => pair.from === column)
  return relationships.filter((each) => each.from.table === table && has(each))
}

/** A table that leads to itself is not named again. */
export function keysTo({ relationships }: Keys, table: string): readonly Relationship[] {
  return relationships.filter(({ from, to }) => to.table === table && from.table !== table)
}
