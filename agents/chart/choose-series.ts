/** One dimension with one or more measures: lines over ordered axes, bars over words, now and then a pie. */
import { sentenceCase } from '../text/humanise.js'
import type { ChartChoice, SeriesKind, SeriesSpec } from './chart-choice.js'
import {
  type ChartFacts,
  chartTitle,
  isSummative,
  keysOf,
  numberAt,
  numberStyle,
} from './chart-facts.js'
import type { ColumnRole, Rows } from './column-roles.js'
import { leftOut, sameScale, sharedStem, withoutStem } from './compare-measures.js'
import { keepFirst, maxBars, maxPoints, maxSlices, thin } from './limits.js'
import { axisLabel, axisOf, isLine, lies, positionOrder } from './position-axis.js'

/** A line through fewer points says nothing that bars do not say better. */
export const minLinePoints = 3
const maxComparedSeries = 3
export const maxComparedPositions = 12

export function chooseSeries(facts: ChartFacts): ChartChoice | undefined {
  const { rows, measures, dimensions } = facts
  const [dimension] = dimensions
  if (!dimension || dimensions.length > 1 || measures.length === 0 || rows.length === 0) {
    return undefined
  }
  if (keysOf(rows, [dimension]).size < rows.length && !canNumberDoubles(rows, dimension)) {
    return undefined
  }
  const drawn = sameScale(measures, rows)
  const kind = seriesKind(facts, dimension, drawn)
  const sorted = sortRows(facts, dimension, drawn[0]!)
  const limited = isLine(kind)
    ? thin(sorted, Math.floor(maxPoints / drawn.length))
    : keepFirst(sorted, maxBars, `${axisLabel(dimension)} values`)
  return {
    kind,
    spec: specOf({ dimension, measures: drawn, rows: limited.items, kind }),
    warnings: [...limited.warnings, ...leftOut(measures, drawn)],
  }
}

/** Ordered axes read upward whatever order the query chose; words keep the query's order. */
function sortRows({ rows, ordered }: ChartFacts, dimension: ColumnRole, measure: ColumnRole): Rows {
  const { index } = dimension
  const order = positionOrder(
    dimension,
    rows.map((row) => row[index] ?? null),
  )
  if (order) return [...rows].sort((a, b) => order(a[index] ?? null, b[index] ?? null))
  if (ordered) return rows
  return [...rows].sort((a, b) => (numberAt(b, measure) ?? 0) - (numberAt(a, measure) ?? 0))
}

/** Names shared by a few rows get a number each; many doubles mean that the rows are no groups. */
function canNumberDoubles(rows: Rows, dimension: ColumnRole): boolean {
  const distinct = keysOf(rows, [dimension]).size
  return dimension.role === 'category' && rows.length <= maxBars && distinct >= rows.length * 0.8
}

function seriesKind(
  { rows, request }: ChartFacts,
  dimension: ColumnRole,
  measures: readonly ColumnRole[],
): SeriesKind {
  const several = measures.length > 1
  const bars: SeriesKind = several ? 'grouped_bar' : 'bar'
  const wantsPie =
    request.kind === 'pie' || (request.share && !request.kind && dimension.role === 'category')
  if (wantsPie && canBePie(rows, measures)) return 'pie'
  if (several && request.kind === 'stacked_bar' && canStack(rows, measures)) return 'stacked_bar'
  if (request.kind === 'bar' || request.kind === 'grouped_bar') return bars
  if (dimension.role === 'category' || dimension.role === 'identifier') return bars
  if (rows.length < minLinePoints) return bars
  if (request.kind === 'area' || request.kind === 'line') return request.kind
  if (isPeriodComparison(measures) && rows.length <= maxComparedPositions) return 'grouped_bar'
  return isBand(dimension) ? bars : 'line'
}

/** Years and calendar parts run on like time; bands such as `18-24` are ordered but stand apart. */
function isBand({ role, isYear, part }: ColumnRole): boolean {
  return role === 'ordered' && !isYear && !part
}

function isPeriodComparison(measures: readonly ColumnRole[]): boolean {
  return measures.length <= maxComparedSeries && sharedStem(measures) !== undefined
}

function canBePie(rows: Rows, measures: readonly ColumnRole[]): boolean {
  const [measure] = measures
  if (!measure || measures.length > 1 || rows.length < 2 || rows.length > maxSlices) return false
  return isSummative(measure) && rows.every((row) => (numberAt(row, measure) ?? 0) > 0)
}

/** Parts are stacked only when they add up and none is below zero. */
export function canStack(rows: Rows, measures: readonly ColumnRole[]): boolean {
  return measures.every(
    (measure) => isSummative(measure) && rows.every((row) => (numberAt(row, measure) ?? 0) >= 0),
  )
}

interface SeriesParts {
  readonly dimension: ColumnRole
  readonly measures: readonly ColumnRole[]
  readonly rows: Rows
  readonly kind: SeriesKind
}

function specOf({ dimension, measures, rows, kind }: SeriesParts): SeriesSpec {
  const stem = sharedStem(measures)
  const label = axisLabel(dimension)
  const values = rows.map((row) => row[dimension.index] ?? null)
  const axis = axisOf(dimension, values, kind)
  const single = measures.length === 1 ? (measures[0]?.label ?? '') : (stem ?? '')
  return {
    ...axis,
    title: stem ? sentenceCase(`${stem} by ${label}`) : chartTitle(measures, [{ label }]),
    series: measures.map((measure) => ({
      name: withoutStem(measure.label, stem),
      values: rows.map((row) => numberAt(row, measure)),
    })),
    positionTitle: sentenceCase(label),
    valueTitle: sentenceCase(single),
    seriesTitle: '',
    style: numberStyle(measures[0]!, rows),
    horizontal: !isLine(kind) && kind !== 'pie' && lies(dimension, axis.positions),
  }
}
