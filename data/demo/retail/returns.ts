/** The demo's returned goods: some lines come back within 30 days. */

import type { Random } from '../../random.js'
import { CATEGORY_PLANS } from './assortment.js'
import { LAST_DAY } from './calendar.js'
import type { Sale, SaleLine } from './sales.js'

export interface Return {
  readonly line: SaleLine
  readonly day: number
  readonly quantity: number
  readonly refundCents: number
  readonly reason: string
}

const LONGEST_RETURN_DAYS = 30
const REASONS = ['damaged', 'wrong size', 'not as described', 'changed mind'] as const
const USUAL_REASON_WEIGHTS = [40, 0, 30, 30]
const WORN_REASON_WEIGHTS = [12, 52, 14, 22]
const WORN_CATEGORIES: readonly string[] = ['Clothing', 'Sports']

/** The returns of one sale; none dated after the last covered day. */
export function createReturns(sale: Sale, random: Random): Return[] {
  return sale.lines.flatMap((line) => {
    const { name, returnPercent } = CATEGORY_PLANS[line.product.category]!
    if (!random.chance(returnPercent)) return []
    const day = sale.day + random.integer(1, LONGEST_RETURN_DAYS)
    const quantity = random.integer(1, line.quantity)
    const worn = WORN_CATEGORIES.includes(name)
    const reason = REASONS[random.weighted(worn ? WORN_REASON_WEIGHTS : USUAL_REASON_WEIGHTS)]!
    const refundCents = Math.round((line.amountCents * quantity) / line.quantity)
    return day > LAST_DAY ? [] : [{ line, day, quantity, refundCents, reason }]
  })
}
