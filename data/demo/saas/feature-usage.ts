/** What the organizations use each month, of what their plan opens: few features much, many hardly. */
import type { Random } from '../../random.js'
import { dayOf, partsOf } from '../calendar.js'
import { between, longTail } from '../skew.js'
import type { Organization } from './organizations.js'
import { FEATURES, type Feature, LAST_DAY } from './product.js'
import type { Subscription } from './subscriptions.js'

/** Months after its release until a feature has reached everybody who wants it. */
const RAMP_MONTHS = 9
/** Share of its months in which an adopted feature is used, in percent. */
const USED_PERCENT = 78
/** Part of the seats that is there in a usual month. */
const PRESENT_SHARE = 0.45
const EVENTS_PER_USER = 11

/** Rows in the order of the organizations and their months. */
export function* usageRows(
  organizations: readonly Organization[],
  subscriptionsOf: ReadonlyMap<number, readonly Subscription[]>,
  random: Random,
) {
  let id = 0
  for (const organization of organizations) {
    const eager = new Map(FEATURES.map(({ id }) => [id, 100 * random.fraction()]))
    for (const month of monthsFrom(organization.signedUp)) {
      const current = (subscriptionsOf.get(organization.id) ?? []).find((one) => isOn(one, month))
      if (!current) continue
      for (const feature of FEATURES) {
        if (!isUsed(feature, current, eager.get(feature.id) ?? 100, month, random)) continue
        id += 1
        yield [
          id,
          organization.id,
          feature.id,
          month,
          ...amounts(organization, current, feature, random),
        ]
      }
    }
  }
}

function isOn({ started, ended }: Subscription, month: number): boolean {
  return started < month + 28 && (ended ?? LAST_DAY + 1) > month
}

function isUsed(
  { plan, released, adoptionPercent }: Feature,
  subscription: Subscription,
  reluctance: number,
  month: number,
  random: Random,
): boolean {
  if (plan > subscription.plan.id || released > month) return false
  const ramp = Math.min(1, 0.25 + (month - released) / 30 / RAMP_MONTHS)
  return reluctance < adoptionPercent * ramp && random.chance(USED_PERCENT)
}

function amounts(
  { fondness }: Organization,
  { seats }: Subscription,
  { adoptionPercent }: Feature,
  random: Random,
): readonly [number, number] {
  const share = PRESENT_SHARE * (adoptionPercent / 60) * longTail(1, 0.4, random)
  const users = between(1, Math.round(seats * share), seats)
  const events = Math.max(
    users,
    Math.round(users * EVENTS_PER_USER * fondness * longTail(1, 0.6, random)),
  )
  return [users, events]
}

/** First days of the months from that of `day` to the last one covered. */
function monthsFrom(day: number): readonly number[] {
  const months: number[] = []
  let { year, month } = partsOf(day)
  for (let first = dayOf(year, month, 1); first <= LAST_DAY; first = dayOf(year, month, 1)) {
    months.push(first)
    month = (month % 12) + 1
    if (month === 1) year += 1
  }
  return months
}
