/** Counts the dates or times of a sequence between two ends, as far as the words of the statement tell. */
import { isSymbol, isWord, type SqlToken } from './sql-tokens.js'

export interface CalendarSteps {
  /** As many items as there can be; infinite where nothing bounds them. */
  readonly count: number
  /** Whether both ends are written out; else the count is that of the longest calendar. */
  readonly isWritten: boolean
}

type Argument = readonly SqlToken[]

const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** Of the shortest of its kind. */
const unitMs: Readonly<Record<string, number>> = {
  hour: hourMs,
  day: dayMs,
  week: 7 * dayMs,
  month: 28 * dayMs,
  quarter: 90 * dayMs,
  year: 365 * dayMs,
}
/** From the year 1 to the year 9999. */
const longestMs = 10_000 * 366 * dayMs

/** Undefined for what is no sequence of dates or times. */
export function calendarSteps(
  from: Argument = [],
  to: Argument = [],
  step?: Argument,
): CalendarSteps | undefined {
  const stepMs = step === undefined ? (isDate(from) && isDate(to) ? dayMs : undefined) : msOf(step)
  if (stepMs === undefined) return undefined
  const [start, end] = [momentOf(from), momentOf(to)]
  if (start !== undefined && end !== undefined) {
    return { count: Math.abs(end - start) / stepMs + 1, isWritten: true }
  }
  // Between hours of a calendar that nobody sees there are too many.
  const count = stepMs < dayMs ? Number.POSITIVE_INFINITY : longestMs / stepMs
  return { count, isWritten: false }
}

/** Of `INTERVAL 1 DAY`, `INTERVAL '1' DAY` or `INTERVAL '1 day'`. */
function msOf([first, ...rest]: Argument): number | undefined {
  if (!isWord(first, 'interval')) return undefined
  const text = rest.map((token) => token.text.replaceAll("'", '')).join(' ')
  const [, count, unit = ''] = /^-? ?(\d+) ([a-z]+?)s?$/i.exec(text) ?? []
  const each = unitMs[unit.toLowerCase()]
  return each === undefined ? undefined : Number(count) * each
}

function isDate([first, next]: Argument): boolean {
  const isCall = isSymbol(next, '(')
  return (
    (isWord(first, 'date') && (isCall || next?.kind === 'string')) ||
    (isWord(first, 'to_date') && isCall)
  )
}

/** Milliseconds of `DATE '2024-01-01'` and `to_date('2024-01-01')`, and of timestamps, whose time of day is left out. */
function momentOf([first, ...rest]: Argument): number | undefined {
  const names = ['date', 'timestamp', 'to_date', 'to_timestamp']
  if (!names.some((name) => isWord(first, name))) return undefined
  const isCall = isSymbol(rest[0], '(') && isSymbol(rest[2], ')')
  const [text, ...more] = isCall ? [rest[1], ...rest.slice(3)] : rest
  if (text?.kind !== 'string' || more.length > 0) return undefined
  const [, day = ''] = /^'(\d{4}-\d\d-\d\d)(?![\d-])/.exec(text.text) ?? []
  const moment = Date.parse(day)
  return Number.isNaN(moment) ? undefined : moment
}
