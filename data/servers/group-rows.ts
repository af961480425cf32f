/** Sorts rows of a server's catalog by what they are about: the first cell of each. */

type CatalogRow = readonly (string | null)[]

/** Groups and their items keep the order of the rows. */
export function groupRows<Item>(
  rows: readonly CatalogRow[],
  toItem: (row: CatalogRow) => Item,
): Map<string, Item[]> {
  const groups = new Map<string, Item[]>()
  for (const row of rows) {
    const name = String(row[0])
    const items = groups.get(name) ?? []
    items.push(toItem(row))
    groups.set(name, items)
  }
  return groups
}
