/** Finds every stretch of time and every time grain a question names. */

import type { Grain, Period } from '../entities.js'
import { addUnits, type CalendarUnit, daysBetween, unitAround } from './calendar.js'
import { type DateUnit, readDateUnit } from './read-date-unit.js'
import type { Token } from './tokens.js'

/** Token positions `from` up to but not including `to`. */
export type TimeSpan =
  | { readonly kind: 'period'; readonly from: number; readonly to: number; readonly period: Period }
  | { readonly kind: 'grain'; readonly from: number; readonly to: number; readonly grain: Grain }

/** Bounds of open periods; far beyond any data. */
const beginningOfTime = '0001-01-01'
const endOfTime = '9999-12-31'

const rangeWords = new Set(['to', 'through', 'until', 'till', 'and'])
const introductions = new Set(['in', 'during', 'for', 'within', 'over', 'on', 'of', 'the', 'at'])

const openings: Readonly<Record<string, (unit: Period) => Period>> = {
  since: (unit) => ({ start: unit.start, end: endOfTime, label: `since ${unit.label}` }),
  after: (unit) => ({ start: unit.end, end: endOfTime, label: `after ${unit.label}` }),
  before: (unit) => ({ start: beginningOfTime, end: unit.start, label: `before ${unit.label}` }),
  'prior to': (unit) => ({
    start: beginningOfTime,
    end: unit.start,
    label: `before ${unit.label}`,
  }),
  until: (unit) => ({ start: beginningOfTime, end: unit.end, label: `until ${unit.label}` }),
  'up to': (unit) => ({ start: beginningOfTime, end: unit.end, label: `until ${unit.label}` }),
  'by the end of': (unit) => ({
    start: beginningOfTime,
    end: unit.end,
    label: `until ${unit.label}`,
  }),
}

const grainPhrases: Readonly<Record<string, Grain>> = {
  yearly: 'year',
  'over the years': 'year',
  'through the years': 'year',
  'over the months': 'month',
  'over the quarters': 'quarter',
  'over the weeks': 'week',
  annual: 'year',
  annually: 'year',
  'by year': 'year',
  'per year': 'year',
  'each year': 'year',
  'every year': 'year',
  'year by year': 'year',
  'year over year': 'year',
  quarterly: 'quarter',
  'by quarter': 'quarter',
  'per quarter': 'quarter',
  'each quarter': 'quarter',
  'every quarter': 'quarter',
  'quarter by quarter': 'quarter',
  monthly: 'month',
  'by month': 'month',
  'per month': 'month',
  'each month': 'month',
  'every month': 'month',
  'month by month': 'month',
  'month over month': 'month',
  weekly: 'week',
  'by week': 'week',
  'per week': 'week',
  'each week': 'week',
  'week by week': 'week',
  daily: 'day',
  'by day': 'day',
  'per day': 'day',
  'each day': 'day',
  'every day': 'day',
  'day by day': 'day',
  'by date': 'day',
  'per date': 'day',
  'each date': 'day',
  'day of the week': 'weekday',
  'day of week': 'weekday',
  'days of the week': 'weekday',
  weekday: 'weekday',
  weekdays: 'weekday',
  'by day of the week': 'weekday',
  'by day of week': 'weekday',
  'per day of the week': 'weekday',
  'by weekday': 'weekday',
  'per weekday': 'weekday',
  'by month of the year': 'month_of_year',
  'month of the year': 'month_of_year',
  'by calendar month': 'month_of_year',
  'calendar month': 'month_of_year',
}

const grainNouns: ReadonlyMap<string, Grain> = new Map([
  ['year', 'year'],
  ['years', 'year'],
  ['quarter', 'quarter'],
  ['quarters', 'quarter'],
  ['month', 'month'],
  ['months', 'month'],
  ['week', 'week'],
  ['weeks', 'week'],
  ['day', 'day'],
  ['days', 'day'],
])

/** Periods and grains in reading order, never overlapping. `asOf` is what relative dates count from. */
export function readTimeSpans(tokens: readonly Token[], asOf: string): readonly TimeSpan[] {
  const spans: TimeSpan[] = []
  for (let at = 0; at < tokens.length; ) {
    const span =
      readStep(tokens, at, spans) ??
      readOpen(tokens, at, asOf) ??
      readDays(tokens, at, asOf) ??
      readRange(tokens, at, asOf) ??
      readGrain(tokens, at)
    if (span) spans.push(span)
    at = span ? span.to : at + 1
  }
  return spans
}

const stepUnits = new Set(['year', 'quarter', 'month', 'week', 'day'])

/** "2024 … the year before", "March 2025 … the previous month": counted from the period named before it. */
function readStep(
  tokens: readonly Token[],
  at: number,
  spans: readonly TimeSpan[],
): TimeSpan | undefined {
  const anchor = spans.findLast((span) => span.kind === 'period')
  const words = [tokens[at]?.lower ?? '', tokens[at + 1]?.lower ?? '']
  const unit = words.find((word) => stepUnits.has(word)) as CalendarUnit | undefined
  const back = /^(before|earlier|previous|prior|preceding)$/
  if (anchor?.kind !== 'period' || !unit || !words.some((word) => back.test(word))) return undefined
  if (tokens[at + 2]?.number !== undefined) return undefined
  const period = unitAround(addUnits(anchor.period.start, -1, unit), unit)
  return { kind: 'period', from: at, to: at + 2, period }
}

function readOpen(tokens: readonly Token[], at: number, asOf: string): TimeSpan | undefined {
  for (const [phrase, open] of Object.entries(openings)) {
    const length = matchPhrase(tokens, at, phrase)
    if (length === 0) continue
    const unit = readDateUnit(tokens, skipIntroductions(tokens, at + length), asOf)
    if (!unit) continue
    const to = skipIntroductions(tokens, at + length) + unit.length
    return { kind: 'period', from: at, to, period: open(unit.period) }
  }
  return undefined
}

function readRange(tokens: readonly Token[], at: number, asOf: string): TimeSpan | undefined {
  const lead = tokens[at]?.lower ?? ''
  const begins = lead === 'from' || lead === 'between'
  const unitAt = begins || introductions.has(lead) ? skipIntroductions(tokens, at + 1) : at
  const first = readDateUnit(tokens, unitAt, asOf)
  if (!first) return undefined
  const afterFirst = unitAt + first.length
  const second = readSecond(tokens, afterFirst, asOf, lead)
  if (second) return joinRange(first, second.unit, at, second.to)
  const tail = readTail(tokens, afterFirst)
  const period = tail ? tail.open(first.period) : first.period
  return { kind: 'period', from: at, to: afterFirst + (tail?.length ?? 0), period }
}

/** "2024 or later", "2020 onwards", "March 2023 and before". */
function readTail(tokens: readonly Token[], at: number) {
  const joined = ['or', 'and'].includes(tokens[at]?.lower ?? '')
  const word = tokens[joined ? at + 1 : at]?.lower ?? ''
  const length = joined ? 2 : 1
  if (/^(onwards?|forward)$/.test(word) || (joined && /^(later|newer|after|beyond)$/.test(word))) {
    return { length, open: (unit: Period) => openings.since?.(unit) ?? unit }
  }
  const until = joined && /^(earlier|older|before)$/.test(word)
  return until ? { length, open: (unit: Period) => openings.until?.(unit) ?? unit } : undefined
}

/** "20 to 28 November 2025": the first day takes its month from the last. */
function readDays(tokens: readonly Token[], at: number, asOf: string): TimeSpan | undefined {
  const begins = ['from', 'between', 'on'].includes(tokens[at]?.lower ?? '')
  const dayAt = begins ? at + 1 : at
  const day = tokens[dayAt]?.number
  const joins = rangeWords.has(tokens[dayAt + 1]?.lower ?? '')
  if (day === undefined || day < 1 || day > 31 || !joins) return undefined
  const last = readDateUnit(tokens, dayAt + 2, asOf)
  if (!last || daysBetween(last.period.start, last.period.end) !== 1) return undefined
  const start = `${last.period.start.slice(0, 8)}${String(day).padStart(2, '0')}`
  const label = `${start} to ${last.period.label}`
  const period = { start, end: last.period.end, label }
  return { kind: 'period', from: at, to: dayAt + 2 + last.length, period }
}

/** `and` closes a range only after `between`; elsewhere it lists periods. */
function readSecond(tokens: readonly Token[], at: number, asOf: string, lead: string) {
  const connector = tokens[at]?.lower ?? ''
  if (!rangeWords.has(connector) || (connector === 'and' && lead !== 'between')) return undefined
  const unitAt = skipIntroductions(tokens, at + 1)
  const unit = readDateUnit(tokens, unitAt, asOf)
  return unit && { unit, to: unitAt + unit.length }
}

function joinRange(first: DateUnit, last: DateUnit, from: number, to: number): TimeSpan {
  const start = first.inYear?.(Number(last.period.start.slice(0, 4))) ?? first.period
  const label = `${start.label} to ${last.period.label}`
  const ends = [start, last.period] as const
  return {
    kind: 'period',
    from,
    to,
    period: { start: start.start, end: last.period.end, label, ends },
  }
}

function readGrain(tokens: readonly Token[], at: number): TimeSpan | undefined {
  const phrases = Object.entries(grainPhrases)
    .map(([phrase, grain]) => ({ grain, length: matchPhrase(tokens, at, phrase) }))
    .filter(({ length }) => length > 0)
    .sort((a, b) => b.length - a.length)
  const best = phrases[0]
  if (best) return { kind: 'grain', from: at, to: at + best.length, grain: best.grain }
  return undefined
}

/** The grain a lone noun names ("which month", "best year"); callers decide whether it stands alone. */
export function grainOfWord(word: string): Grain | undefined {
  return grainNouns.get(word)
}

function skipIntroductions(tokens: readonly Token[], at: number): number {
  let position = at
  while (introductions.has(tokens[position]?.lower ?? '')) position += 1
  return position
}

/** Number of tokens the phrase covers at this place, 0 when it is not there. */
export function matchPhrase(tokens: readonly Token[], at: number, phrase: string): number {
  const words = phrase.split(' ')
  return words.every((word, offset) => tokens[at + offset]?.lower === word) ? words.length : 0
}
