/** The bank's accounts, and what happened on each: salaries, rents, payments, savings, fees. */
import type { Random } from '../../random.js'
import { partsOf } from '../calendar.js'
import { longTail, roundTo } from '../skew.js'
import { type Customer, coveredMonths, FIRST_DAY, LAST_DAY } from './customers.js'
import { type Movement, paymentsOf } from './spending.js'

export interface Account {
  readonly id: number
  readonly customer: Customer
  readonly type: 'checking' | 'savings' | 'business'
  readonly opened: number
  readonly closed: number | undefined
  readonly movements: Movement[]
  balanceCents: number
}

const SAVINGS_PERCENT = 46
const CLOSED_PERCENT = 7
/** What an account may be below 0, and the fee of such a month. */
const OVERDRAFT_CENTS = 60_000
const OVERDRAFT_FEE_CENTS = 1_200
/** Share of the income that reaches the account, and that housing takes of it, in percent. */
const NET_PERCENT = 64
const HOUSING_PERCENT = 36
const SAVING_PERCENT = 55
const CASH_PERCENT = 62
/** Percent a quarter on savings. */
const QUARTERLY_INTEREST = 0.45

/** The accounts of one customer with everything that happened on them. */
export function keepAccounts(customer: Customer, firstId: number, random: Random): Account[] {
  const { segment, joined } = customer
  const checking = open(customer, firstId, 'checking', joined, random)
  const accounts = [checking]
  if (random.chance(SAVINGS_PERCENT)) {
    const opened = Math.min(joined + Math.round(longTail(300, 1, random)), LAST_DAY)
    accounts.push(open(customer, firstId + 1, 'savings', opened, random))
  }
  if (segment === 'business') {
    accounts.push(open(customer, firstId + accounts.length, 'business', joined, random))
  }
  for (const month of coveredMonths()) live(accounts, month, random)
  for (const account of accounts) closeBooks(account)
  return accounts
}

function open(
  customer: Customer,
  id: number,
  type: Account['type'],
  opened: number,
  random: Random,
): Account {
  const leaves = opened < FIRST_DAY && random.chance(CLOSED_PERCENT)
  const closed = leaves ? random.integer(FIRST_DAY + 60, LAST_DAY) : undefined
  const account: Account = { id, customer, type, opened, closed, movements: [], balanceCents: 0 }
  const share = type === 'savings' ? 0.35 : 0.03
  const cents = roundTo(100, 100 * longTail(customer.income * share, 0.9, random))
  const day = Math.max(opened, FIRST_DAY)
  move(account, { day, type: 'deposit', category: 'opening', channel: 'branch', cents })
  return account
}

/** Refused, as a bank would, when the account is not open or would fall too low. */
function move(account: Account, movement: Movement): boolean {
  const { day, cents } = movement
  if (day < account.opened || day > LAST_DAY || day >= (account.closed ?? LAST_DAY + 1))
    return false
  if (cents < 0 && account.balanceCents + cents < -OVERDRAFT_CENTS) return false
  account.balanceCents += cents
  account.movements.push(movement)
  return true
}

function live(accounts: readonly Account[], month: number, random: Random): void {
  const [checking] = accounts
  const savings = accounts.find(({ type }) => type === 'savings')
  const business = accounts.find(({ type }) => type === 'business')
  if (!checking) return
  liveOn(checking, month, random)
  if (savings) save(checking, savings, month, random)
  if (business) trade(business, month, random)
}

function liveOn(account: Account, month: number, random: Random): void {
  const { income, segment } = account.customer
  const net = Math.round((income * NET_PERCENT) / 12)
  const housing = -roundTo(100, (net * HOUSING_PERCENT) / 100)
  move(account, paid(month + random.integer(0, 2), 'housing', 'online', housing))
  for (const payment of paymentsOf(month, account.customer, random)) move(account, payment)
  if (random.chance(CASH_PERCENT)) {
    const cents = -2_000 * random.integer(1, 10)
    const day = month + random.integer(0, 27)
    move(account, { day, type: 'withdrawal', category: 'cash', channel: 'atm', cents })
  }
  const cents = Math.round(net * (0.97 + 0.06 * random.fraction()))
  const category = segment === 'student' ? 'allowance' : 'salary'
  move(account, {
    ...paid(month + 24 + random.integer(0, 3), category, 'online', cents),
    type: 'deposit',
  })
  if (account.balanceCents < 0) {
    const fee = {
      type: 'fee',
      category: 'overdraft',
      channel: 'online',
      cents: -OVERDRAFT_FEE_CENTS,
    }
    move(account, { day: month + 27, ...fee })
  }
}

function save(checking: Account, savings: Account, month: number, random: Random): void {
  const day = month + random.integer(25, 27)
  const wanted = roundTo(1_000, Math.max(0, checking.balanceCents) * 0.3 * random.fraction())
  const transfer = { day, type: 'transfer', category: 'savings', channel: 'mobile' }
  const isOpen = day >= savings.opened && day < (savings.closed ?? LAST_DAY + 1)
  if (isOpen && wanted > 0 && random.chance(SAVING_PERCENT)) {
    if (move(checking, { ...transfer, cents: -wanted }))
      move(savings, { ...transfer, cents: wanted })
  }
  if (partsOf(month).month % 3 === 0) {
    const cents = Math.round((savings.balanceCents * QUARTERLY_INTEREST) / 100)
    const interest = { type: 'interest', category: 'interest', channel: 'online', cents }
    if (cents > 0) move(savings, { day: month + 27, ...interest })
  }
}

function trade(account: Account, month: number, random: Random): void {
  const turnover = (account.customer.income * 100) / 9
  for (let left = random.integer(1, 4); left > 0; left -= 1) {
    const cents = Math.round(longTail(turnover / 3, 0.7, random))
    const day = month + random.integer(0, 27)
    move(account, { ...paid(day, 'invoice', 'online', cents), type: 'deposit' })
  }
  for (const category of ['suppliers', 'suppliers', 'taxes', 'office']) {
    const cents = -Math.round(longTail(turnover / 5, 0.8, random))
    move(account, paid(month + random.integer(0, 27), category, 'online', cents))
  }
}

function paid(day: number, category: string, channel: string, cents: number): Movement {
  return { day, type: 'payment', category, channel, cents }
}

/** Puts the movements in order of time; what is left on a closed account is paid out. */
function closeBooks(account: Account): void {
  account.movements.sort((a, b) => a.day - b.day)
  const { closed, balanceCents } = account
  if (closed === undefined || balanceCents === 0) return
  const closing = { type: 'transfer', category: 'closing', channel: 'branch', cents: -balanceCents }
  account.movements.push({ day: closed, ...closing })
  account.balanceCents = 0
}

export function accountRow({ id, customer, type, opened, closed, balanceCents }: Account) {
  const status = closed === undefined ? 'open' : 'closed'
  return [id, customer.id, type, status, opened, closed ?? null, balanceCents]
}

/** Rows of all transactions, in order of time. */
export function* transactionRows(accounts: readonly Account[]) {
  const days: (readonly [Account, Movement])[][] = []
  for (const account of accounts) {
    for (const movement of account.movements) {
      const place = movement.day - FIRST_DAY
      days[place] ??= []
      days[place].push([account, movement])
    }
  }
  let id = 0
  for (const [account, { day, type, category, channel, cents }] of days.flat()) {
    id += 1
    yield [id, account.id, day, type, category ?? null, channel, cents]
  }
}
