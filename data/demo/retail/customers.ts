/** The demo's customers, in the order in which they joined. */

import type { Random } from '../../random.js'
import { dayOf } from '../calendar.js'
import { FIRST_NAMES, LAST_NAMES } from '../people.js'
import { LAST_DAY } from './calendar.js'
import { CITIES_BY_REGION } from './names.js'

export interface Customer {
  readonly id: number
  readonly name: string
  readonly email: string
  readonly segment: string
  readonly city: string
  readonly joined: number
}

const CUSTOMER_COUNT = 5_000
/** Joined before the first sale, so that no early day lacks customers. */
const FOUNDING_PERCENT = 35
const SEGMENTS = ['consumer', 'business', 'student', 'senior'] as const
const SEGMENT_WEIGHTS = [58, 16, 14, 12]

export function createCustomers(random: Random): Customer[] {
  const cities = CITIES_BY_REGION.flat()
  const joined = Array.from({ length: CUSTOMER_COUNT }, () =>
    random.chance(FOUNDING_PERCENT)
      ? random.integer(dayOf(2019, 1, 1), dayOf(2021, 12, 31))
      : random.integer(dayOf(2022, 1, 1), LAST_DAY - 7),
  ).sort((a, b) => a - b)
  return joined.map((day, index) => {
    const first = random.pick(FIRST_NAMES)
    const last = random.pick(LAST_NAMES)
    return {
      id: index + 1,
      name: `${first} ${last}`,
      email: `${first}.${last}.${index + 1}@example.com`.toLowerCase(),
      segment: SEGMENTS[random.weighted(SEGMENT_WEIGHTS)]!,
      city: random.pick(cities),
      joined: day,
    }
  })
}
