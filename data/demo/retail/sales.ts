/** The demo's sales and their lines, day by day. */

import type { Random } from '../../random.js'
import { type DayParts, partsOf } from '../calendar.js'
import { CATEGORY_PLANS } from './assortment.js'
import { YEARS } from './calendar.js'
import type { Customer } from './customers.js'
import { coveredDays, salesOn } from './demand.js'
import type { Product } from './products.js'
import { type Promotion, promotionOn } from './promotions.js'
import type { Shopper } from './shoppers.js'
import { shoppersOf } from './shoppers.js'
import type { Store } from './stores.js'

export interface SaleLine {
  readonly id: number
  readonly saleId: number
  readonly product: Product
  readonly quantity: number
  readonly unitPriceCents: number
  readonly discountCents: number
  readonly amountCents: number
}

export interface Sale {
  readonly id: number
  readonly day: number
  readonly store: Store
  readonly customer: Customer
  readonly promotion: Promotion | undefined
  readonly paymentMethod: string
  readonly lines: readonly SaleLine[]
  readonly totalCents: number
}

export interface SalesInput {
  readonly stores: readonly Store[]
  readonly products: readonly Product[]
  readonly customers: readonly Customer[]
  readonly promotions: readonly Promotion[]
}

const PAYMENT_METHODS = ['card', 'cash', 'mobile', 'voucher'] as const
/** One row a year: cash gives way to phones. */
const PAYMENT_WEIGHTS = [
  [52, 30, 12, 6],
  [53, 25, 17, 5],
  [52, 20, 23, 5],
  [50, 15, 30, 5],
]
/** Weight of 1, 2, 3 … lines in one sale. */
const LINE_COUNT_WEIGHTS = [24, 26, 20, 14, 9, 7]
/** Share of a promotion's sales that use it, in percent. */
const PROMOTION_USE_PERCENT = 60
/** Shelf price by year, as a percentage of today's list price. */
const PRICE_PERCENT = [92, 95, 98, 100]

/** Yields every sale in the order of its day; ids count from 1. */
export function* createSales(input: SalesInput, random: Random): Generator<Sale> {
  const shopper = shoppersOf(input.customers)
  const shelf = shelfOf(input.products)
  let saleId = 0
  let lineId = 0
  for (const day of coveredDays()) {
    const running = promotionOn(input.promotions, day)
    for (const store of input.stores) {
      for (let left = salesOn(store, day, running, random); left > 0; left -= 1) {
        saleId += 1
        const visit = { id: saleId, day, store, firstLineId: lineId + 1, running }
        const sale = createSale(visit, shopper, shelf, random)
        lineId += sale.lines.length
        yield sale
      }
    }
  }
}

interface Visit {
  readonly id: number
  readonly day: number
  readonly store: Store
  readonly firstLineId: number
  readonly running: Promotion | undefined
}

function createSale(visit: Visit, shopper: Shopper, shelf: Shelf, random: Random): Sale {
  const { id, day, store } = visit
  const parts = partsOf(day)
  const promotion = random.chance(PROMOTION_USE_PERCENT) ? visit.running : undefined
  const customer = shopper(store.city, day, random)
  const lines = Array.from({ length: random.weighted(LINE_COUNT_WEIGHTS) + 1 }, (_, index) => {
    const product = shelf(day, parts.month, random)
    return { id: visit.firstLineId + index, saleId: id, product, ...price(product, parts) }
  })
  const paymentMethod = PAYMENT_METHODS[random.weighted(PAYMENT_WEIGHTS[parts.year - YEARS[0]]!)]!
  const totalCents = lines.reduce((sum, line) => sum + line.amountCents, 0)
  return { id, day, store, customer, promotion, paymentMethod, lines, totalCents }

  function price(product: Product, on: DayParts) {
    const most = CATEGORY_PLANS[product.category]!.maxQuantity
    const bulk = customer.segment === 'business' ? 2 : 1
    const quantity = Math.min(random.integer(1, most), random.integer(1, most)) * bulk
    const unitPriceCents = Math.round(
      (product.listPriceCents * PRICE_PERCENT[on.year - YEARS[0]]!) / 100,
    )
    const percent = promotion?.discountPercent ?? 0
    const discountCents = Math.round((quantity * unitPriceCents * percent) / 100)
    const amountCents = quantity * unitPriceCents - discountCents
    return { quantity, unitPriceCents, discountCents, amountCents }
  }
}

/** Picks a product that is on sale that day, by the season of its category and its own popularity. */
type Shelf = (day: number, month: number, random: Random) => Product

function shelfOf(products: readonly Product[]): Shelf {
  const byCategory = CATEGORY_PLANS.map((_, category) =>
    products.filter((product) => product.category === category),
  )
  const weightsByMonth = Array.from({ length: 12 }, (_, month) =>
    CATEGORY_PLANS.map((plan) => plan.weight * plan.season[month]!),
  )
  return (day, month, random) => {
    const candidates = byCategory[random.weighted(weightsByMonth[month - 1]!)]!
    const weights = candidates.map((product) => (product.launched <= day ? product.popularity : 0))
    return candidates[random.weighted(weights)]!
  }
}
