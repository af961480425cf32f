/** Questions that rank groups, or keep some of them. */
import {
  type AskedDimension,
  askDimension,
  isOnlyPerson,
  ownerDimension,
} from './ask-dimensions.js'
import { askEvents, type Chances, type Events } from './ask-events.js'
import { roundBound, whereOf } from './ask-filters.js'
import { type AskedMetric, fromOf } from './ask-metrics.js'
import { isLongEnough } from './ask-periods.js'
import type { Asked, Kind, Setting } from './asked.js'
import { dateOf, labelOf, sqlOf } from './world.js'

const most = ['most', 'highest number of', 'largest number of']

const fewest = ['fewest', 'least', 'lowest number of']

const numberWords = [
  '',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
]

/** `had the most visits`, `with the highest average fee`: without its verb. */
export function rankedBy(
  metric: AskedMetric,
  descending: boolean,
  pick: <T>(list: readonly T[]) => T,
) {
  if (metric.counted) return `the ${pick(descending ? most : fewest)} ${metric.counted}`
  const high = metric.earned ? ['highest', 'most', 'largest'] : ['highest', 'highest', 'largest']
  const low = metric.earned ? ['lowest', 'least', 'smallest'] : ['lowest', 'smallest']
  return `the ${pick(descending ? high : low)} ${metric.phrase}`
}

function rankingSql(
  { table, metric, conditions }: Events,
  dimension: AskedDimension,
  shown: readonly string[],
  end: string,
): string {
  const items = [dimension.sql, ...shown]
  const from = fromOf(table, ...items, metric.sql === 'count(*)' ? '' : metric.sql, ...conditions)
  return `select ${items.join(', ')}${from}${whereOf(conditions)} group by ${dimension.sql}${end}`
}

/** Events with a number that can rank them, by something that no filter has settled. */
function askGroups(setting: Setting, chances: Chances) {
  const events = askEvents(setting, chances)
  if (!events) return undefined
  const { table, filters, metric, when } = events
  const taken = filters.map(({ column }) => column)
  const dimension = askDimension(setting.world, table, setting.random, taken)
  return dimension && metric.kind !== 'extreme' ? { events, dimension, metric, when } : undefined
}

/** "Top 5 departments by total fees in 2024". */
export const topGroups: Kind = (setting) => {
  const { random } = setting
  const groups = askGroups(setting, { filtered: 22, timed: 58 })
  if (!groups) return undefined
  const { events, dimension, metric, when } = groups
  const descending = random.chance(78)
  const count = random.pick([2, 3, 3, 4, 5, 5, 5, 6, 8, 10, 10])
  const sql = rankingSql(
    events,
    dimension,
    [metric.sql],
    ` order by ${metric.sql}${descending ? ' desc' : ' asc'} limit ${count}`,
  )
  const said = random.chance(30) ? (numberWords[count] ?? count) : count
  if (count >= dimension.column.values.length) return undefined
  const pick = random.pick
  const ranked = rankedBy(metric, descending, pick)
  const { plural } = dimension
  const end = descending ? pick(['top', 'top', 'best']) : pick(['bottom', 'worst', 'bottom'])
  return pick<Asked>([
    { text: `${end} ${said} ${plural} by ${metric.phrase}${when}`, form: 'noun', sql },
    { text: `${end} ${said} ${plural} by ${metric.phrase}${when}`, form: 'noun', sql },
    { text: `${said} ${plural} with ${ranked}${when}`, form: 'noun', sql },
    { text: `which ${said} ${plural} had ${ranked}${when}`, form: 'question', sql },
    {
      text: `what are the ${end} ${said} ${plural} by ${metric.phrase}${when}`,
      form: 'question',
      sql,
    },
  ])
}

/** "Which department had the most visits last month?" */
export const bestGroup: Kind = (setting) => {
  const { random } = setting
  const groups = askGroups(setting, { filtered: 22, timed: 55 })
  if (!groups) return undefined
  const { events, dimension, metric, when } = groups
  const descending = random.chance(74)
  const sql = rankingSql(
    events,
    dimension,
    [],
    ` order by ${metric.sql}${descending ? ' desc' : ' asc'} limit 1`,
  )
  const ranked = rankedBy(metric, descending, random.pick)
  const forms: readonly Asked[] = [
    { text: `which ${dimension.words} had ${ranked}${when}`, form: 'question', sql },
    { text: `which ${dimension.words} has ${ranked}${when}`, form: 'question', sql },
    { text: `${dimension.words} with ${ranked}${when}`, form: 'noun', sql },
    { text: `what ${dimension.words} had ${ranked}${when}`, form: 'question', sql },
  ]
  if (metric.earned && descending && random.chance(45)) {
    const verb = random.pick(['made', 'brought in', 'generated', 'earned'])
    const of = / (?:of|from) .*$/.exec(metric.phrase)?.[0] ?? ''
    const text = `which ${dimension.words} ${verb} the most ${metric.earned}${of}${when}`
    return { text, form: 'question', sql }
  }
  const who: Asked = { text: `who had ${ranked}${when}`, form: 'question', sql }
  return random.pick(isOnlyPerson(events.table, dimension) ? [...forms, who] : forms)
}

/** "Which month of 2024 had the highest revenue?" */
export const bestStretch: Kind = (setting) => {
  const { random } = setting
  const events = askEvents(setting, { filtered: 20, timed: 45 })
  const date = events && dateOf(events.table)
  if (!events || !date || events.metric.kind === 'extreme') return undefined
  const { table, metric, conditions, when } = events
  const [unit, bucket] = random.pick([
    ['month', `date_trunc('month', ${sqlOf(date)})`],
    ['month', `date_trunc('month', ${sqlOf(date)})`],
    ['year', `year(${sqlOf(date)})`],
    ['quarter', `date_trunc('quarter', ${sqlOf(date)})`],
    ['day', date.kind === 'moment' ? `date_trunc('day', ${sqlOf(date)})` : sqlOf(date)],
    ['week', `date_trunc('week', ${sqlOf(date)})`],
    ['weekday', `dayname(${sqlOf(date)})`],
  ] as const)
  if (!isLongEnough(events.period?.period, unit)) return undefined
  const descending = random.chance(76)
  const sql = `select ${bucket}${fromOf(table, bucket)}${whereOf(conditions)} group by ${bucket} order by ${metric.sql}${descending ? ' desc' : ' asc'} limit 1`
  const ranked = rankedBy(metric, descending, random.pick)
  return random.pick<Asked>([
    { text: `which ${unit} had ${ranked}${when}`, form: 'question', sql },
    { text: `in which ${unit} did we have ${ranked}${when}`, form: 'question', sql },
    { text: `what was the ${unit} with ${ranked}${when}`, form: 'question', sql },
    { text: `${unit} with ${ranked}${when}`, form: 'noun', sql },
  ])
}

/** "Departments ranked by total fees". */
export const rankedGroups: Kind = (setting) => {
  const { random } = setting
  const groups = askGroups(setting, { filtered: 15, timed: 45 })
  if (!groups) return undefined
  const { events, dimension, metric, when } = groups
  const sql = rankingSql(events, dimension, [metric.sql], ` order by ${metric.sql} desc`)
  const { plural, words } = dimension
  return random.pick<Asked>([
    { text: `rank the ${plural} by ${metric.phrase}${when}`, form: 'question', sql },
    { text: `${plural} ranked by ${metric.phrase}${when}`, form: 'noun', sql },
    { text: `${metric.phrase} by ${words}${when}, highest first`, form: 'noun', sql },
    { text: `${metric.phrase} per ${words}${when} in descending order`, form: 'noun', sql },
    { text: `${plural} sorted by ${metric.phrase}${when}`, form: 'noun', sql },
  ])
}

const bounds = [
  ['>', 'more than'],
  ['>', 'over'],
  ['>=', 'at least'],
  ['<', 'fewer than'],
  ['<', 'less than'],
] as const

/** "Doctors with more than 20 visits in 2024". */
export const keptGroups: Kind = (setting) => {
  const { random } = setting
  const events = askEvents(setting, { filtered: 18, timed: 45 })
  const owners =
    events?.table.references.filter(({ nullable, to }) => !nullable && labelOf(to)) ?? []
  if (!events || owners.length === 0) return undefined
  const { to } = random.pick(owners)
  const dimension = ownerDimension(to)
  if (!dimension || events.metric.kind === 'extreme') return undefined
  const { metric, when } = events
  const [operator, said] = random.pick(bounds)
  const value = havingBound(events, to.rows.length, random.integer(4, 18) / 10)
  if (value < 2) return undefined
  const sql = rankingSql(events, dimension, [], ` having ${metric.sql} ${operator} ${value}`)
  const bound = metric.counted
    ? `${said === 'less than' ? 'fewer than' : said} ${value} ${metric.counted}`
    : `${metric.phrase} ${said === 'more than' ? 'above' : said === 'fewer than' ? 'below' : said} ${value}`
  const a = metric.counted || / in total$|s$/.test(metric.phrase) ? '' : 'a '
  const what = random.pick([
    `${to.plural} with ${a}${bound}${when}`,
    `${to.plural} that had ${a}${bound}${when}`,
  ])
  if (random.chance(45))
    return { text: `which ${to.plural} had ${a}${bound}${when}`, form: 'question', sql }
  return { text: what, form: 'listing', sql }
}

/** Near what a group comes to on average, so that some are kept and some are not. */
function havingBound({ table, metric, period }: Events, groups: number, factor: number): number {
  const column = table.columns.find(({ name }) => name === metric.column)
  const values = (column?.values ?? []).map(Number)
  const average = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
  const rows = (table.rows.length / groups) * (period ? 0.3 : 1)
  const level = metric.kind === 'count' ? rows : metric.kind === 'sum' ? rows * average : average
  const target = level * factor
  return roundBound(target)
}
