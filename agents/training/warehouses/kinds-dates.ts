/** Questions about the dates of things, and the first and last of events. */

import type { WarehouseColumn } from '../../../data/training/warehouses/warehouse.js'
import { askFilter, phraseOf, whereOf } from './ask-filters.js'
import { fromOf } from './ask-metrics.js'
import { askPeriod, periodConditions } from './ask-periods.js'
import type { Asked, Kind } from './asked.js'
import { dateOf, isPerson, labelOf, sqlOf } from './world.js'

/** "Members who joined in 2023", "patients born before 1980". */
export const datedThings: Kind = ({ world, clock, random }) => {
  const dated = world.things.flatMap((table) =>
    table.columns.filter(({ verb }) => verb).map((column) => ({ table, column })),
  )
  if (dated.length === 0) return undefined
  const { table, column } = random.pick(dated)
  const label = labelOf(table)
  const [verb = ''] = (column.verb ?? '').split('/')
  const period = askPeriod(oldClock(column, clock), random)
  if (!label || !period) return undefined
  const { text: when } = period
  const conditions = periodConditions(column, period.period)
  const who = isPerson(table) ? random.pick(['who', 'that']) : 'that'
  if (random.chance(40)) {
    const sql = `select count(*)${fromOf(table, ...conditions)}${whereOf(conditions)}`
    return { text: `how many ${table.plural} ${verb} ${when}`, form: 'question', sql }
  }
  const shown = random.chance(30) ? `, ${sqlOf(column)}` : ''
  const sql = `select ${sqlOf(label)}${shown}${whereOf(conditions)}`
  if (shown !== '')
    return { text: `${table.plural} ${who} ${verb} ${when} with the date`, form: 'listing', sql }
  return random.pick<Asked>([
    { text: `which ${table.plural} ${verb} ${when}`, form: 'question', sql },
    { text: `${table.plural} ${who} ${verb} ${when}`, form: 'listing', sql },
    { text: `${table.plural} ${who} ${verb} ${when}`, form: 'listing', sql },
  ])
}

/** Dates of things go further back than events. */
function oldClock({ values }: WarehouseColumn, { asOf }: { asOf: string }) {
  const dates = values.map(String).sort()
  return { asOf, first: dates[Math.floor(dates.length / 4)] ?? asOf }
}

/** "How many members joined per year?" */
export const datedThingsOverTime: Kind = ({ world, random }) => {
  const dated = world.things.flatMap((table) =>
    table.columns.filter(({ verb }) => verb).map((column) => ({ table, column })),
  )
  if (dated.length === 0) return undefined
  const { table, column } = random.pick(dated)
  const [verb = ''] = (column.verb ?? '').split('/')
  const unit = random.pick(['year', 'year', 'month'] as const)
  const bucket =
    unit === 'year' ? `year(${sqlOf(column)})` : `date_trunc('month', ${sqlOf(column)})`
  const sql = `select ${bucket}, count(*) group by ${bucket} order by ${bucket}`
  const each = random.pick([`each ${unit}`, `per ${unit}`, `in each ${unit}`, `every ${unit}`])
  const isNew = /^(joined|signed up|registered|were hired|opened)$/.test(verb) && random.chance(50)
  if (isNew) return { text: `number of new ${table.plural} per ${unit}`, form: 'noun', sql }
  const text = `how many ${table.plural} ${verb} ${each}`
  return { text, form: 'question', sql }
}

/** "When was the last visit of Ada Berg?" */
export const latest: Kind = ({ world, random }) => {
  if (world.facts.length === 0) return undefined
  const table = random.pick(world.facts)
  const date = dateOf(table)
  if (!date) return undefined
  const filter = random.chance(80) ? askFilter(world, table, random) : undefined
  const conditions = filter ? [filter.sql] : []
  const last = random.chance(70)
  const item = `${last ? 'max' : 'min'}(${sqlOf(date)})`
  const sql = `select ${item}${fromOf(table, item, ...conditions)}${whereOf(conditions)}`
  const what = phraseOf(table, filter ? [filter] : [], true)
  const which = last
    ? random.pick(['last', 'latest', 'most recent'])
    : random.pick(['first', 'earliest'])
  return random.pick<Asked>([
    { text: `when was the ${which} ${what}`, form: 'question', sql },
    { text: `date of the ${which} ${what}`, form: 'noun', sql },
    { text: `when did the ${which} ${what} happen`, form: 'question', sql },
  ])
}
