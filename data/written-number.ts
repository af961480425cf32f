/** Numbers as engines write them: a number while a double surely holds it exactly, else the text. */
import type { Value } from './catalog.js'

/** Decimal digits a double always keeps. */
const exactDigits = 15

/** NaN and infinities stay text, since JSON has neither. */
export function decimalValue(text: string): Value {
  const digits = text.replace(/[-.]/g, '').replace(/^0+/, '').length
  return digits <= exactDigits && Number.isFinite(Number(text)) ? Number(text) : text
}

export function integerValue(text: string): Value {
  return Number.isSafeInteger(Number(text)) ? Number(text) : text
}
