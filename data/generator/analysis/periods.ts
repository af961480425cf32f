/** Times as people say them, with the days that they mean. */

import { sqlText } from '../../../models/grammar/sql-name.js'
import type { Random } from '../../random.js'
import type { AskableDate } from './dates.js'

export interface AskedPeriod {
  /** With its preposition: "in March 2024". */
  readonly words: string
  /** Of the date it was drawn for. */
  readonly sql: string
}

const monthNames = Array.from({ length: 12 }, (_, month) =>
  new Intl.DateTimeFormat('en', { month: 'long', timeZone: 'UTC' }).format(Date.UTC(2000, month)),
)
const ordinals = ['first', 'second', 'third', 'fourth']

interface Span {
  readonly words: readonly string[]
  /** ISO days, half-open; undefined where the span has no such end. */
  readonly from?: string
  readonly to?: string
}

type MakeSpan = (year: number, random: Random, date: AskableDate) => Span

const wholeYear: MakeSpan = (year) => ({
  words: [`in ${year}`, `in ${year}`, `during ${year}`, `in the year ${year}`],
  from: `${year}-01-01`,
  to: `${year + 1}-01-01`,
})

const month: MakeSpan = (year, random) => {
  const at = random.integer(0, 11)
  const words = [`in ${monthNames[at]} ${year}`, `during ${monthNames[at]} ${year}`]
  return { words, from: firstOf(year, at), to: firstOf(year, at + 1) }
}

const quarter: MakeSpan = (year, random) => {
  const at = random.integer(0, 3)
  const words = [`in Q${at + 1} ${year}`, `in the ${ordinals[at]} quarter of ${year}`]
  return { words, from: firstOf(year, at * 3), to: firstOf(year, at * 3 + 3) }
}

const half: MakeSpan = (year, random) => {
  const at = random.integer(0, 1)
  const words = [`in the ${ordinals[at]} half of ${year}`]
  return { words, from: firstOf(year, at * 6), to: firstOf(year, at * 6 + 6) }
}

const months: MakeSpan = (year, random) => {
  const first = random.integer(0, 9)
  const last = random.integer(first + 1, 11)
  const [from, to] = [monthNames[first], monthNames[last]]
  const words = [`from ${from} to ${to} ${year}`, `between ${from} and ${to} ${year}`]
  return { words, from: firstOf(year, first), to: firstOf(year, last + 1) }
}

const years: MakeSpan = (year, random, { firstYear, lastYear }) => {
  if (firstYear === lastYear) return wholeYear(year, random, { firstYear, lastYear } as AskableDate)
  const first = Math.min(year, lastYear - 1)
  const last = random.integer(first + 1, lastYear)
  const words = [`from ${first} to ${last}`, `between ${first} and ${last}`]
  return { words, from: `${first}-01-01`, to: `${last + 1}-01-01` }
}

const since: MakeSpan = (year, random) => {
  const at = random.integer(0, 11)
  return random.chance(50)
    ? { words: [`since ${year}`, `in ${year} or later`], from: `${year}-01-01` }
    : { words: [`since ${monthNames[at]} ${year}`], from: firstOf(year, at) }
}

const before: MakeSpan = (year) => ({ words: [`before ${year}`], to: `${year}-01-01` })

const after: MakeSpan = (year) => ({ words: [`after ${year}`], from: `${year + 1}-01-01` })

const oneDay: MakeSpan = (year, random) => {
  const [at, day] = [random.integer(0, 11), random.integer(1, 28)]
  const from = new Date(Date.UTC(year, at, day))
  const to = new Date(Date.UTC(year, at, day + 1))
  return {
    words: [`on ${day} ${monthNames[at]} ${year}`, `on ${iso(from)}`],
    from: iso(from),
    to: iso(to),
  }
}

const spans: readonly (readonly [weight: number, make: MakeSpan])[] = [
  [30, wholeYear],
  [20, month],
  [12, quarter],
  [4, half],
  [8, months],
  [8, years],
  [8, since],
  [5, before],
  [5, after],
  [4, oneDay],
]

/** A time within the stored days, or at their edge. */
export function drawPeriod(date: AskableDate, random: Random): AskedPeriod {
  const make = spans[random.weighted(spans.map(([weight]) => weight))]?.[1] ?? wholeYear
  const year = random.integer(date.firstYear, date.lastYear)
  return periodOf(make(year, random, date), date, random)
}

export function yearOf(year: number, date: AskableDate, random: Random): AskedPeriod {
  return periodOf(wholeYear(year, random, date), date, random)
}

function periodOf({ words, from, to }: Span, { sql }: AskableDate, random: Random): AskedPeriod {
  const conditions = [
    ...(from === undefined ? [] : [`${sql} >= ${sqlText(from)}`]),
    ...(to === undefined ? [] : [`${sql} < ${sqlText(to)}`]),
  ]
  return { words: random.pick(words), sql: conditions.join(' and ') }
}

/** The month may be the first of the next year. */
function firstOf(year: number, at: number): string {
  return iso(new Date(Date.UTC(year, at, 1)))
}

function iso(day: Date): string {
  return day.toISOString().slice(0, 10)
}

/** "Sold in 2024", after the noun. */
export function happening(date: AskableDate, period: AskedPeriod, random: Random): string {
  return random.pick(date.happens).replace('{}', () => period.words)
}
