/** Calendar parts, time grains and the natural order of words: what makes an axis read from left to right. */
import type { Value } from '../../data/catalog.js'

export type CalendarPart = 'month' | 'quarter' | 'weekday' | 'hour' | 'day' | 'week'
export type TimeGrain = 'year' | 'quarter' | 'month' | 'day' | 'time'

const months =
  'january february march april may june july august september october november december'.split(' ')
const monthLabels = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')
const weekdays = 'monday tuesday wednesday thursday friday saturday sunday'.split(' ')
const weekdayLabels = 'Sun Mon Tue Wed Thu Fri Sat'.split(' ')

/** Words with an order of their own; a column follows one when all its values are in it. */
const orderedWords: readonly (readonly string[])[] = [
  ['very low', 'low', 'medium', 'high', 'very high', 'critical'],
  ['tiny', 'small', 'medium', 'large', 'extra large'],
  ['xxs', 'xs', 's', 'm', 'l', 'xl', 'xxl', 'xxxl'],
  ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'],
  ['morning', 'afternoon', 'evening', 'night'],
  ['bronze', 'silver', 'gold', 'platinum', 'diamond'],
  ['spring', 'summer', 'autumn', 'winter'],
]

const calendarRanges: Readonly<
  Record<CalendarPart, { readonly names: RegExp; readonly from: number; readonly to: number }>
> = {
  month: { names: /(^|_|\b)(month|month_number|month_no|mon)$/i, from: 1, to: 12 },
  quarter: { names: /(^|_|\b)(quarter|qtr)$/i, from: 1, to: 4 },
  weekday: { names: /(^|_|\b)(weekday|day_?of_?week|dow|isodow|iso_?day)$/i, from: 0, to: 7 },
  hour: { names: /(^|_|\b)hour(_of_day)?$/i, from: 0, to: 23 },
  day: { names: /(^|_|\b)(day|day_?of_?month)$/i, from: 1, to: 31 },
  week: { names: /(^|_|\b)(week|week_number|isoweek)$/i, from: 1, to: 53 },
}

/** The part a numeric column holds, judged by its name and by its values all being in range. */
export function calendarPartOf(name: string, values: readonly number[]): CalendarPart | undefined {
  const word = name.replace(/\(.*\)$/, '')
  const parts = Object.entries(calendarRanges) as [CalendarPart, (typeof calendarRanges)['month']][]
  return parts.find(
    ([, { names, from, to }]) =>
      names.test(word) &&
      values.every((value) => Number.isInteger(value) && value >= from && value <= to),
  )?.[0]
}

/** Weekday numbers are only named when counting from Sunday as 0, since engines disagree about 1. */
export function calendarLabel(part: CalendarPart, value: number, startsAtZero: boolean): string {
  if (part === 'month') return monthLabels[value - 1] ?? String(value)
  if (part === 'quarter') return `Q${value}`
  if (part === 'weekday' && startsAtZero) return weekdayLabels[value] ?? String(value)
  if (part === 'hour') return `${String(value).padStart(2, '0')}:00`
  if (part === 'week') return `Week ${value}`
  return String(value)
}

const isoDate = /^(\d{4})-(\d{2})(?:-(\d{2}))?(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\S*)?$/

export function looksLikeDate(text: string): boolean {
  const match = isoDate.exec(text)
  return match !== null && Number(match[2]) >= 1 && Number(match[2]) <= 12
}

/** The coarsest grain that all dates sit on; a lone date is a day. */
export function timeGrainOf(values: readonly string[]): TimeGrain {
  const parts = values.flatMap((value) => {
    const match = isoDate.exec(value)
    return match ? [{ month: Number(match[2]), day: Number(match[3] ?? 1), time: match[4] }] : []
  })
  if (parts.some(({ time }) => time && !/^00:00(:00(\.0+)?)?$/.test(time))) return 'time'
  if (parts.some(({ day }) => day !== 1)) return 'day'
  if (values.length < 2) return values.every((value) => value.length <= 7) ? 'month' : 'day'
  if (parts.every(({ month }) => month === 1)) return 'year'
  return parts.every(({ month }) => month % 3 === 1) ? 'quarter' : 'month'
}

/** A date as a short axis label, for axes that show one label per bar. */
export function timeLabel(text: string, grain: TimeGrain): string {
  const match = isoDate.exec(text)
  if (!match) return text
  const [, year = '', month = '01', day = '01', time = ''] = match
  const monthLabel = monthLabels[Number(month) - 1] ?? month
  if (grain === 'year') return year
  if (grain === 'quarter') return `Q${Math.ceil(Number(month) / 3)} ${year}`
  if (grain === 'month') return `${monthLabel} ${year}`
  const date = `${Number(day)} ${monthLabel} ${year}`
  return grain === 'time' ? `${date} ${time.slice(0, 5)}` : date
}

/** Ranks values that have an order of their own; undefined when they have none. */
export function naturalOrder(values: readonly Value[]): ((value: Value) => number) | undefined {
  const words = values
    .filter((value) => value !== null)
    .map((value) => String(value).toLowerCase().trim())
  if (words.length < 2) return undefined
  const rank = [monthRank, weekdayRank, quarterRank, ...orderedWords.map(wordRank), bandRank].find(
    (candidate) => words.every((word) => candidate(word) !== undefined),
  )
  if (!rank) return undefined
  return (value) =>
    value === null ? Number.MAX_SAFE_INTEGER : (rank(String(value).toLowerCase().trim()) ?? 0)
}

function monthRank(word: string): number | undefined {
  const [, name = '', year = '0'] = /^([a-z]{3,9})\.?(?:[ -]+(\d{4}))?$/.exec(word) ?? []
  const month = beginningOf(months, name)
  return month === undefined ? undefined : Number(year) * 12 + month
}

function weekdayRank(word: string): number | undefined {
  return beginningOf(weekdays, word)
}

/** Position of the full name that `word` is, or shortens to three letters or more. */
function beginningOf(names: readonly string[], word: string): number | undefined {
  const position = word.length < 3 ? -1 : names.findIndex((name) => name.startsWith(word))
  return position < 0 ? undefined : position
}

function quarterRank(word: string): number | undefined {
  const yearFirst = /^(\d{4})[ -]?q([1-4])$/.exec(word)
  if (yearFirst) return Number(yearFirst[1]) * 4 + Number(yearFirst[2])
  const match = /^q([1-4])(?:[ -](\d{4}))?$/.exec(word)
  return match ? Number(match[2] ?? 0) * 4 + Number(match[1]) : undefined
}

function wordRank(scale: readonly string[]): (word: string) => number | undefined {
  return (word) => (scale.includes(word) ? scale.indexOf(word) : undefined)
}

/** Bands such as `<18`, `18-24`, `65+`, `1,000 to 2,000`. */
function bandRank(word: string): number | undefined {
  const match = /^(<=?|under|>=?|over)?\s*\$?([\d,.]+)\s*(?:\+|(?:-|–|to)\s*\$?[\d,.]+|%)?$/.exec(
    word,
  )
  if (!match || Number.isNaN(Number(match[2]?.replaceAll(',', '')))) return undefined
  const start = Number(match[2]?.replaceAll(',', ''))
  return /^(<|under)/.test(match[1] ?? '') ? start - 0.5 : start
}
