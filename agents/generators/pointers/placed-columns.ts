/** Columns that a stretch of a question is about. */
import type { ColumnReference } from '../../../data/catalog.js'
import type { Place } from './question-pointers.js'

export interface PlacedColumns {
  readonly place: Place
  readonly columns: readonly ColumnReference[]
}

export function overlap(left: Place, right: Place): boolean {
  return left[0] <= right[1] && right[0] <= left[1]
}
