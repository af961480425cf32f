/** The online shop's orders with their lines, day by day. */
import type { Random } from '../../random.js'
import { partsOf } from '../calendar.js'
import { between, choiceByWeight, countAround, indexByWeight, longTail } from '../skew.js'
import type { Product } from './catalogue.js'
import { buyerOf, type Customer, FIRST_DAY, LAST_DAY } from './customers.js'

export interface Order {
  readonly id: number
  readonly customer: Customer
  readonly day: number
  readonly products: readonly Product[]
  /** Set when the goods arrived. */
  readonly delivered: number | undefined
}

export interface Till {
  readonly customers: readonly Customer[]
  readonly products: readonly Product[]
  /** Filled while the orders are drawn. */
  readonly orders: Order[]
  readonly items: (readonly number[])[]
}

const ORDERS_A_DAY = 24
const YEARLY_GROWTH = 1.3
/** January first; 1 is usual. */
const SEASON = [0.82, 0.8, 0.9, 0.95, 1, 0.96, 0.88, 0.86, 0.98, 1.05, 1.55, 1.6]
/** Sunday first. */
const WEEK = [1.25, 1.05, 0.95, 0.92, 0.94, 0.9, 1.05]
/** Midnight first. */
const HOURS = [2, 1, 1, 1, 1, 1, 2, 4, 6, 7, 8, 8, 9, 8, 7, 7, 7, 8, 10, 13, 15, 14, 9, 5]
/** Of 1, 2, 3 … lines. */
const LINES = [47, 27, 14, 7, 4, 1]
/** Of 1, 2, 3 … units. */
const UNITS = [80, 13, 4, 2, 1]
/** Prices of the years since the first, in percent of today's. */
const PRICE_PERCENT = [93, 97, 100]
const COUPONS = ['WELCOME10', 'SUMMER15', 'BLACK20', 'FRIENDS5'] as const
const COUPON_PERCENT = 17
const FREE_SHIPPING_CENTS = 5_000
const SHIPPING_CENTS = 490
/** Days after which an order is on its way, and delivered at the latest. */
const PACKING_DAYS = 2
const LONGEST_DELIVERY_DAYS = 14

const payment = choiceByWeight({ card: 44, wallet: 31, invoice: 16, 'bank transfer': 9 })
const outcome = choiceByWeight({ delivered: 87, returned: 7, cancelled: 6 })
const hour = indexByWeight(HOURS)
const lineCount = indexByWeight(LINES)
const unitCount = indexByWeight(UNITS)

/** Yields the rows of the orders; their lines are left in the till. */
export function* sell(till: Till, random: Random) {
  const buyer = buyerOf(till.customers)
  const shelf = indexByWeight(till.products.map(({ popularity }) => popularity))
  for (let day = FIRST_DAY; day <= LAST_DAY; day += 1) {
    for (let left = countAround(demandOn(day), random); left > 0; left -= 1) {
      const products = Array.from({ length: lineCount(random) + 1 }, () =>
        onSale(till.products, shelf, day, random),
      )
      yield takeOrder(till, { customer: buyer(day, random), day, products }, random)
    }
  }
}

function demandOn(day: number): number {
  const { month, weekday } = partsOf(day)
  const growth = YEARLY_GROWTH ** ((day - FIRST_DAY) / 365)
  return ORDERS_A_DAY * growth * SEASON[month - 1]! * WEEK[weekday]!
}

function onSale(
  products: readonly Product[],
  shelf: (random: Random) => number,
  day: number,
  random: Random,
): Product {
  for (;;) {
    const product = products[shelf(random)]!
    const { added, discontinued } = product
    if (added <= day && (discontinued === undefined || day < discontinued)) return product
  }
}

function takeOrder(
  till: Till,
  basket: Pick<Order, 'customer' | 'day' | 'products'>,
  random: Random,
) {
  const id = till.orders.length + 1
  const { customer, day, products } = basket
  const percent = PRICE_PERCENT[partsOf(day).year - partsOf(FIRST_DAY).year]!
  let itemCents = 0
  for (const { id: productId, priceCents } of products) {
    const quantity = unitCount(random) + 1
    const unitCents = Math.round((priceCents * percent) / 100)
    itemCents += quantity * unitCents
    till.items.push([till.items.length + 1, id, productId, quantity, unitCents])
  }
  const { status, delivered } = fate(day, random)
  till.orders.push({ id, ...basket, delivered })
  const coupon = random.chance(COUPON_PERCENT) ? random.pick(COUPONS) : null
  const discount = Math.round((itemCents * Number(/\d+/.exec(coupon ?? '0')?.[0])) / 100)
  const shipping = itemCents - discount >= FREE_SHIPPING_CENTS ? 0 : SHIPPING_CENTS
  const second = (day * 24 + hour(random)) * 3_600 + random.integer(0, 3_599)
  const money = [discount, shipping, itemCents - discount + shipping]
  return [id, customer.id, second, status, payment(random), coupon, ...money, delivered ?? null]
}

/** What became of an order by the last day. */
function fate(day: number, random: Random) {
  const end = outcome(random)
  if (end === 'cancelled') return { status: end, delivered: undefined }
  const delivered =
    day + between(PACKING_DAYS, Math.round(longTail(3, 0.4, random)), LONGEST_DELIVERY_DAYS)
  if (delivered <= LAST_DAY) return { status: end, delivered }
  const status = LAST_DAY - day < PACKING_DAYS ? 'processing' : 'shipped'
  return { status, delivered: undefined }
}
