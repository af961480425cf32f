/** How far a measured share can be trusted. */

/** Standard deviations that hold 95 % of a normal distribution. */
const Z_95 = 1.959964

export interface Interval {
  readonly low: number
  readonly high: number
}

/** The 95 % score interval of Wilson (1927) for `right` of `total`; the whole range when nothing was tried. */
export function wilsonInterval(right: number, total: number): Interval {
  if (total === 0) return { low: 0, high: 1 }
  const share = right / total
  const square = Z_95 * Z_95
  const scale = 1 + square / total
  const middle = share + square / (2 * total)
  const reach = Z_95 * Math.sqrt((share * (1 - share) + square / (4 * total)) / total)
  return {
    low: Math.max(0, (middle - reach) / scale),
    high: Math.min(1, (middle + reach) / scale),
  }
}
