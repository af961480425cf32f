/** The columns that a question names: of wide tables they are shown first. */
import type { ColumnReference } from '../../data/catalog.js'
import type { Entities } from '../entities/entities.js'

export function namedColumns(entities: Entities): readonly ColumnReference[] {
  const { filters, dimensions, listed, measures } = entities
  return [
    ...filters.map((filter) => filter.column),
    ...dimensions.map((dimension) => dimension.column),
    ...listed,
    ...measures.flatMap((measure) => measure.column ?? []),
  ]
}
