/** Questions that calculate further: per head, per month, several numbers at once, one amount less another. */
import { groupedBy } from '../../../data/generator/templates/say.js'
import { askDimension } from './ask-dimensions.js'
import { askEvents } from './ask-events.js'
import { phraseOf, whereOf } from './ask-filters.js'
import { type AskedMetric, fromOf } from './ask-metrics.js'
import { isLongEnough } from './ask-periods.js'
import type { Asked, Kind } from './asked.js'
import { dateOf, isAdditive, ownersOf, sqlOf, wordsFor } from './world.js'

/** "Average number of visits per patient". */
export const perOwner: Kind = (setting) => {
  const events = askEvents(setting, { filtered: 25, timed: 45 })
  const reference = events?.table.references.find(({ nullable }) => !nullable)
  if (!events || !reference) return undefined
  const { table, metric, conditions, when } = events
  if (metric.kind !== 'count' && metric.kind !== 'sum') return undefined
  if (events.filters.some(({ column }) => column.table === reference.to.name)) return undefined
  const each = sqlOf({ table: table.name, name: reference.name })
  const sql = `select 1.0 * ${metric.sql} / count(distinct ${each})${whereOf(conditions)}`
  const what = averaged(metric)
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
  const what = averaged(metric)
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
  const { deed } = table
  if (deed?.by === to.noun && filters.length === 0 && random.chance(60)) {
    const different = random.pick(['', '', 'different '])
    return { text: `how many ${different}${to.plural} ${deed.past}${when}`, form: 'question', sql }
  }
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

/** "Total price minus parts cost of repairs": what one amount leaves of another. */
export const remainder: Kind = (setting) => {
  const { world, random } = setting
  const events = askEvents(setting, { filtered: 30, timed: 50 })
  const amounts = events?.table.columns.filter(({ kind }) => kind === 'money') ?? []
  if (!events || amounts.length < 2) return undefined
  const { table, filters, conditions, when } = events
  const more = random.pick(amounts)
  const less = random.pick(amounts)
  if (more === less) return undefined
  const call = random.pick(['sum', 'avg'] as const)
  const item = `${call}(${sqlOf(more)} - ${sqlOf(less)})`
  const taken = filters.map(({ column }) => column)
  const dimension = random.chance(40) ? askDimension(world, table, random, taken) : undefined
  const items = dimension ? [dimension.sql, item] : [item]
  const group = dimension ? ` group by ${dimension.sql}` : ''
  const sql = `select ${items.join(', ')}${whereOf(conditions)}${group}`
  const said = call === 'sum' ? 'total' : 'average'
  const of = filters.length > 0 ? ` of ${phraseOf(table, filters)}` : ''
  const by = dimension ? ` ${groupedBy(dimension, random)}` : ''
  const [first, second] = [more, less].map((column) => wordsFor(world, table, column))
  return random.pick<Asked>([
    { text: `${said} ${first} minus ${second}${of}${by}${when}`, form: 'noun', sql },
    {
      text: `${said} difference between ${first} and ${second}${of}${by}${when}`,
      form: 'noun',
      sql,
    },
  ])
}

/** What an average is taken of: "average fee per patient" would be the fee's own average, so totals say so. */
function averaged({ kind, earned, phrase }: AskedMetric): string {
  if (kind === 'count') return phrase.replace(/^(total number|count|no\.) of/, 'number of')
  const plain = phrase.replace(/^(total|overall|sum of) /, '').replace(/ in total$/, '')
  return earned ? plain : `total ${plain}`
}
