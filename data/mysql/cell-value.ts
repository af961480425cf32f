/** Turns one cell as MySQL writes it into a value that JSON carries without loss or surprise. */
import type { Value } from '../catalog.js'
import { decimalValue, integerValue } from '../written-number.js'
import { type ColumnField, isBinary } from './column-kind.js'

type Field = Omit<ColumnField, 'name'>

const integerTypes = new Set([1, 2, 3, 8, 9, 13])
const doubleTypes = new Set([4, 5])
const decimalTypes = new Set([0, 246])
const dateTypes = new Set([7, 10, 12, 14])
const bitType = 16

/** Digits before the point that leave room for a fraction in a double. */
const mostWholeDigits = 15
/** MySQL has dates that are none: `0000-00-00`, `2024-00-00`. */
const noDate = /^(0000-|\d{4}-00-|\d{4}-\d\d-00)/
const noFraction = /\.0+$/

/** As `cellValue`, but that every decimal keeps all of its digits, as text where need be. */
export function exactValue(field: Field, cell: Buffer | null): Value {
  return cell !== null && decimalTypes.has(field.columnType)
    ? cell.toString('latin1')
    : cellValue(field, cell)
}

/**
 * Whole numbers and stored decimals stay numbers while a double holds them exactly, else they become text; a computed
 * decimal, such as a mean, is rounded to a double. `TINYINT(1)` and `BIT(1)` are truth values. Dates read `YYYY-MM-DD`,
 * timestamps `YYYY-MM-DD HH:MM:SS`, and those that are none are null; bytes read `0x…`; times are as MySQL prints them.
 */
export function cellValue(field: Field, cell: Buffer | null): Value {
  if (cell === null) return null
  const { columnType, columnLength } = field
  if (columnType === bitType) return bitValue(cell, columnLength)
  if (isBinary(field as ColumnField)) return `0x${cell.toString('hex').toUpperCase()}`
  const text = cell.toString('utf8')
  if (integerTypes.has(columnType)) {
    const isTruth = columnType === 1 && columnLength === 1 && /^[01]$/.test(text)
    return isTruth ? text === '1' : integerValue(text)
  }
  if (decimalTypes.has(columnType)) return decimalOf(text, field.orgTable === '')
  if (doubleTypes.has(columnType)) return Number(text)
  if (!dateTypes.has(columnType)) return text
  return noDate.test(text) ? null : text.replace(noFraction, '')
}

function decimalOf(text: string, isComputed: boolean): Value {
  const point = text.replace('-', '').indexOf('.')
  return isComputed && point > 0 && point <= mostWholeDigits ? Number(text) : decimalValue(text)
}

function bitValue(cell: Buffer, bits: number): Value {
  const value = BigInt(`0x${cell.toString('hex') || '0'}`)
  return bits === 1 ? value === 1n : integerValue(value.toString())
}
