/** Numbers over time: each month, each weekday, two years side by side. */
import { dateWords, withColumn } from '../../../models/grammar/date-words.js'
import type { Random } from '../../random.js'
import type { AskableDate } from './dates.js'
import type { Analysis } from './facts.js'
import { type Asked, drawDimension, drawScene, type Kind, whereSql } from './scene.js'

export interface TimeUnit {
  readonly unit: 'year' | 'quarter' | 'month' | 'week' | 'weekday' | 'month_of_year'
  readonly words: string
  readonly plural: string
  /** "By month", "month by month". */
  readonly by: readonly string[]
}

const units: readonly TimeUnit[] = [
  {
    unit: 'year',
    words: 'year',
    plural: 'years',
    by: ['by year', 'per year', 'for each year', 'year by year', 'in each year'],
  },
  {
    unit: 'quarter',
    words: 'quarter',
    plural: 'quarters',
    by: ['by quarter', 'per quarter', 'for each quarter', 'quarter by quarter'],
  },
  {
    unit: 'month',
    words: 'month',
    plural: 'months',
    by: ['by month', 'per month', 'for each month', 'month by month', 'in each month'],
  },
  { unit: 'week', words: 'week', plural: 'weeks', by: ['by week', 'per week', 'week by week'] },
  {
    unit: 'weekday',
    words: 'day of the week',
    plural: 'days of the week',
    by: ['by weekday', 'per day of the week', 'for each day of the week'],
  },
  {
    unit: 'month_of_year',
    words: 'calendar month',
    plural: 'calendar months',
    by: ['by month of the year', 'per calendar month', 'for each month of the year, 1 to 12'],
  },
]

/** The unit that a date lies in, as SQL. */
export function unitSql({ unit }: TimeUnit, date: AskableDate, { dialect }: Analysis): string {
  return withColumn(dateWords(dialect)[unit], date.sql)
}

/** Units that come one after the other. */
export function drawRunningUnit({ firstYear, lastYear }: AskableDate, random: Random): TimeUnit {
  const fitting = lastYear - firstYear >= 1 ? units.slice(0, 3) : units.slice(1, 4)
  return random.pick(fitting)
}

function drawUnit(date: AskableDate, random: Random): TimeUnit {
  return random.chance(72) ? drawRunningUnit(date, random) : random.pick(units.slice(3))
}

/** Of one of several dates it is said which. */
export function unitOf(date: AskableDate, { by, words }: TimeUnit, random: Random): string {
  const { deed, isOnly } = date
  if (deed !== undefined && !isOnly) {
    return `${random.pick(['by the', 'for each', 'per'])} ${words} in which ${deed}`
  }
  const said = random.pick(by)
  return date.words === undefined ? said : `${said} of the ${date.words}`
}

/** Rows without the date belong to no time. */
export function timedWhere(conditions: readonly string[], { sql, hasGaps }: AskableDate): string {
  return whereSql([...conditions, ...(hasGaps ? [`${sql} is not null`] : [])])
}

/** Whether a time that stands alone can only mean this date. */
function isPlain({ deed, isOnly }: AskableDate): boolean {
  return isOnly || deed === undefined
}

/** "Number of sales by month". */
export const overTime: Kind = (setting) => {
  const { random, analysis } = setting
  const scene = drawScene(setting, {
    filtered: setting.reach === 'above' ? 100 : 35,
    timed: 0,
    needs: ({ dates }) => dates.length > 0,
  })
  if (!scene?.date) return undefined
  const { metric, phrase, conditions, subject, date } = scene
  const unit = drawUnit(date, random)
  const period = unitSql(unit, date, analysis)
  const order =
    unit.unit === 'weekday'
      ? withColumn(dateWords(analysis.dialect).weekdayOrder, date.sql)
      : period
  const group = order === period ? period : `${period}, ${order}`
  const sql = `select ${period}, ${metric.sql} from ${scene.fact.table.sql}${timedWhere(conditions, date)} group by ${group} order by ${order}`
  const by = unitOf(date, unit, random)
  return random.pick<Asked>([
    { text: `${phrase} ${by}`, form: 'noun', sql },
    { text: `${phrase} ${by}`, form: 'noun', sql },
    { text: `${phrase} over time ${by}`, form: 'noun', sql },
    { text: `trend of the ${phrase} ${by}`, form: 'noun', sql },
    { text: `how did the ${phrase} develop ${by}`, form: 'question', sql },
    ...(metric.isCount
      ? [{ text: `how many ${subject} were there ${by}`, form: 'question', sql } as const]
      : []),
  ])
}

/** "Total amount by month and region". */
export const overTimeByGroup: Kind = (setting) => {
  const { random, analysis } = setting
  const scene = drawScene(setting, {
    filtered: 15,
    timed: 0,
    needs: ({ dates }) => dates.length > 0,
  })
  const dimension = scene && drawDimension(scene, setting)
  if (!scene?.date || !dimension) return undefined
  const { metric, phrase, conditions, date } = scene
  const unit = drawRunningUnit(date, random)
  const period = unitSql(unit, date, analysis)
  const sql = `select ${period}, ${dimension.sql}, ${metric.sql} from ${scene.fact.table.sql}${timedWhere(conditions, date)} group by ${period}, ${dimension.group} order by ${period}, ${dimension.sql}`
  const by = unitOf(date, unit, random)
  const text = random.pick([
    `${phrase} ${by} and ${dimension.words}`,
    `${phrase} ${by} for each ${dimension.words}`,
    `${phrase} ${by}, broken down by ${dimension.words}`,
    `${phrase} ${by}, with one line for each ${dimension.words}`,
  ])
  return { text, form: 'noun', sql }
}

/** "Which month had the highest total amount?" */
export const bestTime: Kind = (setting) => {
  const { random, analysis } = setting
  const scene = drawScene(setting, {
    filtered: setting.reach === 'above' ? 100 : 35,
    timed: 0,
    needs: ({ dates }) => dates.length > 0,
  })
  if (!scene?.date || !isPlain(scene.date)) return undefined
  const { metric, phrase, conditions, date } = scene
  const unit = drawUnit(date, random)
  const period = unitSql(unit, date, analysis)
  const most = random.chance(75)
  const sql = `select ${period}, ${metric.sql} from ${scene.fact.table.sql}${timedWhere(conditions, date)} group by ${period} order by ${metric.sql}${most ? ' desc' : ''} limit 1`
  const best = random.pick(most ? ['highest', 'largest'] : ['lowest', 'smallest'])
  const named = date.words === undefined ? unit.words : `${unit.words} of the ${date.words}`
  return random.pick<Asked>([
    { text: `which ${named} had the ${best} ${phrase}, and what was it`, form: 'question', sql },
    { text: `in which ${named} was the ${phrase} ${best}, and what was it`, form: 'question', sql },
    { text: `${named} with the ${best} ${phrase}, and that number`, form: 'noun', sql },
  ])
}

/** "Number of sales in 2023 and in 2024 for each region", a column for each year. */
export const twoYears: Kind = (setting) => {
  const { random, analysis } = setting
  const spans = ({ firstYear, lastYear }: AskableDate) => lastYear > firstYear
  const scene = drawScene(setting, {
    filtered: 10,
    timed: 0,
    addsUp: true,
    needs: ({ dates }) => dates.some(spans),
  })
  const dimension = scene && drawDimension(scene, setting)
  if (!scene?.date || !dimension || !spans(scene.date) || !isPlain(scene.date)) return undefined
  const { metric, phrase, conditions, date } = scene
  const later = random.integer(date.firstYear + 1, date.lastYear)
  const earlier = later - 1
  const year = withColumn(dateWords(analysis.dialect).year, date.sql)
  const value = metric.isCount ? '1' : metric.sql.slice('sum('.length, -1)
  const inYear = (wanted: number) => `sum(case when ${year} = ${wanted} then ${value} else 0 end)`
  const sql = `select ${dimension.sql}, ${inYear(earlier)}, ${inYear(later)} from ${scene.fact.table.sql}${timedWhere(conditions, date)} group by ${dimension.group}`
  const each = `${random.pick(['for each', 'per'])} ${dimension.words}`
  const when = date.words === undefined ? '' : ` (by ${date.words})`
  const text = random.pick([
    `${phrase} ${each} in ${earlier} and in ${later} side by side${when}`,
    `${phrase} ${each} in ${earlier} compared with ${later}${when}`,
    `${phrase} of ${earlier} next to that of ${later} ${each}${when}`,
    `${phrase} ${each}, ${earlier} versus ${later}${when}`,
  ])
  return { text, form: 'noun', sql }
}
