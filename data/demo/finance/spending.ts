/** What the bank's customers spend money on, how often and how much. */
import type { Random } from '../../random.js'
import { partsOf } from '../calendar.js'
import { choiceByWeight, countAround, longTail } from '../skew.js'
import type { Customer } from './customers.js'

export interface Movement {
  readonly day: number
  readonly type: string
  readonly category: string | undefined
  readonly channel: string
  /** Below 0 when money leaves the account. */
  readonly cents: number
}

interface Habit {
  readonly category: string
  /** How often a month, with a usual income. */
  readonly times: number
  /** Euros, half of the payments are below. */
  readonly median: number
  readonly spread: number
  /** Months with more of it, 1 to 12. */
  readonly busy: readonly number[]
}

const HABITS: readonly Habit[] = [
  { category: 'groceries', times: 2.4, median: 79, spread: 0.6, busy: [12] },
  { category: 'restaurants', times: 1, median: 38, spread: 0.6, busy: [6, 7, 8] },
  { category: 'transport', times: 0.8, median: 34, spread: 0.8, busy: [] },
  { category: 'shopping', times: 0.7, median: 74, spread: 0.9, busy: [11, 12] },
  { category: 'utilities', times: 0.5, median: 118, spread: 0.4, busy: [1, 2, 12] },
  { category: 'entertainment', times: 0.4, median: 17, spread: 0.7, busy: [12] },
  { category: 'health', times: 0.2, median: 41, spread: 0.9, busy: [1, 2, 11] },
  { category: 'travel', times: 0.12, median: 460, spread: 0.8, busy: [6, 7, 8] },
]
/** How much more often in a busy month. */
const BUSY_FACTOR = 1.9
const UNKNOWN_CATEGORY_PERCENT = 4
/** Yearly income in euros at which a habit costs its median. */
const USUAL_INCOME = 34_000
const USUAL_DAYS = 28

const channel = choiceByWeight({ card: 61, mobile: 22, online: 17 })
/** Share of card payments falls as phones take over, from the first year to the next. */
const laterChannel = choiceByWeight({ card: 52, mobile: 33, online: 15 })

/** Payments of one month, in no order. */
export function paymentsOf(
  firstDay: number,
  { income, spending }: Pick<Customer, 'income' | 'spending'>,
  random: Random,
): readonly Movement[] {
  const { month, year } = partsOf(firstDay)
  const means = Math.sqrt(income / USUAL_INCOME)
  return HABITS.flatMap(({ category, times, median, spread, busy }) => {
    const expected = times * means * spending * (busy.includes(month) ? BUSY_FACTOR : 1)
    return Array.from({ length: countAround(expected, random) }, () => ({
      day: firstDay + random.integer(0, USUAL_DAYS - 1),
      type: 'payment',
      category: random.chance(UNKNOWN_CATEGORY_PERCENT) ? undefined : category,
      channel: (year % 2 === 0 ? channel : laterChannel)(random),
      cents: -Math.round(100 * longTail(median * means, spread, random)),
    }))
  })
}
