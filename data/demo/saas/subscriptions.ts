/** Which organization was on which plan, from when to when: trials of the free plan, growth, steps down, churn. */
import type { Random } from '../../random.js'
import { between, choiceByWeight, longTail } from '../skew.js'
import type { Organization } from './organizations.js'
import { LAST_DAY, PLANS, type Plan } from './product.js'

export interface Subscription {
  readonly organization: number
  readonly plan: Plan
  readonly seats: number
  readonly yearly: boolean
  readonly started: number
  ended: number | undefined
  status: 'active' | 'changed' | 'cancelled'
  reason: string | undefined
}

const MONTH_DAYS = 30
const SEATS_PER_EMPLOYEE = 0.3
/** A month's chances in percent: by plan, of leaving; of growing; of stepping down. */
const CHURN_PERCENT = [5.5, 4.2, 2.4, 1.3, 0.6]
const UPGRADE_PERCENT = [4.5, 2.6, 2.2, 1.6, 0]
/** Employees below which nobody needs the next plan, by plan. */
const EMPLOYEES_TO_GROW = [3, 9, 45, 240, 0]
const DOWNGRADE_PERCENT = [0, 0.5, 0.6, 0.5, 0.4]
/** Share who pay by the year, by plan, in percent. */
const YEARLY_PERCENT = [0, 18, 34, 57, 90]
const YEARLY_DISCOUNT = 0.83
const REASON_GIVEN_PERCENT = 71
/** Who comes back after leaving, in percent. */
const RETURN_PERCENT = 6

const reason = choiceByWeight({
  'too expensive': 31,
  'missing features': 22,
  'moved to a competitor': 19,
  'no longer needed': 18,
  'poor support': 6,
  'company closed': 4,
})

/** All subscriptions of one organization, in order of time. */
export function subscribe(organization: Organization, random: Random): readonly Subscription[] {
  const history: Subscription[] = []
  let current = begin(organization, firstPlan(organization, random), organization.signedUp, random)
  history.push(current)
  for (let day = organization.signedUp + MONTH_DAYS; day < LAST_DAY; day += MONTH_DAYS) {
    if (current.ended !== undefined) {
      if (!random.chance(RETURN_PERCENT / 12)) continue
      current = begin(organization, current.plan, day, random)
      history.push(current)
      continue
    }
    const next = nextPlan(current, organization, random)
    if (next === 'leave') end(current, day, 'cancelled', random)
    else if (next) {
      end(current, day, 'changed', random)
      current = begin(organization, next, day, random)
      history.push(current)
    }
  }
  return history
}

/** Larger organizations begin higher; most begin for free. */
function firstPlan({ employees, signedUp }: Organization, random: Random): Plan {
  const wanted = Math.log10(employees) + random.fraction() * 1.4 - 0.3
  const place = random.chance(46) ? 0 : between(1, Math.floor(wanted), PLANS.length - 1)
  const plan = PLANS[place]!
  return plan.launched <= signedUp ? plan : PLANS[place - 1]!
}

function begin(
  { id, employees, fondness }: Organization,
  plan: Plan,
  started: number,
  random: Random,
): Subscription {
  const wanted = Math.round(employees * SEATS_PER_EMPLOYEE * fondness * longTail(1, 0.4, random))
  const seats = between(1, wanted, plan.seatLimit ?? 2_500)
  const yearly = random.chance(YEARLY_PERCENT[plan.id - 1]!)
  return {
    organization: id,
    plan,
    seats,
    yearly,
    started,
    ended: undefined,
    status: 'active',
    reason: undefined,
  }
}

function nextPlan(
  { plan, yearly }: Subscription,
  { employees, fondness }: Organization,
  random: Random,
): Plan | 'leave' | undefined {
  const place = plan.id - 1
  const loyalty = yearly ? 2 * fondness : fondness
  if (random.chance(CHURN_PERCENT[place]! / loyalty)) return 'leave'
  const grows = employees >= EMPLOYEES_TO_GROW[place]!
  if (grows && random.chance(UPGRADE_PERCENT[place]! * fondness)) return PLANS[place + 1]
  if (random.chance(DOWNGRADE_PERCENT[place]! / loyalty)) return PLANS[place - 1]
  return undefined
}

function end(
  subscription: Subscription,
  day: number,
  status: 'changed' | 'cancelled',
  random: Random,
): void {
  subscription.ended = day
  subscription.status = status
  const said = status === 'cancelled' && random.chance(REASON_GIVEN_PERCENT)
  subscription.reason = said ? reason(random) : undefined
}

export function subscriptionRow(subscription: Subscription, place: number) {
  const { organization, plan, seats, yearly, started, ended, status, reason } = subscription
  const cents = Math.round(seats * plan.seatCents * (yearly ? YEARLY_DISCOUNT : 1))
  const period = yearly ? 'yearly' : 'monthly'
  const facts = [status, period, seats, cents, started, ended ?? null, reason ?? null]
  return [place + 1, organization, plan.id, ...facts]
}
