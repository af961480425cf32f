/** What a question about events is made of. */

import type { WarehouseTable } from '../../../data/training/warehouses/warehouse.js'
import { type AskedFilter, askFilter, byCategory, byOwner } from './ask-filters.js'
import { type AskedMetric, askMetric } from './ask-metrics.js'
import { type AskedPeriod, askPeriod, periodConditions } from './ask-periods.js'
import type { Setting } from './asked.js'
import { dateOf } from './world.js'

/** What a question on events is made of. */
export interface Events {
  readonly table: WarehouseTable
  readonly filters: readonly AskedFilter[]
  readonly metric: AskedMetric
  readonly period?: AskedPeriod
  readonly conditions: readonly string[]
  /** The time, with a space before it, or nothing. */
  readonly when: string
}

/** In percent, how often conditions and times are named. */
export interface Chances {
  readonly filtered: number
  readonly timed: number
}

export function askEvents(setting: Setting, chances: Chances): Events | undefined {
  const { world, clock, random } = setting
  if (world.facts.length === 0) return undefined
  const table = random.pick(world.facts)
  // Questions that name their times themselves have no end to put it at.
  const tailed =
    chances.timed > 0 && random.chance(chances.filtered / 8) ? askTail(setting, table) : undefined
  const filters = tailed ? [] : askFilters(setting, table, chances.filtered)
  const metric = askMetric(world, table, filters, random)
  const date = dateOf(table)
  const period = date && random.chance(chances.timed) ? askPeriod(clock, random) : undefined
  const timed = date && period ? periodConditions(date, period.period) : []
  return {
    table,
    filters,
    metric,
    ...(period && { period }),
    conditions: [...(tailed ? [tailed.sql] : []), ...filters.map(({ sql }) => sql), ...timed],
    when: `${period ? said(period.text, filters) : ''}${tailed?.text ?? ''}`,
  }
}

/** A bare "2024" behind a condition would read as a part of it. */
function said(when: string, filters: readonly AskedFilter[]): string {
  return filters.length > 0 && /^([A-Z]|\d)/.test(when) ? `, ${when}` : ` ${when}`
}

/** A condition that stands at the very end: ", urgent only". */
function askTail({ world, random }: Setting, table: WarehouseTable) {
  const filter = (random.chance(60) ? byCategory : byOwner)(world, table, random)
  const value = filter && / = '([^']+)'$/.exec(filter.sql)?.[1]
  if (!filter || !value) return undefined
  const text = random.pick([
    `, ${value} only`,
    `, only ${value}`,
    ` only for ${value}`,
    ` just for ${value}`,
  ])
  return { sql: filter.sql, text }
}

export function askFilters(
  { world, random }: Setting,
  table: WarehouseTable,
  percent: number,
): readonly AskedFilter[] {
  if (!random.chance(percent)) return []
  const first = askFilter(world, table, random)
  const second = random.chance(22) ? askFilter(world, table, random) : undefined
  if (!first) return []
  const both = second && second.column !== first.column && !(first.lead && second.lead)
  return both && !(first.after && second.after) ? [first, second] : [first]
}
