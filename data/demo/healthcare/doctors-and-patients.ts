/** The hospital's doctors and patients. */
import type { Random } from '../../random.js'
import { dayOf } from '../calendar.js'
import { inventName } from '../people.js'
import { between, choiceByWeight, indexByWeight, longTail, roundTo, zipfWeights } from '../skew.js'
import { words } from '../words.js'
import { DEPARTMENTS } from './departments.js'

export interface Doctor {
  readonly id: number
  /** Position in the list of departments, from 0. */
  readonly department: number
  readonly feeCents: number
  readonly hired: number
  readonly left: number | undefined
  readonly name: string
  readonly seniority: Seniority
}

type Seniority = 'resident' | 'specialist' | 'consultant'

export interface Patient {
  readonly id: number
  readonly born: number
  readonly registered: number
  /** How often the patient comes, 1 at most. */
  readonly need: number
  readonly insured: boolean
  readonly cells: readonly (string | number | null)[]
}

export const FIRST_DAY = dayOf(2023, 1, 1)
export const LAST_DAY = dayOf(2025, 12, 31)

const PATIENTS = 7_000
const LEFT_PERCENT = 14
const FOUNDING_PERCENT = 55
const BLOOD_UNKNOWN_PERCENT = 37
const UNINSURED_PERCENT = 8
const OLDEST_YEARS = 92
const FEES: Readonly<Record<Seniority, readonly [number, number]>> = {
  resident: [45, 70],
  specialist: [75, 130],
  consultant: [120, 260],
}
const CITIES =
  words(`Harrowgate, Millbury, Eastvale, Norwick, Port Ansel, Lower Dene, Westbrook, Clearwater,
  Stonebridge`)

const seniority = choiceByWeight<Seniority>({ resident: 31, specialist: 45, consultant: 24 })
const sex = choiceByWeight({ female: 53, male: 47 })
const city = indexByWeight(zipfWeights(CITIES.length, 0.9))
const insurer = choiceByWeight({
  'Alba Health': 34,
  Medisure: 27,
  'Union Care': 19,
  NovaPlan: 13,
  'State Fund': 7,
})
const bloodType = choiceByWeight({
  'O+': 37,
  'A+': 33,
  'B+': 11,
  'AB+': 4,
  'O-': 6,
  'A-': 6,
  'B-': 2,
  'AB-': 1,
})

/** In the order of their departments. */
export function createDoctors(random: Random): readonly Doctor[] {
  const places = DEPARTMENTS.flatMap(({ doctors }, department) =>
    Array.from({ length: doctors }, (_, place) => ({ department, isFirst: place === 0 })),
  )
  return places.map(({ department, isFirst }, index) => {
    const kind = isFirst ? 'consultant' : seniority(random)
    const [lowest, highest] = FEES[kind]
    const hired = isFirst
      ? random.integer(dayOf(2008, 1, 1), dayOf(2020, 1, 1))
      : random.integer(dayOf(2010, 1, 1), dayOf(2025, 6, 1))
    const leaves = !isFirst && random.chance(LEFT_PERCENT)
    return {
      id: index + 1,
      name: inventName(random),
      department,
      seniority: kind,
      feeCents: roundTo(500, 100 * random.integer(lowest, highest)),
      hired,
      left: leaves ? random.integer(Math.max(hired, FIRST_DAY) + 90, LAST_DAY) : undefined,
    }
  })
}

export function doctorRow({ id, name, department, seniority, feeCents, hired, left }: Doctor) {
  return [id, name, department + 1, seniority, feeCents, hired, left ?? null]
}

/** In the order in which they registered. */
export function createPatients(random: Random): readonly Patient[] {
  const days = Array.from({ length: PATIENTS }, () =>
    random.chance(FOUNDING_PERCENT)
      ? random.integer(dayOf(2016, 1, 1), FIRST_DAY)
      : random.integer(FIRST_DAY, LAST_DAY - 3),
  ).sort((a, b) => a - b)
  return days.map((registered, index) => {
    const id = index + 1
    // Two waves: children, and people of middle age and older.
    const years = random.chance(24)
      ? random.fraction() * 16
      : between(16, 14 + longTail(29, 0.6, random), OLDEST_YEARS)
    const born = Math.round(registered - years * 365.25)
    const insured = !random.chance(UNINSURED_PERCENT)
    const payer = insured ? insurer(random) : null
    const blood = random.chance(BLOOD_UNKNOWN_PERCENT) ? null : bloodType(random)
    const home = CITIES[city(random)]!
    return {
      id,
      born,
      registered,
      need: between(0.01, longTail(0.1, 0.9, random) * (0.6 + years / 60), 1),
      insured,
      cells: [id, inventName(random), sex(random), born, home, blood, payer, registered],
    }
  })
}
