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
import { joinPhrases, type Phrase, say, sentence, type TextWithCells, writeOut } from './phrase.js'
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

/** With the places of the cells in the text, in the order of the text. */
export function composeText(input: TextInput): TextWithCells {
  const facts = readChartFacts(input)
  const said = input.rows.length === 0 ? sayNothing(input) : sayRows(input, facts)
  const cut = ` Only the first ${formatNumber(input.rowCount)} rows are shown; the query has more.`
  return writeOut(input.truncated ? [...said, cut] : said)
}

function sayNothing({ shape }: TextInput): Phrase {
  const filters = sayFilters(shape)
  return [filters.length === 0 ? 'No rows match.' : `No rows match: ${joinWords(filters)}.`]
}

function sayRows(input: TextInput, facts: ChartFacts): Phrase {
  const { rows, measures, dimensions, aggregated } = facts
  const [row] = rows
  const telling = facts.roles.filter(({ role }) => role !== 'identifier').length
  const isPlain = aggregated !== false || telling <= 2
  if (rows.length === 1 && row) return sayOne(input, facts, row)
  if (measures.length === 0 || dimensions.length === 0 || !isPlain) return sayListing(input, facts)
  const [measure] = measures
  return measure ? sayGroups(input, facts, measure) : sayListing(input, facts)
}

function sayOne(input: TextInput, { measures, roles }: ChartFacts, row: readonly Value[]): Phrase {
  const scope = sayScope(input.shape)
  const [only, second] = roles
  if (only && !second) return sayOneCell(input, only, row)
  const [measure, otherMeasure] = measures
  const named = roles.filter(({ role }) => role !== 'measure' && role !== 'identifier')
  const who = sayCells(input, named, row)
  const [order] = input.shape?.orderBy ?? []
  if (measure && !otherMeasure && named.length > 0 && order && input.shape?.limit === '1') {
    const rank = order.descending ? 'Highest' : 'Lowest'
    return say`${rank} ${measure.label}${scope}: ${who}, with ${cell(input, measure, row)}.`
  }
  const told = measure && named.length < 2 ? measures : roles
  if (told === measures && named.length > 0) {
    const said = told.map((column) => say`${column.label} ${cell(input, column, row)}`)
    return say`${who}${scope}: ${joinPhrases(said, ', ')}.`
  }
  const said = told.map((column) => say`${column.label}: ${cell(input, column, row)}`)
  return say`${sentence(joinPhrases(said, '; '))}${scope}.`
}

function sayOneCell(input: TextInput, column: ColumnRole, row: readonly Value[]): Phrase {
  const scope = sayScope(input.shape)
  if (row[column.index] === null)
    return [`There is no ${column.label}${scope}: no row has a value.`]
  return say`${sentenceCase(column.label)}${scope}: ${cell(input, column, row)}.`
}

function sayGroups(input: TextInput, facts: ChartFacts, measure: ColumnRole): Phrase {
  const { rows, dimensions, measures } = facts
  const what = sharedStem(measures) || joinWords(measures.map(({ label }) => label))
  const by = joinWords(dimensions.map(axisLabel))
  const lead = `${sentenceCase(what)} by ${by}${sayScope(input.shape)}`
  const sorted = sortedRows(facts)
  const sayOf = (row: readonly Value[] | undefined) =>
    row ? sayRow(input, facts, measures, row) : []
  if (rows.length <= maxSpelledRows) {
    return say`${lead}: ${joinPhrases(sorted.map(sayOf), '; ')}.`
  }
  const count = `${formatNumber(rows.length)} rows`
  if (measures.length > 1) {
    const ends = measures.map(
      (one) => say`${sentenceCase(one.label)}: ${sayEnds(input, facts, one)}.`,
    )
    return say`${lead}, ${count}. ${joinPhrases(ends, ' ')}`
  }
  const ends = sentence(sayEnds(input, facts, measure))
  if (dimensions.length === 1 && dimensions[0]?.role !== 'category') {
    return say`${lead}, from ${sayOf(sorted[0])} to ${sayOf(sorted.at(-1))}. ${ends}.`
  }
  if (input.shape?.limit !== undefined && facts.ordered) {
    return say`${lead}, ${count}. First: ${sayOf(rows[0])}; last: ${sayOf(rows.at(-1))}.`
  }
  return say`${lead}, ${count}. ${ends}.`
}

function sayEnds(input: TextInput, facts: ChartFacts, measure: ColumnRole): Phrase {
  const present = facts.rows.filter((row) => numberAt(row, measure) !== null)
  const at = (row: readonly Value[]) => numberAt(row, measure) ?? 0
  const highest = present.reduce((a, b) => (at(b) > at(a) ? b : a))
  const lowest = present.reduce((a, b) => (at(b) < at(a) ? b : a))
  const sayOf = (row: readonly Value[]) => sayRow(input, facts, [measure], row)
  return say`highest is ${sayOf(highest)}, lowest is ${sayOf(lowest)}`
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
): Phrase {
  const values = measures.map((measure) => {
    const value = cell(input, measure, row)
    return measures.length === 1 ? value : say`${measure.label} ${value}`
  })
  const said = joinPhrases(values, ', ')
  return dimensions.length === 0 ? said : say`${sayCells(input, dimensions, row)} (${said})`
}

function sayCells(input: TextInput, columns: readonly ColumnRole[], row: readonly Value[]): Phrase {
  return joinPhrases(
    columns.map((column) => cell(input, column, row)),
    ', ',
  )
}

function sayListing(input: TextInput, facts: ChartFacts): Phrase {
  const { rows, roles, measures } = facts
  const count = `${formatNumber(input.rowCount)} rows${sayScope(input.shape)}`
  const named = roles.find(({ role }) => role === 'category')
  if (!named) {
    const bare = { ...facts, dimensions: [] }
    const ends = measures
      .slice(0, maxListed)
      .map((one) => say`${sentenceCase(one.label)}: ${sayEnds(input, bare, one)}.`)
    return joinPhrases([[`${count}.`], ...ends], ' ')
  }
  const values = rows.slice(0, maxListed).map((row) => cell(input, named, row))
  const more = rows.length > values.length ? ' and more' : ''
  return say`${count}. ${sentenceCase(axisLabel(named))}: ${joinPhrases(values, ', ')}${more}.`
}

function cell(input: TextInput, column: ColumnRole, row: readonly Value[]): Phrase {
  const words = cellWords(input, column, row)
  return [{ words, row: input.rows.indexOf(row), column: column.index }]
}

/** A cell as text: shares as percentages, calendar parts by name, numbers with the decimals of their column. */
function cellWords(
  { columns, rows }: TextInput,
  column: ColumnRole,
  row: readonly Value[],
): string {
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
