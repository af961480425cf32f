/** Questions that set groups against each other. */

import { sqlText } from '../../../models/grammar/sql-name.js'
import { askDimension } from './ask-dimensions.js'
import { askEvents } from './ask-events.js'
import { whereOf } from './ask-filters.js'
import { askMetric, fromOf } from './ask-metrics.js'
import type { Asked, Kind } from './asked.js'
import { sqlOf } from './world.js'

/** "Compare sea and air shipments by freight cost". */
export const compareGroups: Kind = (setting) => {
  const { world, random } = setting
  const events = askEvents(setting, { filtered: 0, timed: 45 })
  if (!events) return undefined
  const { table, conditions, when } = events
  const dimension = askDimension(world, table, random)
  if (!dimension || dimension.column.values.length < 2) return undefined
  const values = dimension.column.values
    .filter((value) => value !== 'none')
    .slice(0, 12)
    .map(String)
  const first = random.pick(values)
  const second = random.pick(values)
  if (first === second) return undefined
  const metric = askMetric(world, table, [], random)
  const chosen = `${dimension.sql} in (${sqlText(first)}, ${sqlText(second)})`
  const items = [dimension.sql, metric.sql]
  const sql = `select ${items.join(', ')}${fromOf(table, ...items, ...conditions)}${whereOf([chosen, ...conditions])} group by ${dimension.sql}`
  const joined = dimension.owner ? ` ${dimension.owner.preposition}` : ' for'
  return random.pick<Asked>([
    {
      text: `compare the ${metric.phrase}${joined} ${first} and ${second}${when}`,
      form: 'question',
      sql,
    },
    { text: `${metric.phrase}${joined} ${first} vs ${second}${when}`, form: 'noun', sql },
    {
      text: `${metric.phrase}${joined} ${first} compared with ${second}${when}`,
      form: 'noun',
      sql,
    },
    { text: `${first} versus ${second}: ${metric.phrase}${when}`, form: 'question', sql },
    { text: `${metric.phrase}${joined} ${first} and ${second}${when}`, form: 'noun', sql },
  ])
}

/** "Urgent vs non-urgent visits last year". */
export const compareFlags: Kind = (setting) => {
  const { world, random } = setting
  const events = askEvents(setting, { filtered: 0, timed: 45 })
  const flags = events?.table.columns.filter(({ kind }) => kind === 'flag') ?? []
  if (!events || flags.length === 0) return undefined
  const { table, conditions, when } = events
  const flag = random.pick(flags)
  const metric = askMetric(world, table, [], random)
  const items = [sqlOf(flag), metric.sql]
  const sql = `select ${items.join(', ')}${whereOf(conditions)} group by ${sqlOf(flag)}`
  const sides = `${flag.words} and non-${flag.words} ${table.plural}`
  const versus = `${flag.words} vs non-${flag.words} ${table.plural}`
  const what = metric.counted ? 'number' : metric.phrase.replace(/ (of|from|per) .*$/, '')
  return random.pick<Asked>([
    { text: `compare the ${what} of ${sides}${when}`, form: 'question', sql },
    { text: `${what} of ${versus}${when}`, form: 'noun', sql },
    { text: `${what} of ${sides}${when}`, form: 'noun', sql },
  ])
}
