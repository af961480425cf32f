/** Questions about a place in an order: the second oldest, the best three in each group. */
import { adjectivesOf } from './adjectives.js'
import { askDimension } from './ask-dimensions.js'
import { askEvents } from './ask-events.js'
import { whereOf } from './ask-filters.js'
import { fromOf } from './ask-metrics.js'
import type { Asked, Kind } from './asked.js'
import { rankedBy } from './kinds-rankings.js'
import { isNumber, labelOf, sqlOf, wordsFor } from './world.js'

const ordinals = [
  ['second', '2nd'],
  ['third', '3rd'],
  ['fourth', '4th'],
] as const

/** "The second oldest branch", "which machine has the third highest price". */
export const laterThing: Kind = ({ world, random }) => {
  const table = random.pick(world.things)
  const label = labelOf(table)
  const columns = table.columns.filter((column) => isNumber(column) || column.kind === 'past')
  if (!label || columns.length === 0) return undefined
  const column = random.pick(columns)
  const descending = random.chance(70)
  const place = random.weighted([60, 30, 10])
  const ordinal = random.pick(ordinals[place] ?? ordinals[0])
  const nulls = column.nullable ? ` where ${sqlOf(column)} is not null` : ''
  const sql = `select ${sqlOf(label)}${nulls} order by ${sqlOf(column)}${descending ? ' desc' : ' asc'} limit 1 offset ${place + 1}`
  const adjectives = adjectivesOf(column)
  if (adjectives && random.chance(60)) {
    const which = random.pick(descending ? adjectives.most : adjectives.least)
    const text = `${ordinal} ${which} ${table.noun}`
    return random.chance(50)
      ? { text, form: 'noun', sql }
      : { text: `which is the ${text}`, form: 'question', sql }
  }
  if (column.kind === 'past') return undefined
  const ranked = `${ordinal} ${random.pick(descending ? ['highest', 'largest'] : ['lowest', 'smallest'])} ${wordsFor(world, table, column)}`
  return random.pick<Asked>([
    { text: `which ${table.noun} has the ${ranked}`, form: 'question', sql },
    { text: `${table.noun} with the ${ranked}`, form: 'noun', sql },
  ])
}

/** "Top 3 doctors in each department by total fees in 2024". */
export const bestInEach: Kind = (setting) => {
  const { world, random } = setting
  const events = askEvents(setting, { filtered: 12, timed: 50 })
  if (!events || events.metric.kind === 'extreme' || events.metric.kind === 'avg') return undefined
  const { table, filters, metric, conditions, when } = events
  const taken = filters.map(({ column }) => column)
  const ranked = askDimension(world, table, random, taken)
  const group = ranked && askDimension(world, table, random, [...taken, ranked.column])
  if (!ranked?.owner || !group || group.column.kind === 'label') return undefined
  const descending = random.chance(85)
  const count = random.chance(60) ? 1 : random.pick([2, 3, 3, 5])
  const direction = descending ? 'desc' : 'asc'
  const inner = `select ${group.sql} as first, ${ranked.sql} as second, ${metric.sql} as value, row_number() over (partition by ${group.sql} order by ${metric.sql} ${direction}) as position${fromOf(table, metric.sql, group.sql, ranked.sql)}${whereOf(conditions)} group by ${group.sql}, ${ranked.sql}`
  const kept = count === 1 ? '= 1' : `<= ${count}`
  const sql = `select t.first, t.second, t.value from (${inner}) as t where t.position ${kept}`
  const each = random.pick([
    `in each ${group.words}`,
    `per ${group.words}`,
    `for each ${group.words}`,
    `of every ${group.words}`,
  ])
  if (count > 1) {
    const end = descending ? 'top' : 'bottom'
    const text = `${end} ${count} ${ranked.plural} ${each} by ${metric.phrase}${when}`
    return { text, form: 'noun', sql }
  }
  const most = rankedBy(metric, descending, random.pick)
  return random.pick<Asked>([
    { text: `${ranked.words} with ${most} ${each}${when}`, form: 'noun', sql },
    {
      text: `${descending ? 'top' : 'worst'} ${ranked.words} ${each} by ${metric.phrase}${when}`,
      form: 'noun',
      sql,
    },
  ])
}
