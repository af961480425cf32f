/** Chooses who buys: mostly people of the store's own city who had joined by then. */

import type { Random } from '../../random.js'
import type { Customer } from './customers.js'

export type Shopper = (city: string, day: number, random: Random) => Customer

const LOCAL_PERCENT = 80

/** `customers` are in the order in which they joined, and some joined before the first day. */
export function shoppersOf(customers: readonly Customer[]): Shopper {
  const byCity = new Map<string, Customer[]>()
  for (const customer of customers) {
    byCity.set(customer.city, [...(byCity.get(customer.city) ?? []), customer])
  }
  return (city, day, random) => {
    const local = random.chance(LOCAL_PERCENT) ? (byCity.get(city) ?? customers) : customers
    const joined = countJoined(local, day)
    if (joined === 0) return customers[0]!
    return local[Math.floor(favourRegulars(random.fraction()) * joined)]!
  }
}

/** Bends a fraction towards 0, so that early members buy more often than late ones. */
function favourRegulars(fraction: number): number {
  return fraction * (0.4 + 0.6 * fraction)
}

function countJoined(customers: readonly Customer[], day: number): number {
  let low = 0
  let high = customers.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (customers[middle]!.joined <= day) low = middle + 1
    else high = middle
  }
  return low
}
