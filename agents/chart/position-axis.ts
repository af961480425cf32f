/** The axis that a dimension becomes: its order, its labels and whether it is read as time, numbers or words. */
import type { Value } from '../../data/catalog.js'
import { naturalOrder, timeLabel } from './calendar.js'
import type { SeriesKind, SeriesSpec } from './chart-choice.js'
import { type ColumnRole, categoryLabel } from './column-roles.js'

/** Compares values of a column with an order of its own; undefined for plain words. */
export function positionOrder(
  dimension: ColumnRole,
  values: readonly Value[],
): ((a: Value, b: Value) => number) | undefined {
  if (dimension.role === 'time') {
    return (a, b) => compareText(String(a ?? '\uffff'), String(b ?? '\uffff'))
  }
  if (dimension.role !== 'ordered') return undefined
  const numeric = values.every((value) => value === null || Number.isFinite(Number(value)))
  const rank = numeric
    ? (value: Value) => (value === null ? Number.MAX_VALUE : Number(value))
    : naturalOrder(values)
  return rank && ((a, b) => rank(a) - rank(b))
}

export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

export function isLine(kind: SeriesKind): boolean {
  return kind === 'line' || kind === 'area'
}

/** Lines keep distances between dates and numbers; everything else gives each value a place of its own. */
export function axisOf(
  dimension: ColumnRole,
  values: readonly Value[],
  kind: SeriesKind,
): Pick<SeriesSpec, 'scale' | 'positions' | 'grain'> {
  if (isLine(kind) && dimension.role === 'time' && values.every((value) => value !== null)) {
    return {
      scale: 'time',
      positions: values.map(String),
      ...(dimension.grain && { grain: dimension.grain }),
    }
  }
  if (isLine(kind) && !dimension.part && values.every((value) => typeof value === 'number')) {
    return { scale: 'number', positions: values.map(Number) }
  }
  return { scale: 'category', positions: values.map((value) => positionLabel(dimension, value)) }
}

export function positionLabel(dimension: ColumnRole, value: Value): string {
  return dimension.grain && value !== null
    ? timeLabel(String(value), dimension.grain)
    : categoryLabel(dimension, value)
}

/** `region name` is `region`, and dates go by their grain: `sold on`, one a month, is `month`. */
export function axisLabel({ label, role, grain }: ColumnRole): string {
  if (role === 'category') return label.replace(/(?<=\w) name$/, '')
  if (role !== 'time' || !grain || grain === 'time' || label.includes(grain)) return label
  return grain === 'day' ? (label.includes('date') ? label : 'day') : grain
}

/** Longer words than this do not fit below a bar. */
const longLabel = 12
const manyLabels = 12

/** Words that are long or many are read on the left of lying bars; anything ordered keeps its x axis. */
export function lies(dimension: ColumnRole, positions: readonly (string | number)[]): boolean {
  if (dimension.role !== 'category' && dimension.role !== 'identifier') return false
  const lengths = positions.map((position) => String(position).length)
  const longest = lengths.reduce((most, length) => Math.max(most, length), 0)
  return positions.length > manyLabels || (longest > longLabel && positions.length > 3)
}
