/** Suggests questions made of the catalog's own words and values, for the start page and after an answer. */
import { type Catalog, findColumn, findTable, type Value } from '../../data/catalog.js'
import type { ResultColumn } from '../../data/database.js'
import type { Aggregate, Entities, Measure } from '../entities/entities.js'
import { revenueWords } from '../entities/words/business-words.js'
import { amountOf, type Breakdown, breakdownsOf, readTableFacts } from './catalog-facts.js'
import { humanise, sentenceCase } from './humanise.js'

export interface SuggestionOptions {
  readonly limit?: number
  /** The question just answered; never suggested again. */
  readonly question?: string
  /** What that question asked for: its follow-ups come first. */
  readonly entities?: Entities
  readonly answer?: {
    readonly columns: readonly ResultColumn[]
    readonly rows: readonly (readonly Value[])[]
  }
  /** Leaves out what cannot be answered, so that every suggestion works. */
  readonly canAnswer?: (question: string) => boolean
}

const usualLimit = 3
const topCount = 5
/** A chart of more groups is a ranking. */
const maxChartedGroups = 20

/** Deterministic: the same catalog and entities give the same questions. */
export function suggestQuestions(
  catalog: Catalog,
  options: SuggestionOptions = {},
): readonly string[] {
  const { limit = usualLimit, question = '', entities, canAnswer = () => true } = options
  const candidates = [
    ...(entities ? followUps(catalog, entities, options.answer) : []),
    ...openings(catalog),
  ]
  const known = new Set([plain(question)])
  const chosen: string[] = []
  for (const candidate of candidates) {
    if (chosen.length >= limit) break
    if (known.has(plain(candidate)) || !canAnswer(candidate)) continue
    known.add(plain(candidate))
    chosen.push(candidate)
  }
  return chosen
}

function plain(question: string): string {
  return question
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

function openings(catalog: Catalog): readonly string[] {
  const amount = amountOf(catalog)
  const counts = countQuestions(catalog, amount?.table)
  const [firstCount, ...otherCounts] = counts
  if (!amount) return [...counts, ...listQuestions(catalog)]
  const { breakdowns, years } = readTableFacts(catalog, amount.table)
  const [year, yearBefore] = years
  const charted = breakdowns.filter(isCharted)
  const ranked = breakdowns.find(({ things, groups }) => things && groups > maxChartedGroups)
  const inYear = year ? ` in ${year}` : ''
  return [
    year ? `Total ${amount.words} by month in ${year}` : `Total ${amount.words}`,
    ...(ranked ? [`Top ${topCount} ${ranked.things} by ${amount.words}${inYear}`] : []),
    ...(firstCount ? [firstCount] : []),
    ...charted.map(({ words }) => `Total ${amount.words} by ${words}${inYear}`),
    ...(yearBefore ? [`Compare ${amount.words} in ${yearBefore} and ${year} by month`] : []),
    ...otherCounts,
    ...listQuestions(catalog),
  ]
}

function isCharted({ groups }: Breakdown): boolean {
  return groups > 2 && groups <= maxChartedGroups
}

/** Tables other than the amount's own, those with a category first. */
function countQuestions(
  { tables, ...rest }: Catalog,
  amountTable: string | undefined,
): readonly string[] {
  const catalog = { tables, ...rest }
  const filled = tables.filter(({ rowCount, name }) => rowCount > 0 && name !== amountTable)
  const byCategory = filled.flatMap((table) => {
    const [category] = breakdownsOf(catalog, table, false)
    return category ? [`How many ${humanise(table.name)} are there by ${category.words}?`] : []
  })
  return [...byCategory, ...filled.map(({ name }) => `How many ${humanise(name)} are there?`)]
}

function listQuestions({ tables }: Catalog): readonly string[] {
  return tables.filter(({ rowCount }) => rowCount > 0).map(({ name }) => `List ${humanise(name)}`)
}

function followUps(
  catalog: Catalog,
  entities: Entities,
  answer: SuggestionOptions['answer'],
): readonly string[] {
  const [measure] = entities.measures
  if (!measure) return []
  const { breakdowns, years } = readTableFacts(catalog, measure.table)
  const what = measureWords(measure)
  const period = entities.periods.length === 1 ? ` in ${entities.periods[0]?.label}` : ''
  const recent = period || ` in ${years[0]}`
  const dated = years.length > 0
  const breakdown = breakdowns.find((one) => isCharted(one) && !isUsed(one, entities))
  const things = measure.aggregate === 'sum' ? rankedThings(catalog, entities) : undefined
  const value = answeredValue(entities, answer)
  const hasGrain = entities.dimensions.some(({ grain }) => grain)
  return [
    ...(breakdown ? [`${what} by ${breakdown.words}${period}`] : []),
    ...(dated && !hasGrain ? [`${what} by month${recent}`] : []),
    ...(things ? [`Top ${topCount} ${things} by ${measureName(measure)}${period}`] : []),
    ...(dated && value ? [`${what} for ${value} by month${recent}`] : []),
    ...otherYears(years, entities).map((year) => `${what}${byWords(catalog, entities)} in ${year}`),
  ]
}

const aggregateWords: Readonly<Record<Aggregate, string>> = {
  sum: 'total',
  count: 'number of',
  avg: 'average',
  min: 'minimum',
  max: 'maximum',
  median: 'median',
}

function measureWords(measure: Measure): string {
  return sentenceCase(`${aggregateWords[measure.aggregate]} ${measureName(measure)}`)
}

/** The user's own word for money taken in, else the column's or table's name. */
function measureName({ column, table, phrase }: Measure): string {
  const spoken = phrase
    .toLowerCase()
    .split(' ')
    .find((word) => revenueWords.has(word))
  if (!column) return humanise(table)
  return spoken ?? humanise(column.column).replace(/^total /, '')
}

function isUsed({ table, column }: Breakdown, { dimensions, filters }: Entities): boolean {
  return [...dimensions, ...filters].some(
    (used) => used.column.table === table && used.column.column === column,
  )
}

/** The table whose rows the answer groups by, in the plural. */
function rankedThings(
  catalog: Catalog,
  { dimensions: [dimension, other], limit }: Entities,
): string | undefined {
  if (other || limit !== undefined) return undefined
  const table = dimension && findTable(catalog, dimension.column.table)
  if (!table || !dimension || dimension.grain) return undefined
  const breakdown = breakdownsOf(catalog, table, true).find(
    ({ column }) => column === dimension.column.column,
  )
  return breakdown?.things && breakdown.groups > topCount ? breakdown.things : undefined
}

/** The first group of the answer, to look at more closely. */
function answeredValue({ dimensions: [dimension] }: Entities, answer: SuggestionOptions['answer']) {
  if (!dimension || dimension.grain || !answer) return undefined
  const index = answer.columns.findIndex(({ kind }) => kind === 'text')
  const value = answer.rows[0]?.[index]
  return typeof value === 'string' && value.trim() !== '' ? value : undefined
}

function otherYears(years: readonly number[], { periods }: Entities): readonly number[] {
  const asked = periods.map(({ start }) => Number(start.slice(0, 4)))
  return periods.length > 1 ? [] : years.filter((year) => !asked.includes(year)).slice(0, 1)
}

function byWords(catalog: Catalog, { dimensions }: Entities): string {
  const words = dimensions.map(({ column, grain }) => {
    if (grain) return grain === 'month_of_year' ? 'month' : grain
    const table = findTable(catalog, column.table)
    const known =
      table && breakdownsOf(catalog, table, true).find((one) => one.column === column.column)
    return known?.words ?? humanise(findColumn(catalog, column)?.name ?? column.column)
  })
  return words.length === 0 ? '' : ` by ${words.join(' and ')}`
}
