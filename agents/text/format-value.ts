/** Writes cells for people: grouped digits, readable dates, no value invented. */
import type { ColumnKind, Value } from '../../data/catalog.js'

/** Amounts above this many decimals are rounded for reading; the table keeps the full value. */
const maxDecimals = 2
/** Below this size two decimals would hide the value, so significant digits count instead. */
const smallNumber = 0.1

const monthNames =
  'January February March April May June July August September October November December'.split(' ')

export interface FormatOptions {
  /** Fixed decimals for a column whose values differ in length; absent for each value's own. */
  readonly decimals?: number
}

/** `kind` decides: numbers are grouped, dates spelled out, everything else shown as it is stored. */
export function formatValue(value: Value, kind: ColumnKind, options: FormatOptions = {}): string {
  if (value === null) return '(none)'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (kind === 'number') return formatNumber(value, options)
  if (kind === 'date' || kind === 'timestamp') return formatDate(String(value))
  return String(value).trim() === '' ? '(empty)' : String(value)
}

/** Integers that arrive as text (beyond 2^53) keep every digit. */
export function formatNumber(value: string | number, { decimals }: FormatOptions = {}): string {
  const number = Number(value)
  if (String(value).trim() === '' || !Number.isFinite(number)) return String(value)
  if (typeof value === 'string' && /^-?\d+$/.test(value)) return groupDigits(value)
  const isSmall = decimals === undefined && number !== 0 && Math.abs(number) < smallNumber
  return (isSmall ? smallNumberFormat : formatOf(decimals)).format(number)
}

/** Building a format costs more than using it a thousand times, so each is built once. */
const formats = new Map<number | undefined, Intl.NumberFormat>()
const smallNumberFormat = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 })

function formatOf(decimals: number | undefined): Intl.NumberFormat {
  const known = formats.get(decimals)
  if (known) return known
  const format = new Intl.NumberFormat('en', {
    minimumFractionDigits: decimals ?? 0,
    maximumFractionDigits: decimals ?? maxDecimals,
  })
  formats.set(decimals, format)
  return format
}

/** Decimals that show every value of a column alike: 0 for whole numbers, otherwise 2. */
export function sharedDecimals(values: readonly Value[]): number | undefined {
  const numbers = values.filter((value) => value !== null).map(Number)
  if (numbers.every(Number.isInteger)) return 0
  const tiny = numbers.some((number) => number !== 0 && Math.abs(number) < smallNumber)
  return tiny ? undefined : maxDecimals
}

/** `2023-07-01` → `1 July 2023`; a midnight time is dropped; text of another form is kept. */
export function formatDate(text: string): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}:\d{2})(:\d{2})?\S*)?$/.exec(text)
  if (!match) return text
  const [, year, month, day, time] = match
  const date = `${Number(day)} ${monthNames[Number(month) - 1] ?? month} ${year}`
  return time && time !== '00:00' ? `${date} ${time}` : date
}

function groupDigits(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+(?!\d))/g, ',')
}
