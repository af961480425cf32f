/** The demo's sales targets: close to what each store sold, missed about as often as met. */

import type { Random } from '../../random.js'
import { dayOf, partsOf } from '../calendar.js'
import type { Sale } from './sales.js'

export interface MonthlyTarget {
  readonly storeId: number
  /** First day of the month. */
  readonly month: number
  readonly amountCents: number
}

/** Target as a percentage of the sales that came in. */
const LOWEST_PERCENT = 86
const HIGHEST_PERCENT = 116
const ROUND_TO_CENTS = 5_000

export interface TargetBook {
  add(sale: Sale): void
  targets(random: Random): MonthlyTarget[]
}

/** Collects sales by store and month, then sets one target for each pair that sold anything. */
export function createTargetBook(): TargetBook {
  const sold = new Map<string, { storeId: number; month: number; cents: number }>()
  return {
    add: ({ store, day, totalCents }) => {
      const { year, month } = partsOf(day)
      const firstDay = dayOf(year, month, 1)
      const key = `${store.id} ${firstDay}`
      const entry = sold.get(key) ?? { storeId: store.id, month: firstDay, cents: 0 }
      entry.cents += totalCents
      sold.set(key, entry)
    },
    targets: (random) =>
      [...sold.values()]
        .sort((a, b) => a.storeId - b.storeId || a.month - b.month)
        .map(({ storeId, month, cents }) => {
          const percent = random.integer(LOWEST_PERCENT, HIGHEST_PERCENT)
          const steps = Math.max(1, Math.round((cents * percent) / 100 / ROUND_TO_CENTS))
          return { storeId, month, amountCents: steps * ROUND_TO_CENTS }
        }),
  }
}
