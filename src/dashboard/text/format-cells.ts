/** Writes the cells of a column for people. */
import type { Value } from '../../../data/catalog.js'
import type { ResultColumn } from '../../../data/database.js'
import type { Locale } from './locale.js'

export type CellFormatter = (value: Value) => string

/** Numbers that name a thing rather than count it. */
const nameLike = /(^|[_ ])(id|key|code|year|zip|postcode|phone)$/i
/** Below this size two decimals would hide the value. */
const smallNumber = 0.1

/** One formatter for a whole column, so that its decimals line up. */
export function cellFormatter(
  { name, kind }: ResultColumn,
  values: readonly Value[],
  locale: Locale,
  words: { readonly yes: string; readonly no: string },
): CellFormatter {
  if (kind === 'number' && !nameLike.test(name)) return numberFormatter(values, locale)
  return (value) => {
    if (typeof value === 'boolean') return value ? words.yes : words.no
    return kind === 'timestamp' ? String(value).replace('T', ' ') : String(value)
  }
}

function numberFormatter(values: readonly Value[], locale: Locale): CellFormatter {
  const numbers = values.filter((value) => value !== null).map(Number)
  const whole = numbers.every(Number.isInteger)
  const tiny = numbers.some((number) => number !== 0 && Math.abs(number) < smallNumber)
  const decimals = whole ? 0 : 2
  const options = tiny
    ? { maximumSignificantDigits: 4 }
    : { minimumFractionDigits: decimals, maximumFractionDigits: decimals }
  const format = new Intl.NumberFormat(locale.regionalTag, options)
  return (value) => {
    // Integers beyond 2^53 arrive as text and keep every digit.
    if (typeof value === 'string' && /^-?\d+$/.test(value)) return format.format(BigInt(value))
    return Number.isFinite(Number(value)) ? format.format(Number(value)) : String(value)
  }
}
