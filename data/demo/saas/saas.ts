/** A demo: a software company that lives on subscriptions. */
import { demoDataset } from '../demo-dataset.js'
import { usageRows } from './feature-usage.js'
import { createOrganizations, userRows } from './organizations.js'
import { FEATURES, PLANS } from './product.js'
import { SAAS_TABLES } from './saas-schema.js'
import { type Subscription, subscribe, subscriptionRow } from './subscriptions.js'

export const saas = demoDataset({
  name: 'saas',
  title: 'SaaS',
  subject: 'a software company and its subscriptions, 2022 to 2025',
  version: 1,
  seed: 2026,
  tables: SAAS_TABLES,
  createRows: (random) => {
    const organizations = createOrganizations(random)
    const histories = new Map(organizations.map((one) => [one.id, subscribe(one, random)]))
    const subscriptions = [...histories.values()].flat().sort((a, b) => a.started - b.started)
    const seats = new Map(subscriptions.map(({ organization, seats }) => [organization, seats]))
    return {
      plans: PLANS.map(({ id, name, seatCents, seatLimit, launched }) => {
        return [id, name, seatCents, seatLimit ?? null, launched]
      }),
      organizations: organizations.map(({ cells }) => cells),
      users: userRows(organizations, seats, departures(histories), random),
      subscriptions: subscriptions.map(subscriptionRow),
      features: FEATURES.map(({ id, name, module, plan, released }) => {
        return [id, name, module, plan, released]
      }),
      feature_usage: usageRows(organizations, histories, random),
    }
  },
})

/** Days on which those who are gone left, by organization. */
function departures(histories: ReadonlyMap<number, readonly Subscription[]>) {
  return new Map(
    [...histories].flatMap(([organization, history]) => {
      const ended = history.at(-1)?.ended
      return ended === undefined ? [] : [[organization, ended] as const]
    }),
  )
}
