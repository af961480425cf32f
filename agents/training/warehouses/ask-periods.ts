/** Times as people say them; what they mean is read by the code that reads users' questions. */
import type { Random } from '../../../data/random.js'
import type { WarehouseColumn } from '../../../data/training/warehouses/warehouse.js'
import { sqlText } from '../../../models/grammar/sql-name.js'
import type { Period } from '../../entities/entities.js'
import { addUnits, daysBetween, monthNames } from '../../entities/words/calendar.js'
import { readTimeSpans } from '../../entities/words/read-periods.js'
import { tokenize } from '../../entities/words/tokens.js'
import { sqlOf } from './world.js'

export interface AskedPeriod {
  readonly text: string
  readonly period: Period
}

/** The stretch of the data that questions fall into. */
export interface Clock {
  readonly asOf: string
  readonly first: string
}

/** Undefined when the reader does not know the phrase, or finds more than one time in it. */
function periodFrom(text: string, asOf: string): AskedPeriod | undefined {
  const spans = readTimeSpans(tokenize(text), asOf)
  const [only] = spans
  return only?.kind === 'period' && spans.length === 1 ? { text, period: only.period } : undefined
}

/** Shorter than this many days is nothing to split by the unit. */
const leastDays = { day: 6, week: 25, weekday: 25, month: 80, quarter: 180, year: 500 } as const

export type Stretch = keyof typeof leastDays

/** Whether a question about each such stretch makes sense in the period, or in all data where there is none. */
export function isLongEnough(period: Period | undefined, unit: Stretch): boolean {
  return period === undefined || daysBetween(period.start, period.end) >= leastDays[unit]
}

export function askPeriod({ asOf, first }: Clock, random: Random): AskedPeriod | undefined {
  const years = Number(asOf.slice(0, 4)) - Number(first.slice(0, 4))
  const day = addUnits(asOf, -random.integer(0, years * 330), 'day')
  const make = phrases[random.weighted(phrases.map(([weight]) => weight))]?.[1]
  return make && periodFrom(make(partsOf(day), random), asOf)
}

interface DayParts {
  readonly iso: string
  readonly year: number
  readonly month: string
  readonly quarter: number
  readonly day: number
}

function partsOf(iso: string): DayParts {
  const month = Number(iso.slice(5, 7))
  return {
    iso,
    year: Number(iso.slice(0, 4)),
    month: monthNames[month - 1] ?? '',
    quarter: Math.ceil(month / 3),
    day: Number(iso.slice(8, 10)),
  }
}

/** With how often each is said. */
const phrases: readonly (readonly [number, (day: DayParts, random: Random) => string])[] = [
  [
    26,
    ({ year }, random) =>
      random.pick([
        `in ${year}`,
        `in ${year}`,
        `during ${year}`,
        `for ${year}`,
        `${year}`,
        `, ${year}`,
        `in the year ${year}`,
      ]),
  ],
  [
    14,
    ({ year, month }, random) =>
      random.pick([
        `in ${month} ${year}`,
        `in ${month.toLowerCase()} ${year}`,
        `${month} ${year}`,
        `for ${month} ${year}`,
      ]),
  ],
  [
    8,
    ({ year, quarter }, random) =>
      random.pick([
        `in Q${quarter} ${year}`,
        `in the ${quarter}${endings[quarter]} quarter of ${year}`,
      ]),
  ],
  [
    9,
    (_, random) =>
      random.pick(['last year', 'this year', 'last year', 'this year so far', 'in the last year']),
  ],
  [
    8,
    (_, random) =>
      random.pick(['last month', 'this month', 'last month', 'in the last month', 'yesterday']),
  ],
  [4, (_, random) => random.pick(['last quarter', 'this quarter', 'last week'])],
  [
    7,
    (_, random) =>
      `in the ${random.pick(['last', 'past'])} ${random.pick([7, 14, 30, 60, 90])} days`,
  ],
  [5, (_, random) => `in the last ${random.pick([2, 3, 6, 12])} months`],
  [5, ({ year, month }, random) => random.pick([`since ${month} ${year}`, `since ${year}`])],
  [3, ({ year, month }, random) => random.pick([`before ${year}`, `after ${month} ${year}`])],
  [5, ({ iso, year }) => betweenMonths(iso, year)],
  [
    4,
    ({ year }, random) =>
      random.pick([
        `between ${year - 1} and ${year}`,
        `from ${year - 1} to ${year}`,
        `from ${year} onwards`,
        `in ${year} or later`,
      ]),
  ],
  [3, ({ year }, random) => `in the ${random.pick(['first', 'second'])} half of ${year}`],
  [3, ({ year, month, day }) => `on ${day} ${month} ${year}`],
  [3, ({ iso }) => `between ${iso} and ${addUnits(iso, 40, 'day')}`],
]

const endings = ['', 'st', 'nd', 'rd', 'th']

function betweenMonths(iso: string, year: number): string {
  const start = Math.min(10, Number(iso.slice(5, 7)))
  const [from, to] = [monthNames[start - 1], monthNames[start + 1]]
  return `between ${from} and ${to} ${year}`
}

/** Half-open, as everywhere. */
export function periodConditions(column: WarehouseColumn, { start, end }: Period): string[] {
  return [
    ...(start > '1000-01-01' ? [`${sqlOf(column)} >= ${sqlText(start)}`] : []),
    ...(end < '9000-01-01' ? [`${sqlOf(column)} < ${sqlText(end)}`] : []),
  ]
}
