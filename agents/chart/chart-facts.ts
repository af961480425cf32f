/** Everything the chart rules look at, prepared once: dimensions, measures, order and what was asked. */
import type { Value } from '../../data/catalog.js'
import type { ResultColumn } from '../../data/database.js'
import { sentenceCase, shorten } from '../text/humanise.js'
import { joinWords } from '../text/join-words.js'
import type { SqlShape } from '../text/sql-shape.js'
import type { NumberStyle } from './chart-choice.js'
import { type ChartRequest, readChartRequest } from './chart-request.js'
import { type ColumnRole, type Rows, readColumns } from './column-roles.js'

export interface ChartInput {
  readonly columns: readonly ResultColumn[]
  readonly rows: Rows
  /** The stand-alone question. */
  readonly question: string
  readonly shape?: SqlShape
}

export interface ChartFacts {
  readonly rows: Rows
  readonly roles: readonly ColumnRole[]
  readonly request: ChartRequest
  /** Columns that tell rows apart, constants and doubled descriptions left out. */
  readonly dimensions: readonly ColumnRole[]
  /** The measure that the query orders by comes first. */
  readonly measures: readonly ColumnRole[]
  /** True when rows are groups, false when they are raw rows, absent when the SQL is not known. */
  readonly aggregated?: boolean
  /** True when the query itself decides the order of rows. */
  readonly ordered: boolean
}

const maxTitleLength = 90
const summativeAggregates = new Set(['sum', 'count', 'count_star', 'count_if'])

export function readChartFacts(input: ChartInput): ChartFacts {
  const roles = readColumns(input)
  const select = input.shape?.selects[0]
  const aggregated =
    select && (select.groupBy.length > 0 || select.items.some((item) => item.aggregated))
  return {
    rows: input.rows,
    roles,
    request: readChartRequest(input.question),
    dimensions: tellingDimensions(roles, input.rows, aggregated === true),
    measures: orderedMeasures(roles, input),
    ordered:
      (input.shape?.orderBy.length ?? 0) > 0 || (!input.shape && isSorted(roles, input.rows)),
    ...(aggregated !== undefined && { aggregated }),
  }
}

/** `Total sales by region and year`. */
export function chartTitle(
  measures: readonly ColumnRole[],
  dimensions: readonly { readonly label: string }[],
): string {
  const what = joinWords(measures.map(({ label }) => label))
  const by = dimensions.length > 0 ? ` by ${joinWords(dimensions.map(({ label }) => label))}` : ''
  return shorten(sentenceCase(`${what}${by}`), maxTitleLength)
}

/** The number in a cell; null for anything a chart cannot place. */
export function numberAt(row: readonly Value[], column: ColumnRole): number | null {
  const value = row[column.index]
  if (value === null || value === undefined || value === '') return null
  const number = Number(value)
  return Number.isFinite(number) ? number : null
}

/** True when parts of the measure add up to a whole, so that stacking and slicing make sense. */
export function isSummative(measure: ColumnRole): boolean {
  if (measure.aggregate) return summativeAggregates.has(measure.aggregate)
  return /\b(total|sum|count|number|share|percent\w*|amount|quantity|revenue|sales)\b/i.test(
    measure.label,
  )
}

/** Percentages are recognised by name and range; no currency is ever guessed. */
export function numberStyle(measure: ColumnRole, rows: Rows): NumberStyle {
  const numbers = rows.map((row) => numberAt(row, measure)).filter((number) => number !== null)
  const within = (limit: number) => numbers.every((number) => Math.abs(number) <= limit)
  if (/\b(share|percent|percentage|pct|rate)\b/i.test(measure.label) && numbers.length > 0) {
    if (within(1)) return 'fraction'
    if (!/\brate\b/i.test(measure.label) || /\b(percent|percentage|pct)\b/i.test(measure.label)) {
      if (within(100)) return 'percent'
    }
  }
  return numbers.every(Number.isInteger) ? 'whole' : 'plain'
}

function tellingDimensions(
  roles: readonly ColumnRole[],
  rows: Rows,
  aggregated: boolean,
): readonly ColumnRole[] {
  const named = roles.filter(
    ({ role }) => role === 'time' || role === 'ordered' || role === 'category',
  )
  const candidates =
    named.length === 0 && aggregated ? roles.filter(({ role }) => role === 'identifier') : named
  const varying =
    rows.length > 1 ? candidates.filter((column) => keysOf(rows, [column]).size > 1) : candidates
  const unique = varying.find((column) => keysOf(rows, [column]).size === rows.length)
  return unique && rows.length > 1 ? [unique] : varying
}

/** Distinct combinations of some columns' cells. */
export function keysOf(rows: Rows, columns: readonly ColumnRole[]): ReadonlySet<unknown> {
  const [first, second] = columns
  if (first && !second) return new Set(rows.map((row) => row[first.index] ?? null))
  return new Set(rows.map((row) => JSON.stringify(columns.map(({ index }) => row[index] ?? null))))
}

function orderedMeasures(roles: readonly ColumnRole[], { rows, shape }: ChartInput) {
  const measures = roles.filter(
    (column) => column.role === 'measure' && rows.some((row) => numberAt(row, column) !== null),
  )
  const order = shape?.orderBy[0]?.text.toLowerCase()
  const items = shape?.selects[0]?.items
  const first = measures.find(({ index }) => {
    const item = items?.[index]
    return item?.alias?.toLowerCase() === order || item?.text.toLowerCase() === order
  })
  return order && first ? [first, ...measures.filter((measure) => measure !== first)] : measures
}

function isSorted(roles: readonly ColumnRole[], rows: Rows): boolean {
  const measure = roles.find(({ role }) => role === 'measure')
  if (!measure) return false
  const numbers = rows.map((row) => numberAt(row, measure) ?? 0)
  return (
    numbers.every((number, at) => at === 0 || number <= (numbers[at - 1] ?? 0)) ||
    numbers.every((number, at) => at === 0 || number >= (numbers[at - 1] ?? 0))
  )
}
