/** Puts other columns in the place of some that join-free SQL reads; the completer finds the joins of the new ones. */
import type { ColumnReference } from '../catalog.js'
import { JoinFreeError } from './join-free-error.js'
import { mapNames } from './map-names.js'
import { readQuery } from './read-query.js'
import { renderJoinFree } from './render-join-free.js'
import { readTokens } from './sql-tokens.js'
import type { NameNode } from './sql-tree.js'
import { readNodes } from './sql-tree.js'

/** `by` is read wherever `column` would be. */
export interface ColumnSwap {
  readonly column: ColumnReference
  readonly by: ColumnReference
}

export function isSameColumn(one: ColumnReference, other: ColumnReference): boolean {
  return (
    one.table.toLowerCase() === other.table.toLowerCase() &&
    one.column.toLowerCase() === other.column.toLowerCase()
  )
}

/** What cannot be read stays as it is: whoever completes it says what is wrong. */
export function replaceColumns(joinFree: string, swaps: readonly ColumnSwap[]): string {
  if (swaps.length === 0) return joinFree
  try {
    const query = readQuery(readNodes(readTokens(joinFree)))
    return renderJoinFree(mapNames(query, (node) => replaced(node, swaps)))
  } catch (error) {
    if (error instanceof JoinFreeError) return joinFree
    throw error
  }
}

function replaced(node: NameNode, swaps: readonly ColumnSwap[]): NameNode {
  const [table, column, further] = node.parts
  if (!table || !column || further) return node
  const named = { table: table.name, column: column.name }
  const swap = swaps.find((each) => isSameColumn(each.column, named))
  if (!swap) return node
  const parts = [swap.by.table, swap.by.column].map((name) => ({ name, quoted: true }))
  return { ...node, parts }
}
