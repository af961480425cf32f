/** Questions that set one time against another. */

import { groupedBy } from '../../../data/generator/templates/say.js'
import type { WarehouseColumn } from '../../../data/training/warehouses/warehouse.js'
import { sqlText } from '../../../models/grammar/sql-name.js'
import { monthNames } from '../../entities/words/calendar.js'
import { askDimension } from './ask-dimensions.js'
import { askEvents, type Events } from './ask-events.js'
import { whereOf } from './ask-filters.js'
import { type AskedMetric, fromOf } from './ask-metrics.js'
import type { Asked, Kind, Setting } from './asked.js'
import { dateOf, sqlOf } from './world.js'

/** The aggregate over those rows alone that meet the condition. */
function within(condition: string, { kind, sql }: AskedMetric): string {
  if (kind === 'count') return `count(case when ${condition} then 1 else null end)`
  const inner = sql.slice(sql.indexOf('(') + 1, -1)
  const other = kind === 'sum' ? '0' : 'null'
  return `${sql.slice(0, sql.indexOf('('))}(case when ${condition} then ${inner} else ${other} end)`
}

interface TwoTimes {
  readonly earlier: string
  readonly later: string
  /** Conditions for CASE, one comparison each. */
  readonly before: string
  readonly after: string
  readonly years?: readonly [number, number]
}

/** Two years, or two months or quarters, the earlier first. */
function askTimes({ clock, random }: Setting, date: WarehouseColumn): TwoTimes | undefined {
  const column = sqlOf(date)
  const newest = Number(clock.asOf.slice(0, 4))
  const span = newest - Number(clock.first.slice(0, 4))
  if (span < 1) return undefined
  const later = newest - random.integer(0, Math.max(0, span - 1))
  const earlier = Math.max(newest - span, later - random.pick([1, 1, 1, 2]))
  const choice = random.weighted([62, 22, 16])
  if (choice === 0) {
    const isRelative = later === newest && earlier === newest - 1 && random.chance(35)
    return {
      earlier: isRelative ? 'last year' : `${earlier}`,
      later: isRelative ? 'this year' : `${later}`,
      before: `year(${column}) = ${earlier}`,
      after: `year(${column}) = ${later}`,
      years: [earlier, later],
    }
  }
  const number = random.integer(1, choice === 1 ? 12 : 4)
  const unit = choice === 1 ? 'month' : 'quarter'
  const name = choice === 1 ? (monthNames[number - 1] ?? '') : `Q${number}`
  const start = (year: number) =>
    `${year}-${String(choice === 1 ? number : number * 3 - 2).padStart(2, '0')}-01`
  const is = (year: number) => `date_trunc('${unit}', ${column}) = ${sqlText(start(year))}`
  return {
    earlier: `${name} ${earlier}`,
    later: `${name} ${later}`,
    before: is(earlier),
    after: is(later),
  }
}

/** "Revenue 2023 vs 2024", one row a year; other times stand side by side. */
export const compareTimes: Kind = (setting) => {
  const { world, random } = setting
  const events = askEvents(setting, { filtered: 30, timed: 0 })
  const date = events && dateOf(events.table)
  const times = date && askTimes(setting, date)
  if (!events || !date || !times) return undefined
  const { table, filters, metric, conditions } = events
  const dimension = random.chance(20)
    ? askDimension(
        world,
        table,
        random,
        filters.map(({ column }) => column),
      )
    : undefined
  const groups = dimension ? [dimension.sql] : []
  const { earlier, later, before, after, years } = times
  const year = `year(${sqlOf(date)})`
  // The grammar has no CASE inside MIN and MAX.
  if (!years && metric.kind === 'extreme') return undefined
  if (years && metric.kind !== 'extreme' && random.chance(14))
    return monthByMonth(setting, events, times, sqlOf(date))
  const rows = years !== undefined
  const items = rows
    ? [...groups, year, metric.sql]
    : [...groups, within(before, metric), within(after, metric)]
  const where = whereOf([...conditions, ...(rows ? [`${year} in (${years.join(', ')})`] : [])])
  const grouping = rows ? [...groups, year] : groups
  const group = grouping.length > 0 ? ` group by ${grouping.join(', ')}` : ''
  const sql = `select ${items.join(', ')}${fromOf(table, ...items)}${where}${group}`
  const by = dimension ? ` ${groupedBy(dimension, random)}` : ''
  const what = metric.phrase
  return random.pick<Asked>([
    { text: `${what}${by} ${earlier} vs ${later}`, form: 'noun', sql },
    { text: `${what}${by} in ${later} compared to ${earlier}`, form: 'noun', sql },
    { text: `compare the ${what}${by} in ${earlier} and ${later}`, form: 'question', sql },
    { text: `${what}${by} in ${earlier} versus ${later}`, form: 'noun', sql },
    { text: `${earlier} vs ${later} ${what}${by}`, form: 'question', sql },
    { text: `${what}${by}: ${later} against ${earlier}`, form: 'question', sql },
    {
      text: `how does the ${what}${by} of ${later} compare with ${earlier}`,
      form: 'question',
      sql,
    },
  ])
}

/** "Visits 2023 vs 2024 by month": calendar months on the rows, a column for each year. */
function monthByMonth({ random }: Setting, events: Events, times: TwoTimes, date: string): Asked {
  const { metric, conditions } = events
  const month = `month(${date})`
  const items = [month, within(times.before, metric), within(times.after, metric)]
  const sql = `select ${items.join(', ')}${whereOf([...conditions, `year(${date}) in (${times.years?.join(', ')})`])} group by ${month} order by ${month}`
  const by = random.pick(['by month', 'per month', 'month by month'])
  const text = random.pick([
    `${metric.phrase} ${times.earlier} vs ${times.later} ${by}`,
    `${metric.phrase} ${by}, ${times.earlier} compared with ${times.later}`,
  ])
  return { text, form: 'noun', sql }
}

/** "By how many percent did revenue grow from 2023 to 2024?" */
export const growth: Kind = (setting) => {
  const { random } = setting
  const events = askEvents(setting, { filtered: 22, timed: 0 })
  const date = events && dateOf(events.table)
  const times = date && askTimes(setting, date)
  if (!events || !times || events.metric.kind === 'extreme') return undefined
  const { table, metric, conditions } = events
  const { earlier, later } = times
  const [before, after] = [within(times.before, metric), within(times.after, metric)]
  const isDifference = random.chance(35)
  const value = isDifference ? `${after} - ${before}` : `100.0 * (${after} - ${before}) / ${before}`
  const sql = `select ${value}${fromOf(table, value)}${whereOf(conditions)}`
  const what = metric.phrase
  if (isDifference) {
    if (metric.counted && random.chance(50)) {
      const text = `how many more ${metric.counted} did we have in ${later} than in ${earlier}`
      return { text, form: 'question', sql }
    }
    return random.pick<Asked>([
      { text: `difference in ${what} between ${earlier} and ${later}`, form: 'noun', sql },
      {
        text: `how much did the ${what} change from ${earlier} to ${later}`,
        form: 'question',
        sql,
      },
    ])
  }
  return random.pick<Asked>([
    { text: `growth of ${what} from ${earlier} to ${later}`, form: 'noun', sql },
    { text: `${what} growth from ${earlier} to ${later} in percent`, form: 'noun', sql },
    {
      text: `by how many percent did the ${what} change from ${earlier} to ${later}`,
      form: 'question',
      sql,
    },
    {
      text: `percentage change in ${what} between ${earlier} and ${later}`,
      form: 'noun',
      sql,
    },
    {
      text: `by what percentage did the ${what} grow from ${earlier} to ${later}`,
      form: 'question',
      sql,
    },
  ])
}
