/** Questions about one number, or one for each group or stretch of time. */

import type { MadeTable } from '../../../data/training/made/warehouse.js'
import { askDimension, groupedBy } from './ask-dimensions.js'
import { type AskedFilter, askFilter, phraseOf, whereOf } from './ask-filters.js'
import { type AskedMetric, askMetric, countMetric, fromOf } from './ask-metrics.js'
import { type AskedPeriod, askPeriod, isLongEnough, periodConditions } from './ask-periods.js'
import type { Kind, Setting } from './asked.js'
import { whatIs } from './polish.js'
import { dateOf, isAdditive, ownersOf, sqlOf, wordsFor } from './world.js'

/** What a question on events is made of. */
export interface Events {
  readonly table: MadeTable
  readonly filters: readonly AskedFilter[]
  readonly metric: AskedMetric
  readonly period?: AskedPeriod
  readonly conditions: readonly string[]
  /** The time, with a space before it, or nothing. */
  readonly when: string
}

/** In percent, how often conditions and times are named. */
export interface Chances {
  readonly filtered: number
  readonly timed: number
}

export function askEvents(setting: Setting, chances: Chances): Events | undefined {
  const { world, clock, random } = setting
  if (world.facts.length === 0) return undefined
  const table = random.pick(world.facts)
  const filters = askFilters(setting, table, chances.filtered)
  const metric = askMetric(world, table, filters, random)
  const date = dateOf(table)
  const period = date && random.chance(chances.timed) ? askPeriod(clock, random) : undefined
  const timed = date && period ? periodConditions(date, period.period) : []
  return {
    table,
    filters,
    metric,
    ...(period && { period }),
    conditions: [...filters.map(({ sql }) => sql), ...timed],
    when: period ? ` ${period.text}` : '',
  }
}

export function askFilters(
  { world, random }: Setting,
  table: MadeTable,
  percent: number,
): readonly AskedFilter[] {
  if (!random.chance(percent)) return []
  const first = askFilter(world, table, random)
  const second = random.chance(22) ? askFilter(world, table, random) : undefined
  if (!first) return []
  const both = second && second.column !== first.column && !(first.lead && second.lead)
  return both && !(first.after && second.after) ? [first, second] : [first]
}

/** "Total fees of cancelled visits last month". */
export const oneNumber: Kind = (setting) => {
  const { random } = setting
  const events = askEvents(setting, { filtered: 62, timed: 66 })
  if (!events) return undefined
  const { table, metric, conditions, when } = events
  const sql = `select ${metric.sql}${fromOf(table, metric.sql, ...conditions)}${whereOf(conditions)}`
  if (metric.counted && random.chance(60)) {
    const closing =
      when === ''
        ? ['are there', 'do we have', 'are there in total', 'did we have']
        : ['were there', 'did we have', '', 'happened']
    const end = random.pick(closing)
    return { text: `how many ${metric.counted} ${end}${when}`, form: 'question', sql }
  }
  if (metric.earned && random.chance(30)) {
    const who = random.pick(['did we make', 'did we get', 'was there', 'came in'])
    const of = metric.phrase.match(/ (?:of|from) .*$/)?.[0] ?? ''
    return {
      text: `how much ${metric.earned} ${who}${of.replace(' of ', ' from ')}${when}`,
      form: 'question',
      sql,
    }
  }
  const early = when !== '' && random.chance(10)
  const text = early
    ? `${when.trim()}, ${whatIs(metric.phrase, random)} the ${metric.phrase}`
    : metric.phrase + when
  return { text, form: early ? 'question' : 'noun', sql }
}

/** "Average fee by department in 2024". */
export const byGroup: Kind = (setting) => {
  const { world, random } = setting
  const events = askEvents(setting, { filtered: 28, timed: 52 })
  if (!events) return undefined
  const { table, filters, metric, conditions, when } = events
  const taken = filters.map(({ column }) => column)
  const dimension = askDimension(world, table, random, taken)
  if (!dimension) return undefined
  const other = random.chance(14)
    ? askDimension(world, table, random, [...taken, dimension.column])
    : undefined
  const second = !other && random.chance(10) ? countMetric(table, filters, random) : undefined
  const two = second && metric.kind !== 'count' ? second : undefined
  const groups = [dimension.sql, ...(other ? [other.sql] : [])]
  const items = [...groups, metric.sql, ...(two ? [two.sql] : [])]
  const sql = `select ${items.join(', ')}${fromOf(table, ...items, ...conditions)}${whereOf(conditions)} group by ${groups.join(', ')}`
  const what = two ? `${metric.phrase} and ${two.phrase}` : metric.phrase
  if (metric.counted && dimension.owner && !other && random.chance(25)) {
    const verb = random.pick(['did', 'does'])
    return {
      text: `how many ${metric.counted} ${verb} each ${dimension.words} have${when}`,
      form: 'question',
      sql,
    }
  }
  const by = other ? `by ${dimension.words} and ${other.words}` : groupedBy(dimension, random)
  const text = random.chance(70) ? `${what} ${by}${when}` : `${what}${when} ${by}`
  return { text, form: 'noun', sql }
}

const grains = [
  { unit: 'month', weight: 44, call: "date_trunc('month', {})", adverb: 'monthly' },
  { unit: 'year', weight: 24, call: 'year({})', adverb: 'yearly' },
  { unit: 'quarter', weight: 18, call: "date_trunc('quarter', {})", adverb: 'quarterly' },
  { unit: 'week', weight: 6, call: "date_trunc('week', {})", adverb: 'weekly' },
  { unit: 'weekday', weight: 8, call: 'dayname({})', adverb: '' },
] as const

/** "Monthly revenue in 2024". */
export const overTime: Kind = (setting) => {
  const { random } = setting
  const events = askEvents(setting, { filtered: 28, timed: 62 })
  const date = events && dateOf(events.table)
  if (!events || !date) return undefined
  const { table, metric, conditions, when } = events
  const grain = grains[random.weighted(grains.map(({ weight }) => weight))] ?? grains[0]
  if (!isLongEnough(events.period?.period, grain.unit)) return undefined
  const bucket = grain.call.replace('{}', sqlOf(date))
  const ordered = grain.adverb === '' ? '' : ` order by ${bucket}`
  const sql = `select ${bucket}, ${metric.sql}${fromOf(table, bucket, metric.sql)}${whereOf(conditions)} group by ${bucket}${ordered}`
  const by = random.pick([
    `by ${grain.unit}`,
    `per ${grain.unit}`,
    `for each ${grain.unit}`,
    `per ${grain.unit}`,
  ])
  const after = `${metric.phrase} ${by}${when}`
  const { adverb } = grain
  if (adverb === '') {
    const day = random.pick(['weekday', 'day of the week', 'day of week'])
    return { text: after.replace(/weekday$|weekday(?= )/, day), form: 'noun', sql }
  }
  const said = random.pick([
    after,
    after,
    `${metric.phrase}${when} ${by}`,
    `${adverb} ${metric.phrase}${when}`,
    `${adverb} ${metric.phrase}${when}`,
    `${metric.phrase} ${grain.unit} by ${grain.unit}${when}`,
    `trend of ${metric.phrase} ${by}${when}`,
    `development of ${metric.phrase} ${by}${when}`,
  ])
  return { text: said, form: 'noun', sql }
}

/** "Average number of visits per patient". */
export const perOwner: Kind = (setting) => {
  const events = askEvents(setting, { filtered: 25, timed: 45 })
  const reference = events?.table.references.find(({ to, nullable }) => !nullable && !to.isFact)
  if (!events || !reference) return undefined
  const { table, metric, conditions, when } = events
  if (metric.kind !== 'count' && metric.kind !== 'sum') return undefined
  if (events.filters.some(({ column }) => column.table === reference.to.name)) return undefined
  const each = sqlOf({ table: table.name, name: reference.name })
  const sql = `select 1.0 * ${metric.sql} / count(distinct ${each})${whereOf(conditions)}`
  const what = metric.phrase
    .replace(/^(total number|count|no\.) of/, 'number of')
    .replace(/^(total|overall|sum of) /, '')
    .replace(/ in total$/, '')
  return { text: `average ${what} per ${reference.to.noun}${when}`, form: 'noun', sql }
}

/** "How many visits do we have per month on average?" */
export const perStretch: Kind = (setting) => {
  const { random } = setting
  const events = askEvents(setting, { filtered: 25, timed: 40 })
  const date = events && dateOf(events.table)
  if (!events || !date) return undefined
  const { table, metric, conditions, when } = events
  if (metric.kind !== 'count' && metric.kind !== 'sum') return undefined
  const unit = random.pick(['month', 'week', 'day', 'quarter', 'year'] as const)
  if (!isLongEnough(events.period?.period, unit)) return undefined
  const bucket = `date_trunc('${unit}', ${sqlOf(date)})`
  const inner = `select ${metric.sql} as value${fromOf(table, metric.sql, bucket)}${whereOf(conditions)} group by ${bucket}`
  const sql = `select avg(t.value) from (${inner}) as t`
  const what = metric.phrase
    .replace(/^(total number|count|no\.) of/, 'number of')
    .replace(/^(total|overall|sum of) /, '')
    .replace(/ in total$/, '')
  const said = [
    `average ${what} per ${unit}${when}`,
    `average ${unit === 'day' ? 'daily' : `${unit}ly`} ${what}${when}`,
  ]
  return { text: random.pick(said), form: 'noun', sql }
}

/** "How many different patients had a visit in 2024?" */
export const distinctOwners: Kind = (setting) => {
  const { random } = setting
  const events = askEvents(setting, { filtered: 30, timed: 60 })
  const owners = events
    ? events.table.references.filter(({ to }) => ownersOf(events.table).includes(to))
    : []
  if (!events || owners.length === 0) return undefined
  const { table, filters, conditions, when } = events
  const { name, to } = random.pick(owners)
  if (filters.some(({ column }) => column.table === to.name)) return undefined
  const sql = `select count(distinct ${sqlOf({ table: table.name, name })})${whereOf(conditions)}`
  const what = phraseOf(table, filters)
  const text = random.pick([
    `how many different ${to.plural} had ${what}${when}`,
    `how many ${to.plural} had ${what}${when}`,
    `number of distinct ${to.plural} with ${what}${when}`,
    `how many unique ${to.plural} had at least one ${phraseOf(table, filters, true)}${when}`,
    `number of ${to.plural} with at least one ${phraseOf(table, filters, true)}${when}`,
  ])
  return { text, form: text.startsWith('number') ? 'noun' : 'question', sql }
}

/** "Lowest, highest and average fee by doctor". */
export const severalNumbers: Kind = (setting) => {
  const { world, random } = setting
  const events = askEvents(setting, { filtered: 30, timed: 40 })
  const columns = events?.table.columns.filter(
    (column) => isAdditive(column) && !events.filters.some((filter) => filter.column === column),
  )
  if (!events || !columns || columns.length === 0) return undefined
  const { table, filters, conditions, when } = events
  const column = random.pick(columns)
  const calls = random.pick([
    {
      names: ['min', 'max', 'avg'],
      said: ['minimum, maximum and average', 'lowest, highest and average', 'min, max and avg'],
    },
    { names: ['avg', 'max'], said: ['average and maximum', 'average and highest'] },
    { names: ['sum', 'avg'], said: ['total and average', 'sum and average of the'] },
  ])
  const items = calls.names.map((name) => `${name}(${sqlOf(column)})`)
  const taken = filters.map((filter) => filter.column)
  const dimension = random.chance(30) ? askDimension(world, table, random, taken) : undefined
  const shown = dimension ? [dimension.sql, ...items] : items
  const group = dimension ? ` group by ${dimension.sql}` : ''
  const sql = `select ${shown.join(', ')}${whereOf(conditions)}${group}`
  const of = filters.length > 0 ? ` of ${phraseOf(table, filters)}` : ''
  const by = dimension ? ` ${groupedBy(dimension, random)}` : ''
  const what = `${random.pick(calls.said)} ${wordsFor(world, table, column)}${of}`
  return { text: `${what}${by}${when}`, form: 'noun', sql }
}
