/** The demo's promotions: the same campaigns every year. */
import { dayOf } from '../calendar.js'
import { YEARS } from './calendar.js'
import { YEARLY_PROMOTIONS } from './names.js'

export interface Promotion {
  readonly id: number
  readonly name: string
  readonly discountPercent: number
  readonly starts: number
  /** Last day, included. */
  readonly ends: number
}

export function createPromotions(): Promotion[] {
  const campaigns = YEARS.flatMap((year) =>
    YEARLY_PROMOTIONS.map(([name, discountPercent, month, day, days]) => ({
      name: `${name} ${year}`,
      discountPercent,
      starts: dayOf(year, month, day),
      ends: dayOf(year, month, day) + days - 1,
    })),
  )
  return campaigns.map((campaign, index) => ({ id: index + 1, ...campaign }))
}

export function promotionOn(promotions: readonly Promotion[], day: number): Promotion | undefined {
  return promotions.find((promotion) => promotion.starts <= day && day <= promotion.ends)
}
