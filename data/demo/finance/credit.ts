/** What the bank lends: loans and credit cards, riskier where the credit score is low. */
import type { Random } from '../../random.js'
import { between, choiceByWeight, longTail, roundTo } from '../skew.js'
import { type Customer, LAST_DAY, type Segment } from './customers.js'

interface LoanKind {
  /** Times the yearly income, half of the loans are below. */
  readonly incomes: number
  readonly terms: readonly number[]
  /** Percent a year for the best borrowers. */
  readonly rate: number
}

type LoanType = 'mortgage' | 'car' | 'personal' | 'student'

const LOANS: Readonly<Record<LoanType, LoanKind>> = {
  mortgage: { incomes: 3.6, terms: [180, 240, 300, 360], rate: 2.1 },
  car: { incomes: 0.4, terms: [36, 48, 60, 72], rate: 3.9 },
  personal: { incomes: 0.2, terms: [12, 24, 36, 48], rate: 6.4 },
  student: { incomes: 1.1, terms: [60, 84, 120], rate: 1.8 },
}
/** Customers with a loan, and of those with a further one, in percent. */
const LOAN_PERCENT = 44
const CARD_PERCENT = 58
const SECOND_PERCENT = 18
const DAYS_PER_MONTH = 30.44
const USUAL_SCORE = 640
const CARD_YEARS = 4
const BLOCKED_PERCENT = 4

const loanType: Readonly<Record<Segment, (random: Random) => LoanType>> = {
  student: choiceByWeight({ mortgage: 0, car: 8, personal: 22, student: 70 }),
  private: choiceByWeight({ mortgage: 34, car: 36, personal: 28, student: 2 }),
  premium: choiceByWeight({ mortgage: 62, car: 24, personal: 14, student: 0 }),
  business: choiceByWeight({ mortgage: 38, car: 37, personal: 25, student: 0 }),
}
const cardType: Readonly<Record<Segment, (random: Random) => string>> = {
  student: choiceByWeight({ classic: 98, gold: 2, platinum: 0 }),
  private: choiceByWeight({ classic: 76, gold: 22, platinum: 2 }),
  premium: choiceByWeight({ classic: 16, gold: 52, platinum: 32 }),
  business: choiceByWeight({ classic: 38, gold: 47, platinum: 15 }),
}

export function* loanRows(customers: readonly Customer[], random: Random) {
  let id = 0
  for (const customer of customers) {
    for (let left = held(LOAN_PERCENT, random); left > 0; left -= 1) {
      id += 1
      yield [id, customer.id, ...lend(customer, random)]
    }
  }
}

export function* cardRows(customers: readonly Customer[], random: Random) {
  let id = 0
  for (const customer of customers) {
    for (let left = held(CARD_PERCENT, random); left > 0; left -= 1) {
      id += 1
      yield [id, customer.id, ...issue(customer, random)]
    }
  }
}

function held(percent: number, random: Random): number {
  if (!random.chance(percent)) return 0
  return random.chance(SECOND_PERCENT) ? 2 : 1
}

/** Above 0 for a borrower worse than usual. */
function riskOf({ creditScore }: Customer): number {
  return (USUAL_SCORE - (creditScore ?? USUAL_SCORE - 40)) / 100
}

function lend(customer: Customer, random: Random) {
  const type = loanType[customer.segment](random)
  const { incomes, terms, rate } = LOANS[type]
  const cents = roundTo(50_000, 100 * longTail(customer.income * incomes, 0.45, random))
  const principal = Math.max(100_000, cents)
  const risk = riskOf(customer)
  const percent = between(0.9, rate + 0.9 * risk + 0.8 * random.fraction(), 14)
  const months = random.pick(terms)
  const started = random.integer(customer.joined, LAST_DAY - 10)
  const paidShare = (LAST_DAY - started) / DAYS_PER_MONTH / months
  const status = paidShare >= 1 ? 'paid off' : repaying(risk, random)
  const open = between(0, 1 - paidShare * (status === 'defaulted' ? 0.5 : 1), 1)
  const outstanding = Math.round(principal * open)
  return [type, principal, Math.round(percent * 100), months, started, status, outstanding]
}

function repaying(risk: number, random: Random): string {
  if (random.chance(between(1, 4 + 3 * risk, 18))) return 'defaulted'
  return random.chance(between(3, 10 + 6 * risk, 34)) ? 'late' : 'current'
}

function issue(customer: Customer, random: Random) {
  const type = cardType[customer.segment](random)
  const limit = Math.max(50_000, roundTo(50_000, (customer.income * 100) / 12))
  const use = between(0, longTail(0.18, 1.1, random) * (1 + 0.4 * riskOf(customer)), 1)
  const age = Math.min(LAST_DAY - customer.joined, random.integer(10, CARD_YEARS * 365 - 30))
  const issued = LAST_DAY - age
  const expires = issued + CARD_YEARS * 365
  const blocked = random.chance(BLOCKED_PERCENT)
  return [type, limit, Math.round(limit * use), issued, expires, blocked]
}
