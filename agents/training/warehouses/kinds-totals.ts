/** Questions about one number, or one for each group or stretch of time. */

import { whatIs } from '../../../data/generator/polish.js'
import { groupedBy } from '../../../data/generator/templates/say.js'
import { askDimension } from './ask-dimensions.js'
import { askEvents } from './ask-events.js'
import { whereOf } from './ask-filters.js'
import { countMetric, fromOf } from './ask-metrics.js'
import { isLongEnough } from './ask-periods.js'
import type { Kind } from './asked.js'
import { dateOf, sqlOf } from './world.js'

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
  const early = when !== '' && !/,| (only|just) /.test(when) && random.chance(10)
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
  if (random.chance(14)) {
    const verb = random.pick(['develop', 'change', 'evolve'])
    const span = grain.unit === 'year' && when === '' ? 'over the years' : by
    return { text: `how did the ${metric.phrase} ${verb} ${span}${when}`, form: 'question', sql }
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
