/** Writes cells and durations for people. */

/** @typedef {import('../../data/catalog.js').Value} Value */
/** @typedef {import('../../data/database.js').ResultColumn} ResultColumn */

/** Numbers that name a thing rather than count it. */
const nameLike = /(^|[_ ])(id|key|code|year|zip|postcode|phone)$/i
/** Below this size two decimals would hide the value. */
const smallNumber = 0.1

/**
 * One formatter for a whole column, so that its decimals line up.
 * @param {ResultColumn} column
 * @param {readonly Value[]} values
 * @returns {(value: Value) => string}
 */
export function cellFormatter({ name, kind }, values) {
  if (kind === 'number' && !nameLike.test(name)) return numberFormatter(values)
  return (value) => {
    if (typeof value === 'boolean') return value ? 'yes' : 'no'
    return kind === 'timestamp' ? String(value).replace('T', ' ') : String(value)
  }
}

/**
 * @param {readonly Value[]} values
 * @returns {(value: Value) => string}
 */
function numberFormatter(values) {
  const numbers = values.filter((value) => value !== null).map(Number)
  const whole = numbers.every(Number.isInteger)
  const tiny = numbers.some((number) => number !== 0 && Math.abs(number) < smallNumber)
  const decimals = whole ? 0 : 2
  const format = new Intl.NumberFormat(
    'en',
    tiny
      ? { maximumSignificantDigits: 4 }
      : { minimumFractionDigits: decimals, maximumFractionDigits: decimals },
  )
  return (value) => {
    // Integers beyond 2^53 arrive as text and keep every digit.
    if (typeof value === 'string' && /^-?\d+$/.test(value)) return format.format(BigInt(value))
    return Number.isFinite(Number(value)) ? format.format(Number(value)) : String(value)
  }
}

/** @param {number} milliseconds */
export function formatMilliseconds(milliseconds) {
  if (milliseconds < 1_000) return `${Math.round(milliseconds)} ms`
  return `${(milliseconds / 1_000).toFixed(1)} s`
}

/**
 * @param {number} count
 * @param {string} noun In the singular, with a regular plural.
 */
export function countOf(count, noun) {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`
}
