/** What a reader says of an answer's columns, on top of what was said of them before. */
import type { ColumnReference } from '../../../data/catalog.js'
import type { ColumnSwap } from '../../../data/join-free/replace-columns.js'

/** `now` is said of an answer that was read with `before`: a second choice for a column takes the place of the first. */
export function joinSwaps(
  before: readonly ColumnSwap[],
  now: readonly ColumnSwap[],
): readonly ColumnSwap[] {
  const changed = before.map((swap) => ({
    column: swap.column,
    by: now.find(({ column }) => isSame(column, swap.by))?.by ?? swap.by,
  }))
  const added = now.filter(({ column }) => !before.some(({ by }) => isSame(by, column)))
  return [...changed, ...added].filter(({ column, by }) => !isSame(column, by))
}

export function columnText({ table, column }: ColumnReference): string {
  return `${table}.${column}`
}

function isSame(one: ColumnReference, other: ColumnReference): boolean {
  return one.table === other.table && one.column === other.column
}
