/** Reads one calendar expression at a place in the question: `2023`, `Q1 2023`, `March 2024`, `last 3 months`, `2024-03-05`. */
import * as chrono from 'chrono-node'
import type { Period } from '../entities.js'
import { addUnits, type CalendarUnit, isoDate, monthNames, unitAround } from './calendar.js'
import type { Token } from './tokens.js'

export interface DateUnit {
  readonly period: Period
  /** Tokens read. */
  readonly length: number
  /** Set when the year was left out: rebuilds the period in another year. */
  readonly inYear?: (year: number) => Period
}

type Reader = (tokens: readonly Token[], at: number, asOf: string) => DateUnit | undefined

const ordinals: ReadonlyMap<string, number> = new Map(
  Object.entries({
    first: 1,
    '1st': 1,
    second: 2,
    '2nd': 2,
    third: 3,
    '3rd': 3,
    fourth: 4,
    '4th': 4,
  }),
)

const unitWords: ReadonlyMap<string, CalendarUnit> = new Map(
  Object.entries({
    day: 'day',
    days: 'day',
    week: 'week',
    weeks: 'week',
    month: 'month',
    months: 'month',
    quarter: 'quarter',
    quarters: 'quarter',
    year: 'year',
    years: 'year',
    half: 'half',
  }),
)

const currentWords = new Set(['this', 'current'])
const previousWords = new Set(['last', 'previous', 'past', 'prior', 'preceding'])
const nextWords = new Set(['next', 'coming', 'upcoming'])
/** Month names that are everyday words too, so they need a year, `in` or a capital letter. */
const shyMonths = new Set(['may', 'march', 'mar', 'sun', 'dec', 'jan'])

export const readDateUnit: Reader = (tokens, at, asOf) => {
  for (const reader of readers) {
    const unit = reader(tokens, at, asOf)
    if (unit) return unit
  }
  return undefined
}

/** The year a token names, or undefined. */
function yearOf(token: Token | undefined): number | undefined {
  return token && /^(19|20)\d\d$/.test(token.lower) ? Number(token.lower) : undefined
}

const readExplicitDate: Reader = (tokens, at) => {
  const texts = [5, 4, 3].map((length) => tokens.slice(at, at + length))
  for (const candidate of texts) {
    const unit = dateOfTokens(candidate)
    if (unit) return unit
  }
  return undefined
}

/** A day given with its year: `2024-03-05`, `5 March 2024`, `March 5th, 2024`. */
function dateOfTokens(tokens: readonly Token[]): DateUnit | undefined {
  if (tokens.length < 3 || !tokens.some(yearOf)) return undefined
  const text = tokens.map((token) => token.lower).join(' ')
  const numeric = /^(\d{4}) (\d{1,2}) (\d{1,2})$/.exec(text)
  if (numeric) {
    const [, year, month, day] = numeric.map(Number)
    return dayUnit(isoDate(year ?? 0, month ?? 1, day ?? 1), tokens.length)
  }
  const parsed = chrono.strict.parse(text, new Date(0), { forwardDate: false })[0]
  if (parsed?.text.length !== text.length || !parsed.start.isCertain('day')) return undefined
  const { start } = parsed
  const date = isoDate(start.get('year') ?? 0, start.get('month') ?? 1, start.get('day') ?? 1)
  return dayUnit(date, tokens.length)
}

function dayUnit(date: string, length: number): DateUnit {
  return { period: unitAround(date, 'day'), length }
}

const readQuarterOrHalf: Reader = (tokens, at, asOf) => {
  const named = readNamedPart(tokens, at)
  if (!named) return undefined
  const { unit, number } = named
  const inYear = (year: number) =>
    unitAround(isoDate(year, (number - 1) * (unit === 'half' ? 6 : 3) + 1, 1), unit)
  return withYear(tokens, at, named.length, inYear, asOf)
}

/** `q1`, `h2`, `first quarter`, `2nd half`. */
function readNamedPart(tokens: readonly Token[], at: number) {
  const short = /^([qh])([1-4])$/.exec(tokens[at]?.lower ?? '')
  if (short) {
    return {
      unit: short[1] === 'h' ? ('half' as const) : ('quarter' as const),
      number: Number(short[2]),
      length: 1,
    }
  }
  const number = ordinals.get(tokens[at]?.lower ?? '')
  const unit = unitWords.get(tokens[at + 1]?.lower ?? '')
  if (number === undefined || (unit !== 'quarter' && unit !== 'half')) return undefined
  return { unit, number, length: 2 }
}

const readMonth: Reader = (tokens, at, asOf) => {
  const token = tokens[at]
  if (!token) return undefined
  const month = monthNumber(token.lower)
  if (month === undefined) return undefined
  const followedByYear = yearOf(tokens[at + 1]) ?? yearOf(tokens[at + 2])
  const introduced = ['in', 'during', 'from', 'since', 'to', 'and', 'for', 'of', 'between', 'until']
  const sure =
    followedByYear !== undefined ||
    (introduced.includes(tokens[at - 1]?.lower ?? '') && token.lower !== 'dec')
  if (shyMonths.has(token.lower) && !sure && !/^[A-Z]/.test(token.text)) return undefined
  return withYear(tokens, at, 1, (year) => unitAround(isoDate(year, month, 1), 'month'), asOf)
}

function monthNumber(word: string): number | undefined {
  const short = word === 'sept' ? 'sep' : word
  const index = monthNames.findIndex((name) => {
    const lower = name.toLowerCase()
    return lower === short || (short.length === 3 && lower.startsWith(short))
  })
  return index === -1 ? undefined : index + 1
}

/** Takes the year that follows (`March of 2024`), else the newest such part that has begun by `asOf`. */
function withYear(
  tokens: readonly Token[],
  at: number,
  length: number,
  inYear: (year: number) => Period,
  asOf: string,
): DateUnit {
  const direct = yearOf(tokens[at + length])
  if (direct !== undefined) return { period: inYear(direct), length: length + 1 }
  const afterOf = ['of', 'in'].includes(tokens[at + length]?.lower ?? '')
    ? yearOf(tokens[at + length + 1])
    : undefined
  if (afterOf !== undefined) return { period: inYear(afterOf), length: length + 2 }
  const thisYear = Number(asOf.slice(0, 4))
  const current = inYear(thisYear)
  return { period: current.start <= asOf ? current : inYear(thisYear - 1), length, inYear }
}

/** `first week of March 2025`, `last day of 2024`: the first or last stretch inside a larger one. */
const readEdge: Reader = (tokens, at, asOf) => {
  const edge = tokens[at]?.lower
  const count = tokens[at + 1]?.number
  const unitAt = count === undefined ? at + 1 : at + 2
  const unit = unitWords.get(tokens[unitAt]?.lower ?? '')
  const joined = ['of', 'in'].includes(tokens[unitAt + 1]?.lower ?? '')
  if ((edge !== 'first' && edge !== 'last') || !unit || unit === 'half' || !joined) return undefined
  const outer = readDateUnit(tokens, unitAt + 2, asOf)
  if (!outer) return undefined
  const length = unitAt + 2 + outer.length - at
  const { start, end, label } = outer.period
  const inner =
    edge === 'first'
      ? { start, end: addUnits(start, count ?? 1, unit) }
      : { start: addUnits(end, -(count ?? 1), unit), end }
  const said = `${edge} ${count === undefined ? '' : `${count} `}${tokens[unitAt]?.lower} of ${label}`
  return { period: { ...inner, label: said }, length }
}

const readYearPart: Reader = (tokens, at) => {
  const year = yearOf(tokens[at])
  if (year === undefined) return undefined
  const part = readNamedPart(tokens, at + 1)
  if (part?.length === 1) {
    const month = (part.number - 1) * (part.unit === 'half' ? 6 : 3) + 1
    return { period: unitAround(isoDate(year, month, 1), part.unit), length: 2 }
  }
  return { period: unitAround(isoDate(year, 1, 1), 'year'), length: 1 }
}

const readNamedYear: Reader = (tokens, at, asOf) => {
  if (!['year', 'fy', 'calendar'].includes(tokens[at]?.lower ?? '')) return undefined
  const unit = readYearPart(tokens, at + 1, asOf)
  return unit && { ...unit, length: unit.length + 1 }
}

const readRelative: Reader = (tokens, at, asOf) => {
  const first = tokens[at]?.lower ?? ''
  if (first === 'today') return dayUnit(asOf, 1)
  if (first === 'yesterday') return dayUnit(addUnits(asOf, -1, 'day'), 1)
  if (first === 'ytd') return toDate('year', 1, asOf)
  const unit = unitWords.get(tokens[at + 1]?.lower ?? '')
  if (unit && currentWords.has(first)) return { period: unitAround(asOf, unit), length: 2 }
  if (unit && previousWords.has(first)) {
    const before = addUnits(unitAround(asOf, unit).start, -1, 'day')
    return { period: unitAround(before, unit), length: 2 }
  }
  if (unit && nextWords.has(first)) {
    return { period: unitAround(unitAround(asOf, unit).end, unit), length: 2 }
  }
  const count = tokens[at]?.number
  if (unit && count !== undefined && tokens[at + 2]?.lower === 'ago') {
    return { period: unitAround(addUnits(asOf, -count, unit), unit), length: 3 }
  }
  return readRolling(tokens, at, asOf) ?? readToDate(tokens, at, asOf)
}

/** `last 3 months`: that many months back from the day after `asOf`, so that `asOf` is included. */
const readRolling: Reader = (tokens, at, asOf) => {
  const count = tokens[at + 1]?.number
  const unit = unitWords.get(tokens[at + 2]?.lower ?? '')
  if (!previousWords.has(tokens[at]?.lower ?? '') || !unit || count === undefined) return undefined
  const end = addUnits(asOf, 1, 'day')
  const start = addUnits(end, -count, unit)
  return { period: { start, end, label: `last ${count} ${unit}s` }, length: 3 }
}

const readToDate: Reader = (tokens, at, asOf) => {
  const unit = unitWords.get(tokens[at]?.lower ?? '')
  const next = [tokens[at + 1]?.lower, tokens[at + 2]?.lower].join(' ')
  return unit && next === 'to date' ? toDate(unit, 3, asOf) : undefined
}

function toDate(unit: CalendarUnit, length: number, asOf: string): DateUnit {
  const { start, label } = unitAround(asOf, unit)
  return { period: { start, end: addUnits(asOf, 1, 'day'), label: `${label} to ${asOf}` }, length }
}

const readers: readonly Reader[] = [
  readExplicitDate,
  readEdge,
  readQuarterOrHalf,
  readMonth,
  readYearPart,
  readNamedYear,
  readRelative,
]
