/** Calendar arithmetic on ISO dates (`YYYY-MM-DD`, UTC), half-open periods. */
import type { Grain, Period } from '../entities.js'

export type CalendarUnit = 'year' | 'half' | 'quarter' | 'month' | 'week' | 'day'

const monthsIn: Readonly<Record<'year' | 'half' | 'quarter' | 'month', number>> = {
  year: 12,
  half: 6,
  quarter: 3,
  month: 1,
}

const daysIn: Readonly<Record<'week' | 'day', number>> = { week: 7, day: 1 }

export const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const

export function isoDate(year: number, month: number, day: number): string {
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10)
}

/** Moves a date by whole units; a month shorter than the day of the month ends on its last day. */
export function addUnits(date: string, count: number, unit: CalendarUnit): string {
  const moved = new Date(`${date}T00:00:00Z`)
  if (unit === 'week' || unit === 'day') {
    moved.setUTCDate(moved.getUTCDate() + count * daysIn[unit])
    return moved.toISOString().slice(0, 10)
  }
  const day = moved.getUTCDate()
  moved.setUTCDate(1)
  moved.setUTCMonth(moved.getUTCMonth() + count * monthsIn[unit])
  const lastDay = new Date(Date.UTC(moved.getUTCFullYear(), moved.getUTCMonth() + 1, 0))
  moved.setUTCDate(Math.min(day, lastDay.getUTCDate()))
  return moved.toISOString().slice(0, 10)
}

/** First day of the unit that contains the date; weeks start on Monday (ISO 8601). */
export function startOfUnit(date: string, unit: CalendarUnit): string {
  const year = Number(date.slice(0, 4))
  const month = Number(date.slice(5, 7))
  if (unit === 'day') return date
  if (unit === 'week') {
    const weekday = (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7
    return addUnits(date, -weekday, 'day')
  }
  const size = monthsIn[unit]
  return isoDate(year, month - ((month - 1) % size), 1)
}

/** The calendar unit that holds `date`, labelled the way people name it. */
export function unitAround(date: string, unit: CalendarUnit): Period {
  const start = startOfUnit(date, unit)
  return { start, end: addUnits(start, 1, unit), label: labelOf(start, unit) }
}

/** How long a period is, in whole days. */
export function daysBetween(start: string, end: string): number {
  return Math.round((Date.parse(end) - Date.parse(start)) / 86_400_000)
}

/** A grain that gives a readable number of points over a stretch of days. */
export function grainFor(days: number): Grain {
  if (days <= 62) return 'day'
  if (days <= 6 * 366) return 'month'
  return 'year'
}

function labelOf(start: string, unit: CalendarUnit): string {
  const year = start.slice(0, 4)
  const month = Number(start.slice(5, 7))
  const labels: Readonly<Record<CalendarUnit, string>> = {
    year,
    half: `H${month <= 6 ? 1 : 2} ${year}`,
    quarter: `Q${Math.ceil(month / 3)} ${year}`,
    month: `${monthNames[month - 1]} ${year}`,
    week: `week of ${start}`,
    day: start,
  }
  return labels[unit]
}
