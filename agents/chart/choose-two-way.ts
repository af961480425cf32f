/** Two dimensions and a measure: several lines, grouped or stacked bars, or a heat map when both are long. */
import type { Value } from '../../data/catalog.js'
import { sentenceCase } from '../text/humanise.js'
import type { ChartChoice, SeriesKind, SeriesSpec } from './chart-choice.js'
import { type ChartFacts, chartTitle, keysOf, numberAt, numberStyle } from './chart-facts.js'
import { canStack, maxComparedPositions, minLinePoints } from './choose-series.js'
import type { ColumnRole, Rows } from './column-roles.js'
import { leftOut } from './compare-measures.js'
import { keepFirst, maxBars, maxColours, maxPoints, thin } from './limits.js'
import { axisLabel, axisOf, isLine, lies, positionLabel, positionOrder } from './position-axis.js'

/** Side by side, more bars than this hide the comparison. */
const maxGroupedSeries = 4
/** When both dimensions are longer, a heat map reads better than bars. */
const maxBarSeries = 8

export function chooseTwoWay(facts: ChartFacts): ChartChoice | undefined {
  const { rows, dimensions, measures } = facts
  const [first, second] = dimensions
  const [measure] = measures
  if (!first || !second || !measure || dimensions.length > 2) return undefined
  if (keysOf(rows, dimensions).size < rows.length) return undefined
  const [x, legend] = axisRank(first) >= axisRank(second) ? [first, second] : [second, first]
  const fields = { x, legend, measure }
  const kind = twoWayKind(facts, fields)
  return kind && draw(facts, fields, kind)
}

interface Fields {
  readonly x: ColumnRole
  readonly legend: ColumnRole
  readonly measure: ColumnRole
}

/** Time goes to x, then what is ordered, then the longer list of words; two or three years are compared. */
function axisRank({ role, part, isYear, distinctCount }: ColumnRole): number {
  const few = distinctCount <= minLinePoints
  if (role === 'time') return distinctCount < minLinePoints ? -1 : 4
  if (part) return 3
  if (isYear) return few ? -1 : 2
  if (role === 'ordered') return few ? 0 : 1
  return distinctCount / (distinctCount + 1)
}

function twoWayKind(
  { rows, request }: ChartFacts,
  { x, legend, measure }: Fields,
): SeriesKind | undefined {
  const { kind } = request
  const continues = x.role !== 'category' && x.distinctCount >= minLinePoints
  const stackable = canStack(rows, [measure])
  if (kind === 'heat_map') return kind
  if ((kind === 'line' || kind === 'area') && continues) return kind
  if (kind === 'stacked_bar' && stackable && legend.distinctCount <= maxColours) return kind
  const asksBars = kind === 'bar' || kind === 'grouped_bar'
  if (continues && !asksBars) {
    const compared =
      legend.isYear && legend.distinctCount <= 3 && x.distinctCount <= maxComparedPositions
    return compared ? 'grouped_bar' : 'line'
  }
  if (legend.distinctCount > maxBarSeries && x.distinctCount > maxBarSeries) return 'heat_map'
  if (legend.distinctCount > maxColours) return undefined
  if (legend.distinctCount <= maxGroupedSeries && !(request.share && stackable))
    return 'grouped_bar'
  return stackable && kind !== 'grouped_bar' ? 'stacked_bar' : asksBars ? 'grouped_bar' : 'heat_map'
}

function draw(facts: ChartFacts, fields: Fields, kind: SeriesKind): ChartChoice {
  const { rows, measures } = facts
  const { x, legend, measure } = fields
  const total = totals(rows, measure)
  const allX = sortValues(facts, x, total(x))
  const allNames = sortValues(facts, legend, total(legend))
  const maxNames = kind === 'heat_map' ? maxBars : maxColours
  const names = keepFirst(
    largestFirst(facts, legend, allNames, maxNames, total(legend)),
    maxNames,
    `${axisLabel(legend)} values`,
  )
  const limited = isLine(kind)
    ? thin(allX, Math.floor(maxPoints / Math.max(1, names.items.length)))
    : keepFirst(allX, maxBars, `${axisLabel(x)} values`)
  return {
    kind,
    spec: specOf(facts, fields, kind, limited.items, names.items),
    warnings: [...limited.warnings, ...names.warnings, ...leftOut(measures, [measure])],
  }
}

/** Only when some must go does size decide which stay; otherwise the natural or query order is kept. */
function largestFirst(
  { rows }: ChartFacts,
  column: ColumnRole,
  values: readonly Value[],
  limit: number,
  total: (value: Value) => number,
): readonly Value[] {
  if (values.length <= limit) return values
  const kept = [...values].sort((a, b) => total(b) - total(a))
  return rows.length > 0 && column.role === 'category' ? kept : values
}

function specOf(
  { rows }: ChartFacts,
  { x, legend, measure }: Fields,
  kind: SeriesKind,
  xs: readonly Value[],
  names: readonly Value[],
): SeriesSpec {
  const key = (a: Value, b: Value) => JSON.stringify([a, b])
  const cells = new Map(
    rows.map((row) => [
      key(row[x.index] ?? null, row[legend.index] ?? null),
      numberAt(row, measure),
    ]),
  )
  const axis = axisOf(x, xs, kind)
  return {
    ...axis,
    title: chartTitle([measure], [{ label: axisLabel(x) }, { label: axisLabel(legend) }]),
    series: names.map((name) => ({
      name: positionLabel(legend, name),
      values: xs.map((at) => cells.get(key(at, name)) ?? null),
    })),
    positionTitle: sentenceCase(axisLabel(x)),
    valueTitle: sentenceCase(measure.label),
    seriesTitle: sentenceCase(axisLabel(legend)),
    style: numberStyle(measure, rows),
    horizontal: !isLine(kind) && kind !== 'heat_map' && lies(x, axis.positions),
  }
}

/** Distinct values in natural order, else in the query's, else the largest first. */
function sortValues(
  { rows, ordered }: ChartFacts,
  column: ColumnRole,
  total: (value: Value) => number,
): readonly Value[] {
  const values = [...new Set(rows.map((row) => row[column.index] ?? null))]
  const order = positionOrder(column, values)
  if (order) return values.sort(order)
  return ordered ? values : values.sort((a, b) => total(b) - total(a))
}

function totals(rows: Rows, measure: ColumnRole) {
  return ({ index }: ColumnRole) => {
    const sums = new Map<Value, number>()
    for (const row of rows) {
      const value = row[index] ?? null
      sums.set(value, (sums.get(value) ?? 0) + (numberAt(row, measure) ?? 0))
    }
    return (value: Value) => sums.get(value) ?? 0
  }
}
