/** Turns one DuckDB cell into a value that JSON carries without loss or surprise. */
import { DuckDBDecimalValue, type DuckDBValue } from '@duckdb/node-api'
import type { Value } from '../catalog.js'

/** Decimal digits a double always keeps. */
const EXACT_DIGITS = 15

/**
 * Numbers stay numbers while a double holds them exactly, else they become text; NaN and infinities become text, since
 * JSON has neither. Dates read `YYYY-MM-DD`, timestamps `YYYY-MM-DD HH:MM:SS`, nested values as DuckDB prints them.
 */
export function toValue(value: DuckDBValue): Value {
  if (value === null || value === undefined) return null
  if (typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value)
  if (typeof value === 'bigint') return fromInteger(value)
  if (value instanceof DuckDBDecimalValue) return fromDecimal(value)
  return String(value)
}

function fromInteger(value: bigint): Value {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value.toString()
}

function fromDecimal(decimal: DuckDBDecimalValue): Value {
  const text = decimal.toString()
  const digits = text.replace(/[-.]/g, '').replace(/^0+/, '').length
  return digits <= EXACT_DIGITS ? Number(text) : text
}
