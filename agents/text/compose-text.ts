/** Writes the answer's sentences; every number in them is a cell of the result, the row count, or stands in the SQL's filters. */
import type { Value } from '../../data/catalog.js'
import type { ResultColumn } from '../../data/database.js'
import { timeLabel } from '../chart/calendar.js'
import { type ChartFacts, numberAt, numberStyle, readChartFacts } from '../chart/chart-facts.js'
import { type ColumnRole, categoryLabel } from '../chart/column-roles.js'
import { sharedStem } from '../chart/compare-measures.js'
import { axisLabel, positionOrder } from '../chart/position-axis.js'
import { formatNumber, formatValue, sharedDecimals } from './format-value.js'
import { sentenceCase, shorten } from './humanise.js'
import { joinWords } from './join-words.js'
import { sayFilters, sayScope } from './query-scope.js'
import type { SqlShape } from './sql-shape.js'

export interface TextInput {
  readonly question: string
  readonly columns: readonly ResultColumn[]
  readonly rows: readonly (readonly Value[])[]
  readonly rowCount: number
  readonly truncated: boolean
  readonly shape?: SqlShape
}

/** Up to this many groups are all named. */
const maxSpelledRows = 4
const maxListed = 5
const maxValueLength = 80

export function composeText(input: TextInput): string {
  const facts = readChartFacts(input)
  const text = input.rows.length === 0 ? sayNothing(input) : sayRows(input, facts)
  const cut = `Only the first ${formatNumber(input.rowCount)} rows are shown; the query has more.`
  return input.truncated ? `${text} ${cut}` : text
}

function sayNothing({ shape }: TextInput): string {
  const filters = sayFilters(shape)
  return filters.length === 0 ? 'No rows match.' : `No rows match: ${joinWords(filters)}.`
}

function sayRows(input: TextInput, facts: ChartFacts): string {
  const { rows, measures, dimensions, aggregated } = facts
  const [row] = rows
  const telling = facts.roles.filter(({ role }) => role !== 'identifier').length
  const isPlain = aggregated !== false || telling <= 2
  if (rows.length === 1 && row) return sayOne(input, facts, row)
  if (measures.length === 0 || dimensions.length === 0 || !isPlain) return sayListing(input, facts)
  const [measure] = measures
  return measure ? sayGroups(input, facts, measure) : sayListing(input, facts)
}

function sayOne(input: TextInput, { measures, roles }: ChartFacts, row: readonly Value[]): string {
  const scope = sayScope(input.shape)
  const [only, second] = roles
  if (only && !second) return sayOneCell(input, only, row)
  const [measure, otherMeasure] = measures
  const named = roles.filter(({ role }) => role !== 'measure' && role !== 'identifier')
  const who = named.map((column) => cell(input, column, row)).join(', ')
  const [order] = input.shape?.orderBy ?? []
  if (measure && !otherMeasure && who && order && input.shape?.limit === '1') {
    const rank = order.descending ? 'Highest' : 'Lowest'
    return `${rank} ${measure.label}${scope}: ${who}, with ${cell(input, measure, row)}.`
  }
  const told = measure && named.length < 2 ? measures : roles
  if (told === measures && who) {
    const said = told.map((column) => `${column.label} ${cell(input, column, row)}`)
    return `${who}${scope}: ${said.join(', ')}.`
  }
  const said = told.map((column) => `${column.label}: ${cell(input, column, row)}`).join('; ')
  return `${sentenceCase(said)}${scope}.`
}

function sayOneCell(input: TextInput, column: ColumnRole, row: readonly Value[]): string {
  const scope = sayScope(input.shape)
  if (row[column.index] === null) return `There is no ${column.label}${scope}: no row has a value.`
  return `${sentenceCase(column.label)}${scope}: ${cell(input, column, row)}.`
}

function sayGroups(input: TextInput, facts: ChartFacts, measure: ColumnRole): string {
  const { rows, dimensions, measures } = facts
  const what = sharedStem(measures) || joinWords(measures.map(({ label }) => label))
  const by = joinWords(dimensions.map(axisLabel))
  const lead = `${sentenceCase(what)} by ${by}${sayScope(input.shape)}`
  const sorted = sortedRows(facts)
  const say = (row: readonly Value[] | undefined) =>
    row ? sayRow(input, facts, measures, row) : ''
  if (rows.length <= maxSpelledRows) return `${lead}: ${sorted.map(say).join('; ')}.`
  const count = `${formatNumber(rows.length)} rows`
  if (measures.length > 1) {
    const ends = measures.map((one) => `${sentenceCase(one.label)}: ${sayEnds(input, facts, one)}.`)
    return `${lead}, ${count}. ${ends.join(' ')}`
  }
  const ends = sentenceCase(sayEnds(input, facts, measure))
  if (dimensions.length === 1 && dimensions[0]?.role !== 'category') {
    return `${lead}, from ${say(sorted[0])} to ${say(sorted.at(-1))}. ${ends}.`
  }
  if (input.shape?.limit !== undefined && facts.ordered) {
    return `${lead}, ${count}. First: ${say(rows[0])}; last: ${say(rows.at(-1))}.`
  }
  return `${lead}, ${count}. ${ends}.`
}

function sayEnds(input: TextInput, facts: ChartFacts, measure: ColumnRole): string {
  const present = facts.rows.filter((row) => numberAt(row, measure) !== null)
  const at = (row: readonly Value[]) => numberAt(row, measure) ?? 0
  const highest = present.reduce((a, b) => (at(b) > at(a) ? b : a))
  const lowest = present.reduce((a, b) => (at(b) < at(a) ? b : a))
  const say = (row: readonly Value[]) => sayRow(input, facts, [measure], row)
  return `highest is ${say(highest)}, lowest is ${say(lowest)}`
}

/** Time and other ordered dimensions are told from their start, whatever the query's order. */
function sortedRows({ rows, dimensions }: ChartFacts): ChartFacts['rows'] {
  const [dimension] = dimensions
  if (!dimension || dimensions.length > 1) return rows
  const { index } = dimension
  const order = positionOrder(
    dimension,
    rows.map((row) => row[index] ?? null),
  )
  return order ? [...rows].sort((a, b) => order(a[index] ?? null, b[index] ?? null)) : rows
}

function sayRow(
  input: TextInput,
  { dimensions }: ChartFacts,
  measures: readonly ColumnRole[],
  row: readonly Value[],
): string {
  const name = dimensions.map((column) => cell(input, column, row)).join(', ')
  const values = measures.map((measure) => {
    const value = cell(input, measure, row)
    return measures.length === 1 ? value : `${measure.label} ${value}`
  })
  return name === '' ? values.join(', ') : `${name} (${values.join(', ')})`
}

function sayListing(input: TextInput, facts: ChartFacts): string {
  const { rows, roles, measures } = facts
  const count = `${formatNumber(input.rowCount)} rows${sayScope(input.shape)}`
  const named = roles.find(({ role }) => role === 'category')
  if (!named) {
    const bare = { ...facts, dimensions: [] }
    const ends = measures.map((one) => `${sentenceCase(one.label)}: ${sayEnds(input, bare, one)}.`)
    return [`${count}.`, ...ends.slice(0, maxListed)].join(' ')
  }
  const values = rows.slice(0, maxListed).map((row) => cell(input, named, row))
  const more = rows.length > values.length ? ' and more' : ''
  return `${count}. ${sentenceCase(axisLabel(named))}: ${values.join(', ')}${more}.`
}

/** A cell as text: shares as percentages, calendar parts by name, numbers with the decimals of their column. */
function cell({ columns, rows }: TextInput, column: ColumnRole, row: readonly Value[]): string {
  const value = row[column.index] ?? null
  const kind = columns[column.index]?.kind ?? 'text'
  if (value === null) return '(none)'
  if (column.part || column.isYear) return categoryLabel(column, value)
  if (column.grain) return timeLabel(String(value), column.grain)
  if (kind !== 'number') return shorten(formatValue(value, kind), maxValueLength)
  const style = numberStyle(column, rows)
  if (style === 'fraction') {
    return new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 }).format(
      Number(value),
    )
  }
  const decimals = sharedDecimals(rows.map((one) => one[column.index] ?? null))
  const number = formatValue(value, 'number', decimals === undefined ? {} : { decimals })
  return style === 'percent' ? `${number}%` : number
}
