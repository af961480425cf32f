/** What the software company sells: plans, and the features that each of them opens. */
import { dayOf } from '../calendar.js'

export interface Plan {
  readonly id: number
  readonly name: string
  /** Cents a month for one seat. */
  readonly seatCents: number
  readonly seatLimit: number | undefined
  readonly launched: number
}

export interface Feature {
  readonly id: number
  readonly name: string
  readonly module: string
  /** Cheapest plan that has it. */
  readonly plan: number
  readonly released: number
  /** Share of the organizations that take it up, in percent. */
  readonly adoptionPercent: number
}

export const FIRST_DAY = dayOf(2022, 1, 1)
export const LAST_DAY = dayOf(2025, 12, 31)

export const PLANS: readonly Plan[] = [
  { name: 'Free', seatCents: 0, seatLimit: 3, launched: dayOf(2021, 5, 1) },
  { name: 'Starter', seatCents: 900, seatLimit: 10, launched: dayOf(2021, 5, 1) },
  { name: 'Team', seatCents: 1_900, seatLimit: 50, launched: dayOf(2021, 5, 1) },
  { name: 'Business', seatCents: 3_500, seatLimit: 250, launched: dayOf(2021, 9, 1) },
  { name: 'Enterprise', seatCents: 5_900, seatLimit: undefined, launched: dayOf(2022, 3, 1) },
].map((plan, place) => ({ id: place + 1, ...plan }))

/** Name, module, plan, year and month of release, adoption in percent. */
const FEATURE_LIST: readonly (readonly [string, string, number, number, number, number])[] = [
  ['Task Board', 'Planning', 1, 2021, 5, 92],
  ['Calendar View', 'Planning', 1, 2021, 5, 71],
  ['Comments', 'Collaboration', 1, 2021, 5, 84],
  ['File Sharing', 'Collaboration', 1, 2021, 8, 66],
  ['Mobile App', 'Access', 1, 2022, 2, 48],
  ['Templates', 'Planning', 2, 2021, 11, 44],
  ['Time Tracking', 'Planning', 2, 2022, 4, 31],
  ['Guest Access', 'Access', 2, 2022, 9, 27],
  ['Email Integration', 'Integrations', 2, 2021, 10, 52],
  ['Chat Integration', 'Integrations', 2, 2022, 6, 47],
  ['Gantt Chart', 'Planning', 3, 2022, 1, 38],
  ['Automations', 'Automation', 3, 2022, 7, 41],
  ['Dashboards', 'Reporting', 3, 2022, 3, 57],
  ['Custom Fields', 'Planning', 3, 2021, 12, 49],
  ['Public API', 'Integrations', 3, 2022, 11, 22],
  ['Workload View', 'Reporting', 4, 2023, 3, 29],
  ['Approvals', 'Automation', 4, 2023, 6, 24],
  ['Single Sign-On', 'Access', 4, 2022, 8, 61],
  ['Advanced Reports', 'Reporting', 4, 2023, 9, 33],
  ['Audit Log', 'Access', 5, 2023, 1, 46],
  ['Data Residency', 'Access', 5, 2024, 4, 19],
  ['AI Summaries', 'Automation', 3, 2024, 10, 55],
]

export const FEATURES: readonly Feature[] = FEATURE_LIST.map(
  ([name, module, plan, year, month, adoptionPercent], place) => {
    return { id: place + 1, name, module, plan, released: dayOf(year, month, 12), adoptionPercent }
  },
)
