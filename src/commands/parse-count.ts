/** A count as typed. */

/** Undefined when nothing was typed; `wrong` unless it is a whole number above 0. */
export function parseCount(typed: string | undefined): number | 'wrong' | undefined {
  if (typed === undefined) return undefined
  return /^[1-9]\d{0,8}$/.test(typed) ? Number(typed) : 'wrong'
}
