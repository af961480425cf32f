/** Turns one cell as PostgreSQL writes it into a value that JSON carries without loss or surprise. */
import type { FieldDef } from 'pg'
import type { Value } from '../catalog.js'
import { decimalValue, integerValue } from '../written-number.js'

/** Of PostgreSQL's own numbering of types, which is the same on every server. */
const booleanType = 16
const integerTypes = new Set([20, 21, 23, 26])
const doubleTypes = new Set([700, 701])
const decimalType = 1700

/** Digits before the point that leave room for a fraction in a double. */
const mostWholeDigits = 15

/**
 * Whole numbers and stored decimals stay numbers while a double holds them exactly, else they become text; a computed
 * decimal, such as a mean, is rounded to a double. NaN and infinities are text. Dates read `YYYY-MM-DD`, timestamps
 * `YYYY-MM-DD HH:MM:SS`; JSON, arrays, intervals, bytes and ranges are as PostgreSQL prints them.
 */
/** As `cellValue`, but that every decimal keeps all of its digits, as text where need be. */
export function exactValue(
  field: Pick<FieldDef, 'dataTypeID' | 'dataTypeModifier'>,
  text: string | null,
): Value {
  return field.dataTypeID === decimalType ? text : cellValue(field, text)
}

export function cellValue(
  { dataTypeID, dataTypeModifier }: Pick<FieldDef, 'dataTypeID' | 'dataTypeModifier'>,
  text: string | null,
): Value {
  if (text === null) return null
  if (dataTypeID === booleanType) return text === 't'
  if (integerTypes.has(dataTypeID)) return integerValue(text)
  if (dataTypeID === decimalType) {
    const isComputed = dataTypeModifier < 0 && text.includes('.')
    const isRoomy = text.replace('-', '').indexOf('.') <= mostWholeDigits
    return isComputed && isRoomy ? Number(text) : decimalValue(text)
  }
  if (!doubleTypes.has(dataTypeID)) return text
  return Number.isFinite(Number(text)) ? Number(text) : text
}
