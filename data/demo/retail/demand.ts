/** How many sales a store makes on a day: size, season, weekday, growth and promotions. */

import type { Random } from '../../random.js'
import { type DayParts, partsOf } from '../calendar.js'
import { FIRST_DAY, LAST_DAY, YEARS } from './calendar.js'
import { REGION_NAMES } from './names.js'
import type { Promotion } from './promotions.js'
import { isOpen, type Store } from './stores.js'

/** By month, January first; 100 is usual. */
const MONTH_PERCENT = [82, 80, 92, 95, 98, 102, 96, 100, 96, 102, 132, 158]
/** Sunday first. */
const WEEKDAY_PERCENT = [85, 84, 86, 92, 100, 122, 141]
/** By year since 2022: one region shrinks after a good year, one grows fast. */
const REGION_PERCENT: Record<(typeof REGION_NAMES)[number], readonly number[]> = {
  North: [100, 104, 107, 112],
  South: [100, 113, 129, 148],
  East: [100, 106, 113, 119],
  West: [100, 109, 103, 97],
  Central: [100, 108, 117, 126],
}
/** A new store needs this many days to reach its full traffic. */
const RAMP_DAYS = 180
/** Store size in square metres that brings one sale a day before all other factors. */
const SQM_PER_DAILY_SALE = 1_080
const SMALLEST_DAILY_SALES = 0.25

export function salesOn(
  store: Store,
  day: number,
  promotion: Promotion | undefined,
  random: Random,
): number {
  if (!isOpen(store, day)) return 0
  const expected = expectedSales(store, day, partsOf(day)) * lift(promotion)
  const noisy = expected * (0.4 + 1.2 * random.fraction())
  return Math.floor(noisy) + (random.fraction() < noisy % 1 ? 1 : 0)
}

function expectedSales(store: Store, day: number, parts: DayParts): number {
  const base = SMALLEST_DAILY_SALES + store.size / SQM_PER_DAILY_SALE
  const region = REGION_PERCENT[REGION_NAMES[store.region]!][parts.year - YEARS[0]]!
  const ramp = Math.min(1, 0.4 + (0.6 * (day - store.opened)) / RAMP_DAYS)
  const percents = MONTH_PERCENT[parts.month - 1]! * WEEKDAY_PERCENT[parts.weekday]! * region
  return (base * ramp * percents) / 1_000_000
}

function lift(promotion: Promotion | undefined): number {
  return promotion === undefined ? 1 : 1 + promotion.discountPercent / 100
}

export function coveredDays(): number[] {
  return Array.from({ length: LAST_DAY - FIRST_DAY + 1 }, (_, index) => FIRST_DAY + index)
}
