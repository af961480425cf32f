/** Turns one DuckDB cell into a value that JSON carries without loss or surprise. */
import { DuckDBDecimalValue, type DuckDBValue } from '@duckdb/node-api'
import type { Value } from '../catalog.js'
import { decimalValue, integerValue } from '../written-number.js'

/**
 * Numbers stay numbers while a double holds them exactly, else they become text; NaN and infinities become text, since
 * JSON has neither. Dates read `YYYY-MM-DD`, timestamps `YYYY-MM-DD HH:MM:SS`, nested values as DuckDB prints them.
 */
export function toValue(value: DuckDBValue): Value {
  if (value === null || value === undefined) return null
  if (typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value)
  if (typeof value === 'bigint') return integerValue(value.toString())
  if (value instanceof DuckDBDecimalValue) return decimalValue(value.toString())
  return String(value)
}
