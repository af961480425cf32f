/** What is counted, added up or averaged, as people say it and as SQL. */
import type { Random } from '../../../data/random.js'
import type { WarehouseTable } from '../../../data/training/warehouses/warehouse.js'
import { type AskedFilter, phraseOf } from './ask-filters.js'
import { isAdditive, isNumber, sqlOf, type World, wordsFor } from './world.js'

export interface AskedMetric {
  readonly sql: string
  /** A noun phrase without an article: `total fees of cancelled visits`. */
  readonly phrase: string
  /** Set when it counts rows: what is counted. */
  readonly counted?: string
  /** Set when it adds up money: its everyday name. */
  readonly earned?: string
  /** The column it calculates with. */
  readonly column?: string
  readonly kind: 'count' | 'sum' | 'avg' | 'extreme'
}

/** `filters` are woven into the phrase; the caller puts them into WHERE. */
export function askMetric(
  world: World,
  table: WarehouseTable,
  filters: readonly AskedFilter[],
  random: Random,
): AskedMetric {
  const filtered = new Set(filters.map(({ column }) => column))
  const numbers = table.columns.filter((column) => isNumber(column) && !filtered.has(column))
  const additive = numbers.filter(isAdditive)
  const choice = random.weighted([34, 34, 22, 7])
  if (choice === 0 || numbers.length === 0) return countMetric(table, filters, random)
  if (choice === 1 && additive.length === 0) return countMetric(table, filters, random)
  const column = random.pick(choice === 1 ? additive : numbers)
  const words = wordsFor(world, table, column)
  const plural = world.shared.has(column.words) ? words : column.plural
  const subject = subjectOf(table, filters, random)
  const of = subject === '' ? '' : ` of ${subject}`
  if (choice === 1) {
    const alike = column.synonyms.filter((synonym) => !world.shared.has(synonym))
    const said = alike.length > 0 && random.chance(45) ? random.pick(alike) : undefined
    const total = said
      ? random.pick([said, said, `total ${said}`])
      : random.pick([
          `total ${plural}`,
          `total ${words}`,
          `sum of ${plural}`,
          `overall ${plural}`,
          `${plural} in total`,
        ])
    const earned = column.kind === 'money' ? said : undefined
    const from = said && subject !== '' ? ` ${random.pick(['of', 'from'])} ${subject}` : of
    return {
      sql: `sum(${sqlOf(column)})`,
      phrase: total.endsWith(' in total') ? `${plural}${of} in total` : total + from,
      ...(earned && { earned }),
      column: column.name,
      kind: 'sum',
    }
  }
  if (choice === 2) {
    const average = random.pick(['average', 'average', 'avg', 'mean'])
    const per = of === '' && random.chance(40) ? ` per ${table.noun}` : of
    return {
      sql: `avg(${sqlOf(column)})`,
      phrase: `${average} ${words}${per}`,
      column: column.name,
      kind: 'avg',
    }
  }
  const [call, said] = random.pick(column.kind === 'whole' ? extremes.slice(0, 5) : extremes)
  return {
    sql: `${call}(${sqlOf(column)})`,
    phrase: `${said} ${words}${of}`,
    column: column.name,
    kind: 'extreme',
  }
}

const extremes = [
  ['max', 'highest'],
  ['max', 'maximum'],
  ['min', 'lowest'],
  ['min', 'minimum'],
  ['median', 'median'],
  ['max', 'largest'],
  ['min', 'smallest'],
] as const

export function countMetric(
  table: WarehouseTable,
  filters: readonly AskedFilter[],
  random: Random,
): AskedMetric {
  const subject = phraseOf(table, filters)
  const start = random.pick(['number of', 'number of', 'total number of', 'count of', 'no. of'])
  return { sql: 'count(*)', phrase: `${start} ${subject}`, counted: subject, kind: 'count' }
}

/** Without conditions the rows go without saying, mostly. */
function subjectOf(table: WarehouseTable, filters: readonly AskedFilter[], random: Random): string {
  if (filters.length > 0) return phraseOf(table, filters)
  return random.chance(30) ? random.pick([`all ${table.plural}`, table.plural]) : ''
}

/** FROM is left to code where a column says the table. */
export function fromOf({ name }: WarehouseTable, ...parts: readonly string[]): string {
  const named = new RegExp(`(?<![\\w.])${name}\\.`)
  return parts.some((part) => named.test(part)) ? '' : ` from ${name}`
}
