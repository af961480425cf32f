/** Reads a question with other columns than its words were taken for: what a reader said that they mean. */
import type { ColumnReference } from '../../data/catalog.js'
import { type ColumnSwap, isSameColumn } from '../../data/join-free/replace-columns.js'
import type { Dimension, Entities, Filter, Measure } from '../entities/entities.js'
import { isComputed } from '../entities/schema/computed-column.js'

/** A measure that moves to another table takes the base along; what was in doubt about a swapped name is settled. */
export function replaceEntityColumns(entities: Entities, swaps: readonly ColumnSwap[]): Entities {
  if (swaps.length === 0) return entities
  const measures = entities.measures.map((measure) => inMeasure(measure, swaps))
  const { timeColumn, limitWithin, order, bands } = entities
  return {
    ...entities,
    base: baseAfter(entities, measures),
    measures,
    dimensions: entities.dimensions.map((dimension) => inDimension(dimension, swaps)),
    listed: entities.listed.map((column) => swapped(column, swaps)),
    filters: entities.filters.map((filter) => inFilter(filter, swaps)),
    existence: entities.existence.map((each) => withColumn(each, swaps)),
    timeColumn: timeColumn && swapped(timeColumn, swaps),
    having: entities.having.map((each) => ({ ...each, measure: inMeasure(each.measure, swaps) })),
    order: order && withColumn(order, swaps),
    limitWithin: limitWithin && inDimension(limitWithin, swaps),
    bands: bands?.map((band) => ({
      ...band,
      filters: band.filters.map((filter) => inFilter(filter, swaps)),
    })),
    ambiguities: entities.ambiguities.filter(
      ({ options }) => !options.some((option) => swaps.some((swap) => concerns(swap, option))),
    ),
  }
}

/** What two columns give together, or a term stands for, is not one column. */
function swapped(column: ColumnReference, swaps: readonly ColumnSwap[]): ColumnReference {
  if (isComputed(column)) return column
  const swap = swaps.find((each) => isSameColumn(each.column, column))
  return swap ? { table: swap.by.table, column: swap.by.column } : column
}

function withColumn<Part extends { readonly column?: ColumnReference }>(
  part: Part,
  swaps: readonly ColumnSwap[],
): Part {
  return part.column ? { ...part, column: swapped(part.column, swaps) } : part
}

function inMeasure(measure: Measure, swaps: readonly ColumnSwap[]): Measure {
  const { column, table, per } = measure
  const next = column && swapped(column, swaps)
  const follows = next && column.table === table
  return {
    ...measure,
    column: next,
    table: follows ? next.table : table,
    per: per && inDimension(per, swaps),
  }
}

function inDimension(dimension: Dimension, swaps: readonly ColumnSwap[]): Dimension {
  return { ...dimension, column: swapped(dimension.column, swaps) }
}

function inFilter(filter: Filter, swaps: readonly ColumnSwap[]): Filter {
  const { against } = filter
  const other = against && { ...against, column: swapped(against.column, swaps) }
  return { ...filter, column: swapped(filter.column, swaps), against: other }
}

function baseAfter({ base, measures }: Entities, next: readonly Measure[]): string | undefined {
  const moved = measures.findIndex((measure, at) => measure.table !== next[at]?.table)
  return moved >= 0 && measures[moved]?.table === base ? next[moved]?.table : base
}

function concerns(swap: ColumnSwap, option: ColumnReference): boolean {
  return isSameColumn(swap.column, option) || isSameColumn(swap.by, option)
}
