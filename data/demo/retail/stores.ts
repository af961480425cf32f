/** The demo's stores: two in every city, some opened and some closed within the four years. */

import type { Random } from '../../random.js'
import { dayOf } from '../calendar.js'
import { FIRST_DAY } from './calendar.js'
import { CITIES_BY_REGION, STORE_PLACES } from './names.js'

export interface Store {
  readonly id: number
  readonly name: string
  readonly city: string
  /** Position in the list of regions, from 0. */
  readonly region: number
  readonly opened: number
  readonly closed: number | undefined
  readonly size: number
}

/** Every fourth store opens within the covered years, every seventh closes within them. */
const OPENS_LATE_EVERY = 4
const CLOSES_EVERY = 7
const LONGEST_HISTORY_DAYS = 4_000
const SIZES_SQM = { smallest: 12, largest: 150, step: 10 }

export function createStores(random: Random): Store[] {
  const sites = STORE_PLACES.flatMap((place, round) =>
    CITIES_BY_REGION.flatMap((cities, region) =>
      cities
        .filter((_, index) => index % 3 === round % 3)
        .map((city) => ({ city, region, name: `${city} ${place}` })),
    ),
  )
  return sites.map((site, index) => ({ id: index + 1, ...site, ...life(index, random) }))
}

function life(index: number, random: Random): Pick<Store, 'opened' | 'closed' | 'size'> {
  const opensLate = index % OPENS_LATE_EVERY === 1
  const opened = opensLate
    ? random.integer(dayOf(2022, 2, 1), dayOf(2025, 6, 1))
    : FIRST_DAY - random.integer(200, LONGEST_HISTORY_DAYS)
  const closes = !opensLate && index % CLOSES_EVERY === 3
  const closed = closes ? random.integer(dayOf(2022, 9, 1), dayOf(2025, 10, 1)) : undefined
  const { smallest, largest, step } = SIZES_SQM
  return { opened, closed, size: random.integer(smallest, largest) * step }
}

export function isOpen(store: Store, day: number): boolean {
  return day >= store.opened && (store.closed === undefined || day < store.closed)
}
