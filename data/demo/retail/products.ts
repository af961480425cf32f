/** The demo's products: every item of every category in two makes. */

import type { Random } from '../../random.js'
import { dayOf } from '../calendar.js'
import { CATEGORY_PLANS, type CategoryPlan } from './assortment.js'
import { FIRST_DAY } from './calendar.js'
import { BRANDS } from './names.js'

export interface Product {
  readonly id: number
  readonly name: string
  /** Position in the list of categories, from 0. */
  readonly category: number
  readonly listPriceCents: number
  readonly unitCostCents: number
  readonly launched: number
  /** How often it is chosen among the products of its category. */
  readonly popularity: number
}

const MAKES_PER_ITEM = 2
/** Share of products launched within the covered years, in percent. */
const LAUNCHED_LATE_PERCENT = 25

export function createProducts(random: Random): Product[] {
  return CATEGORY_PLANS.flatMap((plan, category) =>
    plan.items.flatMap((item, itemIndex) =>
      Array.from({ length: MAKES_PER_ITEM }, (_, make) => {
        const position = itemIndex * MAKES_PER_ITEM + make
        const brand = BRANDS[(position * 7 + category * 3) % BRANDS.length]!
        const id = category * plan.items.length * MAKES_PER_ITEM + position + 1
        return { id, name: `${brand} ${item}`, category, ...traits(plan, make, random) }
      }),
    ),
  )
}

function traits(plan: CategoryPlan, make: number, random: Random) {
  const [lowest, highest] = plan.priceRange
  const position = random.fraction()
  // The square favours cheap products, as real shelves do.
  const listPriceCents =
    Math.round((lowest + (highest - lowest) * position * position) / 10) * 10 - 1
  const costPercent = random.integer(...plan.costPercent)
  const late = make > 0 && random.chance(LAUNCHED_LATE_PERCENT * MAKES_PER_ITEM)
  return {
    listPriceCents,
    unitCostCents: Math.round((listPriceCents * costPercent) / 100),
    launched: late
      ? random.integer(FIRST_DAY, dayOf(2025, 8, 1))
      : FIRST_DAY - random.integer(100, 2_000),
    popularity: random.integer(2, 12),
  }
}
