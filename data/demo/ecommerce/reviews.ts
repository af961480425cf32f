/** Reviews of what arrived: good products get more stars, and few get most of the votes. */
import type { Random } from '../../random.js'
import { between, longTail, normal } from '../skew.js'
import { LAST_DAY } from './customers.js'
import type { Order } from './orders.js'

/** Share of delivered products that are reviewed, in percent. */
const REVIEW_PERCENT = 17
const NO_TITLE_PERCENT = 34
/** Stars above and below what the product deserves, as a deviation. */
const TASTE = 1.05

/** By stars, one first. */
const TITLES = [
  ['Broke after a week', 'Not as shown', 'Would not buy again', 'Sent it back'],
  ['Disappointing', 'Poor finish', 'Smaller than I thought'],
  ['It is all right', 'Does the job', 'Good, but late'],
  ['Good value', 'Happy with it', 'Nearly perfect', 'Solid'],
  ['Excellent', 'Just what I wanted', 'Better than expected', 'A great gift', 'Love it'],
]

export function* writeReviews(orders: readonly Order[], random: Random) {
  const written = new Set<string>()
  for (const { customer, products, delivered } of orders) {
    if (delivered === undefined) continue
    for (const product of products) {
      const pair = `${product.id} ${customer.id}`
      const day = delivered + random.integer(1, 30)
      if (!random.chance(REVIEW_PERCENT) || written.has(pair) || day > LAST_DAY) continue
      written.add(pair)
      const rating = between(1, Math.round(product.quality + TASTE * normal(random)), 5)
      const title = random.chance(NO_TITLE_PERCENT) ? null : random.pick(TITLES[rating - 1]!)
      const votes = Math.floor(longTail(0.6, 1.2, random))
      yield [written.size, product.id, customer.id, rating, title, votes, day]
    }
  }
}
