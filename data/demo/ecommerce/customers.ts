/** The online shop's customers: more each year, most of them gone after a few orders. */
import type { Random } from '../../random.js'
import { dayOf, partsOf } from '../calendar.js'
import { emailOf, inventName } from '../people.js'
import { between, choiceByWeight, dayByWeight, longTail } from '../skew.js'

export interface Customer {
  readonly id: number
  readonly signedUp: number
  /** Last day on which the customer may order. */
  readonly leaves: number
  /** How readily the customer orders, 1 at most. */
  readonly eagerness: number
  readonly cells: readonly (string | number | boolean | null)[]
}

export const FIRST_DAY = dayOf(2023, 1, 1)
export const LAST_DAY = dayOf(2025, 12, 31)

const COUNT = 9_000
const FIRST_SIGN_UP = dayOf(2021, 9, 1)
/** How many more sign up after a year, as a factor. */
const YEARLY_GROWTH = 1.35
const USUAL_STAY_DAYS = 240
const NO_BIRTH_YEAR_PERCENT = 28
const NEWSLETTER_PERCENT = 41

const country = choiceByWeight({
  Germany: 31,
  France: 17,
  'United Kingdom': 13,
  Spain: 10,
  Italy: 9,
  Netherlands: 7,
  Poland: 5,
  Sweden: 4,
  Austria: 3,
  Portugal: 1,
})
const channel = choiceByWeight({ search: 38, social: 24, email: 9, referral: 17, affiliate: 12 })
const signUpDay = dayByWeight(FIRST_SIGN_UP, LAST_DAY, (day) => {
  const busy = [11, 12].includes(partsOf(day).month) ? 1.6 : 1
  return busy * YEARLY_GROWTH ** ((day - FIRST_SIGN_UP) / 365)
})

/** In the order in which they signed up. */
export function createCustomers(random: Random): readonly Customer[] {
  const days = Array.from({ length: COUNT }, () => signUpDay(random)).sort((a, b) => a - b)
  return days.map((signedUp, index) => {
    const id = index + 1
    const name = inventName(random)
    const birthYear = random.chance(NO_BIRTH_YEAR_PERCENT)
      ? null
      : between(1940, Math.round(2006 - longTail(18, 0.55, random)), 2007)
    const newsletter = random.chance(NEWSLETTER_PERCENT)
    return {
      id,
      signedUp,
      leaves: signedUp + Math.round(longTail(USUAL_STAY_DAYS, 1.1, random)),
      eagerness: between(0.02, longTail(0.15, 0.9, random), 1),
      cells: [
        id,
        name,
        emailOf(name, id),
        country(random),
        birthYear,
        channel(random),
        newsletter,
        signedUp,
      ],
    }
  })
}

/** Draws who orders on a day: somebody who has signed up, has not left and is eager enough. */
export function buyerOf(customers: readonly Customer[]) {
  const tries = 40
  let signedUp = 0
  return (day: number, random: Random): Customer => {
    while (signedUp < customers.length && customers[signedUp]!.signedUp <= day) signedUp += 1
    let drawn = customers[0]!
    for (let left = tries; left > 0; left -= 1) {
      drawn = customers[Math.floor(random.fraction() * signedUp)]!
      if (drawn.leaves >= day && random.fraction() < drawn.eagerness) return drawn
    }
    return drawn
  }
}
