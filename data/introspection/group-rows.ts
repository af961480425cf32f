/** Sorts rows of an engine's catalog by what they are about: the first cell of each. */

/** Groups and their items keep the order of the rows. */
export function groupRows<Cell, Item>(
  rows: readonly (readonly Cell[])[],
  toItem: (row: readonly Cell[]) => Item,
): Map<string, Item[]> {
  const groups = new Map<string, Item[]>()
  for (const row of rows) {
    const name = String(row[0])
    const items = groups.get(name)
    if (items) items.push(toItem(row))
    else groups.set(name, [toItem(row)])
  }
  return groups
}
