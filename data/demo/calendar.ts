/** Days as counts since 1970-01-01, the form in which DuckDB stores dates. */

const MILLISECONDS_PER_DAY = 86_400_000

/** `month` is 1 to 12. */
export function dayOf(year: number, month: number, day: number): number {
  return Date.UTC(year, month - 1, day) / MILLISECONDS_PER_DAY
}

export interface DayParts {
  readonly year: number
  /** 1 to 12. */
  readonly month: number
  /** 0 is Sunday. */
  readonly weekday: number
}

export function partsOf(day: number): DayParts {
  const date = new Date(day * MILLISECONDS_PER_DAY)
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    weekday: date.getUTCDay(),
  }
}
