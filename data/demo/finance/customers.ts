/** The bank's customers: a few earn much, and income, segment and credit score belong together. */
import type { Random } from '../../random.js'
import { dayOf, partsOf } from '../calendar.js'
import { inventName } from '../people.js'
import {
  between,
  choiceByWeight,
  dayByWeight,
  indexByWeight,
  longTail,
  normal,
  roundTo,
  zipfWeights,
} from '../skew.js'
import { words } from '../words.js'

export type Segment = 'student' | 'private' | 'premium' | 'business'

export interface Customer {
  readonly id: number
  readonly name: string
  readonly born: number
  readonly city: string
  readonly segment: Segment
  /** Euros a year, known to us even where the bank was not told. */
  readonly income: number
  readonly incomeDeclared: boolean
  readonly creditScore: number | undefined
  /** 1 is usual; who is well above it ends up in the red. */
  readonly spending: number
  readonly joined: number
}

/** Transactions cover these days; customers and loans are older. */
export const FIRST_DAY = dayOf(2024, 1, 1)
export const LAST_DAY = dayOf(2025, 12, 31)

const COUNT = 1_100
const FOUNDED = dayOf(2009, 1, 1)
const CITIES =
  words(`Lindhaven, Marwick, Ostport, Grenville, Kestonbury, Talford, Ulmsted, Vareno, Brockley,
  Sankt Alban, Perrin, Holtby`)
const UNDECLARED_PERCENT = 13
const NO_HISTORY_PERCENT = 7
/** Euros a year: median of a segment. */
const INCOMES: Readonly<Record<Segment, number>> = {
  student: 9_500,
  private: 34_000,
  premium: 92_000,
  business: 61_000,
}
/** Age in years when joining, youngest and oldest. */
const AGES: Readonly<Record<Segment, readonly [number, number]>> = {
  student: [17, 27],
  private: [18, 70],
  premium: [29, 72],
  business: [24, 66],
}

const city = indexByWeight(zipfWeights(CITIES.length, 0.8))
const segment = choiceByWeight<Segment>({ student: 14, private: 61, premium: 12, business: 13 })
const joinDay = dayByWeight(FOUNDED, LAST_DAY - 30, (day) => 1.09 ** ((day - FOUNDED) / 365))

/** In the order in which they joined. */
export function createCustomers(random: Random): readonly Customer[] {
  const days = Array.from({ length: COUNT }, () => joinDay(random)).sort((a, b) => a - b)
  return days.map((joined, index) => {
    const kind = segment(random)
    const income = roundTo(100, longTail(INCOMES[kind], 0.42, random))
    const [youngest, oldest] = AGES[kind]
    const score = 640 + 55 * Math.log(income / 30_000) + 70 * normal(random)
    return {
      id: index + 1,
      name: inventName(random),
      born: joined - random.integer(youngest * 365, oldest * 365),
      city: CITIES[city(random)]!,
      segment: kind,
      income,
      incomeDeclared: !random.chance(UNDECLARED_PERCENT),
      creditScore: random.chance(NO_HISTORY_PERCENT)
        ? undefined
        : between(300, Math.round(score), 850),
      spending: longTail(1, 0.4, random),
      joined,
    }
  })
}

export function customerRow(customer: Customer) {
  const { id, name, born, city, segment, income, incomeDeclared, creditScore, joined } = customer
  const declared = incomeDeclared ? income * 100 : null
  return [id, name, born, city, segment, declared, creditScore ?? null, joined]
}

/** First days of the months that transactions cover. */
export function coveredMonths(): readonly number[] {
  const years = [partsOf(FIRST_DAY).year, partsOf(LAST_DAY).year]
  return years.flatMap((year) =>
    Array.from({ length: 12 }, (_, month) => dayOf(year, month + 1, 1)),
  )
}
