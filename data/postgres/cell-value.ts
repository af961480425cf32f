/** Turns one cell as PostgreSQL writes it into a value that JSON carries without loss or surprise. */
import type { Value } from '../catalog.js'
import { decimalValue, integerValue } from '../written-number.js'

/** Of PostgreSQL's own numbering of types, which is the same on every server. */
const booleanType = 16
const integerTypes = new Set([20, 21, 23, 26])
const doubleTypes = new Set([700, 701])
const decimalType = 1700

/**
 * Numbers stay numbers while a double holds them exactly, else they become text; NaN and infinities are text. Dates read
 * `YYYY-MM-DD`, timestamps `YYYY-MM-DD HH:MM:SS`; JSON, arrays, intervals, bytes and ranges are as PostgreSQL prints them.
 */
export function cellValue(type: number, text: string | null): Value {
  if (text === null) return null
  if (type === booleanType) return text === 't'
  if (integerTypes.has(type)) return integerValue(text)
  if (type === decimalType) return decimalValue(text)
  if (!doubleTypes.has(type)) return text
  return Number.isFinite(Number(text)) ? Number(text) : text
}
