/** The software company's customers: many small, few large, more each year. */
import type { Random } from '../../random.js'
import { partsOf } from '../calendar.js'
import { emailOf, inventName } from '../people.js'
import {
  between,
  choiceByWeight,
  dayByWeight,
  indexByWeight,
  longTail,
  zipfWeights,
} from '../skew.js'
import { words } from '../words.js'
import { FIRST_DAY, LAST_DAY } from './product.js'

export interface Organization {
  readonly id: number
  readonly signedUp: number
  readonly employees: number
  /** Around 1; above it an organization stays longer and uses more. */
  readonly fondness: number
  readonly cells: readonly (string | number | null)[]
}

const COUNT = 1_500
const YEARLY_GROWTH = 1.45
const UNKNOWN_SIZE_PERCENT = 16
const LARGEST = 12_000
const NEVER_CAME_PERCENT = 6
const MOST_USERS = 120

const FIRST_WORDS =
  words(`Amber, Atlas, Beacon, Birch, Cedar, Cirrus, Copper, Delta, Echo, Falcon, Granite, Harbor,
  Iris, Jade, Keystone, Lattice, Meridian, Northstar, Onyx, Pioneer, Quarry, Raven, Summit, Tidal,
  Umbra, Vertex, Willow, Zephyr`)
const SECOND_WORDS =
  words(`Analytics, Foods, Logistics, Studio, Health, Capital, Robotics, Media, Travel, Works,
  Systems, Partners, Labs, Energy, Learning, Retail, Design, Legal, Motors, Homes`)
const COUNTRIES =
  words(`United States, United Kingdom, Germany, Canada, India, Australia, France, Brazil,
  Netherlands, Japan, Sweden, Singapore`)

const country = indexByWeight(zipfWeights(COUNTRIES.length, 0.95))
const industry = choiceByWeight({
  Software: 24,
  Marketing: 17,
  Consulting: 14,
  Education: 11,
  Healthcare: 10,
  Manufacturing: 9,
  Finance: 8,
  Retail: 5,
  'Non-profit': 2,
})
const role = choiceByWeight({ admin: 11, member: 68, viewer: 21 })
const signUpDay = dayByWeight(FIRST_DAY, LAST_DAY - 5, (day) => {
  const { month, weekday } = partsOf(day)
  const quiet = [7, 8, 12].includes(month) ? 0.75 : 1
  const week = [0, 6].includes(weekday) ? 0.3 : 1
  return quiet * week * YEARLY_GROWTH ** ((day - FIRST_DAY) / 365)
})

/** In the order in which they signed up. */
export function createOrganizations(random: Random): readonly Organization[] {
  const days = Array.from({ length: COUNT }, () => signUpDay(random)).sort((a, b) => a - b)
  const names = nameList(random)
  return days.map((signedUp, index) => {
    const id = index + 1
    const employees = between(2, Math.round(longTail(26, 1.35, random)), LARGEST)
    const size = random.chance(UNKNOWN_SIZE_PERCENT) ? null : employees
    const home = COUNTRIES[country(random)]!
    return {
      id,
      signedUp,
      employees,
      fondness: longTail(1, 0.45, random),
      cells: [id, names[index]!, industry(random), home, size, signedUp],
    }
  })
}

/** Every name once; from the second round on with an ending. */
function nameList(random: Random): readonly string[] {
  const pairs = FIRST_WORDS.flatMap((first) => SECOND_WORDS.map((second) => `${first} ${second}`))
  const all = ['', ' Group', ' International'].flatMap((end) => pairs.map((name) => name + end))
  const keyed = all.map((name) => ({ name, key: random.fraction() }))
  return keyed.sort((a, b) => a.key - b.key).map(({ name }) => name)
}

/** Rows of the users; an organization that has left is no longer visited. */
export function* userRows(
  organizations: readonly Organization[],
  seatsOf: ReadonlyMap<number, number>,
  leftOn: ReadonlyMap<number, number>,
  random: Random,
) {
  let id = 0
  for (const { id: organization, signedUp } of organizations) {
    const end = leftOn.get(organization) ?? LAST_DAY
    const count = between(1, seatsOf.get(organization) ?? 1, MOST_USERS)
    for (let place = 0; place < count; place += 1) {
      id += 1
      const created = place === 0 ? signedUp : arrival(signedUp, end, random)
      const name = inventName(random)
      const last = Math.max(created, end - Math.floor(longTail(4, 1.5, random)))
      const seen = place > 0 && random.chance(NEVER_CAME_PERCENT) ? null : last
      const kind = place === 0 ? 'owner' : role(random)
      yield [id, organization, name, emailOf(name, id), kind, created, seen]
    }
  }
}

/** Most colleagues are invited in the first weeks. */
function arrival(signedUp: number, end: number, random: Random): number {
  return between(signedUp, signedUp + Math.floor(longTail(30, 1.5, random)), end)
}
