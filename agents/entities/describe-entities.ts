/** Says entities back as a stand-alone question that reads to the same entities. */
import { type Catalog, type ColumnReference, findTable } from '../../data/catalog.js'
import { humanise } from '../text/humanise.js'
import { joinWords } from '../text/join-words.js'
import type {
  Aggregate,
  Dimension,
  Entities,
  Filter,
  Measure,
  Period,
  Relation,
} from './entities.js'
import { operatorWords } from './forms/read-arithmetic.js'
import { type ComputedColumn, isComputed } from './schema/computed-column.js'
import { displayColumn } from './schema/schema-terms.js'

const aggregateWords: Readonly<Record<Aggregate, string>> = {
  sum: 'total',
  count: 'number of',
  avg: 'average',
  min: 'lowest',
  max: 'highest',
  median: 'median',
}

export function describeEntities(entities: Entities, catalog: Catalog): string {
  const { limit, order, dimensions, measures } = entities
  const shown = measures.map(sayMeasure)
  const listed = entities.listed.map((column) => sayColumn(column, catalog))
  const [first = '', second = ''] = shown
  const related = entities.relation && relationWords[entities.relation](first, second)
  const bands = joinWords((entities.bands ?? []).map(({ label }) => label))
  const figures = related ?? joinWords(shown.length > 0 ? shown : listed)
  const what = bands ? `${figures} ${bands}` : figures
  const groups = dimensions.map((dimension) => sayDimension(dimension, catalog))
  const ranked = limit !== undefined && groups.length > 0
  const subject = ranked
    ? `${order?.direction === 'asc' ? 'bottom' : 'top'} ${limit} ${joinWords(groups)} by ${what}`
    : what + (groups.length > 0 ? ` by ${joinWords(groups)}` : '')
  const lead = entities.presentation === 'plain' ? '' : `${entities.presentation} of `
  return [
    `${lead}${subject}`,
    ...sayFilters(entities.filters, catalog),
    ...entities.existence.map(
      ({ exists, phrase, period }) =>
        `${exists ? 'with' : 'without'} ${phrase}${period ? ` ${sayPeriod(period)}` : ''}`,
    ),
    ...entities.having.map(
      ({ measure, comparator, value, mean }) =>
        `with ${sayMeasure(measure)} ${sayComparator(comparator)} ${mean ? 'average' : value}`,
    ),
    sayPeriods(entities),
  ]
    .filter(Boolean)
    .join(' ')
}

const relationWords: Readonly<Record<Relation, (first: string, second: string) => string>> = {
  beside: (first, second) => `${first} and ${second}`,
  ratio: (first, second) => `ratio of ${first} to ${second}`,
  difference: (first, second) => `${first} minus ${second}`,
  sum: (first, second) => `${first} plus ${second}`,
  '<': (first, second) => `${first} below ${second}`,
  '<=': (first, second) => `${first} not above ${second}`,
  '>': (first, second) => `${first} above ${second}`,
  '>=': (first, second) => `${first} not below ${second}`,
}

function sayMeasure({ aggregate, phrase, per }: Measure): string {
  const words = aggregateWords[aggregate]
  const plain = phrase.toLowerCase().startsWith(words) ? phrase : `${words} ${phrase}`
  return per ? `average ${phrase} per ${per.grain ?? per.phrase}` : plain
}

function sayDimension({ column, grain }: Dimension, catalog: Catalog): string {
  return grain ? grain.replaceAll('_', ' ') : sayColumn(column, catalog)
}

/** `store_name` of `stores` as "store name", `status` of `stores` as "store status". */
function sayColumn(reference: ColumnReference, catalog: Catalog): string {
  if (isComputed(reference)) return sayComputed(reference, catalog)
  const { table, column } = reference
  const found = findTable(catalog, table)
  const own = humanise(column).toLowerCase()
  const owner = humanise(table).toLowerCase()
  const named = found && displayColumn(found)?.name === column
  return named || owner.split(' ').some((word) => own.includes(word.replace(/s$/, '')))
    ? own
    : `${owner} ${own}`
}

function sayComputed({ operator, left, right }: ComputedColumn, catalog: Catalog): string {
  const said = `${sayColumn(left, catalog)} ${operatorWords[operator]} ${sayColumn(right, catalog)}`
  return operator.startsWith('days') ? `days from ${said}` : said
}

const comparatorWords: Readonly<Record<string, string>> = {
  '=': 'exactly',
  '<>': 'not',
  '>': 'more than',
  '>=': 'at least',
  '<': 'less than',
  '<=': 'at most',
  'is null': 'missing',
  'is not null': 'present',
}

function sayComparator(comparator: string): string {
  return comparatorWords[comparator] ?? comparator
}

/** Alternatives are said last and joined, so that "or" spans them alone. */
function sayFilters(filters: readonly Filter[], catalog: Catalog): readonly string[] {
  const say = (filter: Filter) => sayFilter(filter, catalog)
  const either = filters.filter(({ alternative }) => alternative).map(say)
  const each = filters.filter(({ alternative }) => !alternative).map(say)
  return either.length > 0 ? [...each, either.join(' or ')] : each
}

function sayFilter({ column, comparator, values, against }: Filter, catalog: Catalog): string {
  const name = sayColumn(column, catalog)
  if (against) {
    const { factor = 1 } = against
    const times = factor === 1 ? '' : `${factor} times `
    return `with ${name} ${sayComparator(comparator)} ${times}${sayColumn(against.column, catalog)}`
  }
  if (values.length === 0) return `with ${name} ${sayComparator(comparator)}`
  const said = joinWords(
    values.map((value) => (typeof value === 'string' ? `"${value}"` : String(value))),
  )
  const before = comparator.startsWith('<') ? 'before' : 'from'
  if (typeof values[0] === 'string' && /[<>]/.test(comparator) && comparator !== '<>')
    return `with ${name} ${before} ${values[0]}${comparator === '>=' ? ' on' : ''}`
  if (typeof values[0] === 'string')
    return `with ${name} ${comparator === '<>' ? 'not ' : ''}${said}`
  return `with ${name} ${sayComparator(comparator)} ${said}`
}

function sayPeriods({ periods }: Entities): string {
  if (periods.length === 0) return ''
  if (periods.length > 1) return periods.map((period) => period.label).join(' versus ')
  return sayPeriod(periods[0])
}

function sayPeriod(period: Period | undefined): string {
  if (!period) return ''
  if (/ to /.test(period.label)) return `from ${period.label}`
  return /^(since|after|before|until|last)/.test(period.label) ? period.label : `in ${period.label}`
}
