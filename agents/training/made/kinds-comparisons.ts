/** Questions that set groups or times against each other, or a part against the whole. */
import type { MadeColumn } from '../../../data/training/made/warehouse.js'
import { sqlText } from '../../../models/grammar/sql-name.js'
import { monthNames } from '../../entities/calendar.js'
import { askDimension, groupedBy } from './ask-dimensions.js'
import { askFilter, phraseOf, whereOf } from './ask-filters.js'
import { type AskedMetric, askMetric, fromOf } from './ask-metrics.js'
import { askPeriod, periodConditions } from './ask-periods.js'
import type { Asked, Kind, Setting } from './asked.js'
import { askEvents } from './kinds-totals.js'
import { dateOf, isAdditive, labelOf, ownersOf, sqlOf, wordsFor } from './world.js'

/** The aggregate over those rows alone that meet the condition. */
function within(condition: string, { kind, sql }: AskedMetric): string {
  if (kind === 'count') return `count(case when ${condition} then 1 else null end)`
  const inner = sql.slice(sql.indexOf('(') + 1, -1)
  const other = kind === 'sum' ? '0' : 'null'
  return `${sql.slice(0, sql.indexOf('('))}(case when ${condition} then ${inner} else ${other} end)`
}

/** "What share of visits was cancelled last year?" */
export const share: Kind = (setting) => {
  const { world, clock, random } = setting
  const table = random.pick(
    random.chance(80) && world.facts.length > 0 ? world.facts : world.things,
  )
  const part = askFilter(world, table, random)
  if (!part) return undefined
  const additive = table.columns.filter((column) => isAdditive(column) && column !== part.column)
  const summed = additive.length > 0 && random.chance(35) ? random.pick(additive) : undefined
  const one = summed ? sqlOf(summed) : '1'
  const whole = summed ? `sum(${sqlOf(summed)})` : 'count(*)'
  const date = table.isFact ? dateOf(table) : undefined
  const period = date && random.chance(50) ? askPeriod(clock, random) : undefined
  const conditions = date && period ? periodConditions(date, period.period) : []
  const value = `100.0 * sum(case when ${part.sql} then ${one} else 0 end) / ${whole}`
  const sql = `select ${value}${fromOf(table, value, ...conditions)}${whereOf(conditions)}`
  const when = period ? ` ${period.text}` : ''
  const said = random.pick(['share', 'percentage', 'percent', 'proportion', 'share'])
  const subject = phraseOf(table, [part])
  const total = summed ? (summed.synonyms[0] ?? `total ${summed.plural}`) : table.plural
  if (summed) {
    return random.pick([
      {
        text: `what ${said} of ${total} comes from ${subject}${when}`,
        form: 'question',
        sql,
      } as const,
      {
        text: `what ${said} of ${total} came from ${subject}${when}`,
        form: 'question',
        sql,
      } as const,
      { text: `share of ${subject} in ${total}${when}`, form: 'noun', sql } as const,
    ])
  }
  const lead = part.lead && !part.after ? part.lead.replace(/^non-/, 'not ') : undefined
  return random.pick([
    {
      text: lead
        ? `what ${said} of ${table.plural}${when} ${random.pick(['is', 'are', 'was', 'were'])} ${lead}`
        : `what ${said} of ${table.plural}${when} are ${subject}`,
      form: 'question',
      sql,
    } as const,
    {
      text: `${said === 'percent' ? 'percentage' : said} of ${subject}${when}`,
      form: 'noun',
      sql,
    } as const,
    {
      text: `${said === 'percent' ? 'percentage' : said} of ${subject} among all ${table.plural}${when}`,
      form: 'noun',
      sql,
    } as const,
    {
      text: `how many percent of ${table.plural}${when} are ${lead ?? subject}`,
      form: 'question',
      sql,
    } as const,
  ])
}

/** "Share of each department in total fees". */
export const shareOfEach: Kind = (setting) => {
  const { world, random } = setting
  const events = askEvents(setting, { filtered: 15, timed: 50 })
  if (!events || (events.metric.kind !== 'sum' && events.metric.kind !== 'count')) return undefined
  const { table, metric, conditions, when, filters } = events
  const dimension = askDimension(
    world,
    table,
    random,
    filters.map(({ column }) => column),
  )
  if (!dimension) return undefined
  const items = [dimension.sql, `100.0 * ${metric.sql} / sum(${metric.sql}) over ()`]
  const sql = `select ${items.join(', ')}${fromOf(table, ...items, ...conditions)}${whereOf(conditions)} group by ${dimension.sql}`
  const what = metric.counted ?? metric.phrase.replace(/^sum of /, 'total ')
  const by = groupedBy(dimension, random)
  const text = random.pick([
    `share of ${what} ${by}${when}`,
    `${what} ${by}${when} in percent of the total`,
    `percentage of ${what} ${by}${when}`,
    `${what} ${by} as a percentage of all${when}`,
    `share of each ${dimension.words} in ${what}${when}`,
  ])
  return { text, form: 'noun', sql }
}

/** "Compare sea and air shipments by freight cost". */
export const compareGroups: Kind = (setting) => {
  const { world, random } = setting
  const events = askEvents(setting, { filtered: 0, timed: 45 })
  if (!events) return undefined
  const { table, conditions, when } = events
  const dimension = askDimension(world, table, random)
  if (!dimension || dimension.column.values.length < 2) return undefined
  const values = dimension.column.values
    .filter((value) => value !== 'none')
    .slice(0, 12)
    .map(String)
  const first = random.pick(values)
  const second = random.pick(values)
  if (first === second) return undefined
  const metric = askMetric(world, table, [], random)
  const chosen = `${dimension.sql} in (${sqlText(first)}, ${sqlText(second)})`
  const items = [dimension.sql, metric.sql]
  const sql = `select ${items.join(', ')}${fromOf(table, ...items, ...conditions)}${whereOf([chosen, ...conditions])} group by ${dimension.sql}`
  const joined = dimension.owner ? ` ${dimension.owner.preposition}` : ' for'
  return random.pick([
    {
      text: `compare the ${metric.phrase}${joined} ${first} and ${second}${when}`,
      form: 'question',
      sql,
    } as const,
    { text: `${metric.phrase}${joined} ${first} vs ${second}${when}`, form: 'noun', sql } as const,
    {
      text: `${metric.phrase}${joined} ${first} compared with ${second}${when}`,
      form: 'noun',
      sql,
    } as const,
    { text: `${first} versus ${second}: ${metric.phrase}${when}`, form: 'question', sql } as const,
    { text: `${metric.phrase}${joined} ${first} and ${second}${when}`, form: 'noun', sql } as const,
  ])
}

interface TwoTimes {
  readonly earlier: string
  readonly later: string
  /** Conditions for CASE, one comparison each. */
  readonly before: string
  readonly after: string
  readonly years?: readonly [number, number]
}

/** Two years, or two months or quarters, the earlier first. */
function askTimes({ clock, random }: Setting, date: MadeColumn): TwoTimes | undefined {
  const column = sqlOf(date)
  const newest = Number(clock.asOf.slice(0, 4))
  const span = newest - Number(clock.first.slice(0, 4))
  if (span < 1) return undefined
  const later = newest - random.integer(0, Math.max(0, span - 1))
  const earlier = Math.max(newest - span, later - random.pick([1, 1, 1, 2]))
  const choice = random.weighted([62, 22, 16])
  if (choice === 0) {
    const isRelative = later === newest && earlier === newest - 1 && random.chance(35)
    return {
      earlier: isRelative ? 'last year' : `${earlier}`,
      later: isRelative ? 'this year' : `${later}`,
      before: `year(${column}) = ${earlier}`,
      after: `year(${column}) = ${later}`,
      years: [earlier, later],
    }
  }
  const number = random.integer(1, choice === 1 ? 12 : 4)
  const unit = choice === 1 ? 'month' : 'quarter'
  const name = choice === 1 ? (monthNames[number - 1] ?? '') : `Q${number}`
  const start = (year: number) =>
    `${year}-${String(choice === 1 ? number : number * 3 - 2).padStart(2, '0')}-01`
  const is = (year: number) => `date_trunc('${unit}', ${column}) = ${sqlText(start(year))}`
  return {
    earlier: `${name} ${earlier}`,
    later: `${name} ${later}`,
    before: is(earlier),
    after: is(later),
  }
}

/** "Revenue 2023 vs 2024", one row a year; other times stand side by side. */
export const compareTimes: Kind = (setting) => {
  const { world, random } = setting
  const events = askEvents(setting, { filtered: 30, timed: 0 })
  const date = events && dateOf(events.table)
  const times = date && askTimes(setting, date)
  if (!events || !date || !times) return undefined
  const { table, filters, metric, conditions } = events
  const dimension = random.chance(20)
    ? askDimension(
        world,
        table,
        random,
        filters.map(({ column }) => column),
      )
    : undefined
  const groups = dimension ? [dimension.sql] : []
  const { earlier, later, before, after, years } = times
  const year = `year(${sqlOf(date)})`
  const rows = years !== undefined
  const items = rows
    ? [...groups, year, metric.sql]
    : [...groups, within(before, metric), within(after, metric)]
  const where = whereOf([...conditions, ...(rows ? [`${year} in (${years.join(', ')})`] : [])])
  const grouping = rows ? [...groups, year] : groups
  const group = grouping.length > 0 ? ` group by ${grouping.join(', ')}` : ''
  const sql = `select ${items.join(', ')}${fromOf(table, ...items)}${where}${group}`
  const by = dimension ? ` ${groupedBy(dimension, random)}` : ''
  const what = metric.phrase
  return random.pick([
    { text: `${what}${by} ${earlier} vs ${later}`, form: 'noun', sql } as const,
    { text: `${what}${by} in ${later} compared to ${earlier}`, form: 'noun', sql } as const,
    { text: `compare the ${what}${by} in ${earlier} and ${later}`, form: 'question', sql } as const,
    { text: `${what}${by} in ${earlier} versus ${later}`, form: 'noun', sql } as const,
    {
      text: `how does the ${what}${by} of ${later} compare with ${earlier}`,
      form: 'question',
      sql,
    } as const,
  ])
}

/** "By how many percent did revenue grow from 2023 to 2024?" */
export const growth: Kind = (setting) => {
  const { random } = setting
  const events = askEvents(setting, { filtered: 22, timed: 0 })
  const date = events && dateOf(events.table)
  const times = date && askTimes(setting, date)
  if (!events || !times || events.metric.kind === 'extreme') return undefined
  const { table, metric, conditions } = events
  const { earlier, later } = times
  const [before, after] = [within(times.before, metric), within(times.after, metric)]
  const isDifference = random.chance(35)
  const value = isDifference ? `${after} - ${before}` : `100.0 * (${after} - ${before}) / ${before}`
  const sql = `select ${value}${fromOf(table, value)}${whereOf(conditions)}`
  const what = metric.phrase
  if (isDifference) {
    return random.pick([
      { text: `difference in ${what} between ${earlier} and ${later}`, form: 'noun', sql } as const,
      {
        text: `how much did the ${what} change from ${earlier} to ${later}`,
        form: 'question',
        sql,
      } as const,
    ])
  }
  return random.pick([
    { text: `growth of ${what} from ${earlier} to ${later}`, form: 'noun', sql } as const,
    { text: `${what} growth from ${earlier} to ${later} in percent`, form: 'noun', sql } as const,
    {
      text: `by how many percent did the ${what} change from ${earlier} to ${later}`,
      form: 'question',
      sql,
    } as const,
    {
      text: `percentage change in ${what} between ${earlier} and ${later}`,
      form: 'noun',
      sql,
    } as const,
    {
      text: `by what percentage did the ${what} grow from ${earlier} to ${later}`,
      form: 'question',
      sql,
    } as const,
  ])
}

/** "Doctors with a salary above the average". */
export const aboveAverage: Kind = ({ world, random }) => {
  const table = random.pick(world.things)
  const label = labelOf(table)
  const rates = table.columns.filter(({ kind, values }) => kind === 'rate' && values.length > 4)
  if (!label || rates.length === 0) return undefined
  const column = random.pick(rates)
  const words = wordsFor(world, table, column)
  const above = random.chance(70)
  const condition = `${sqlOf(column)} ${above ? '>' : '<'} (select avg(${sqlOf(column)}))`
  const said = above
    ? random.pick(['above', 'higher than', 'above the'])
    : random.pick(['below', 'lower than'])
  const bound = `${said}${said.endsWith('the') ? '' : random.pick([' ', ' the '])}${said.endsWith('the') ? ' ' : ''}average`
  const counts = random.chance(35)
  const sql = counts
    ? `select count(*)${fromOf(table, condition)} where ${condition}`
    : `select ${sqlOf(label)} where ${condition}`
  if (counts)
    return { text: `how many ${table.plural} have a ${words} ${bound}`, form: 'question', sql }
  return random.pick([
    { text: `${table.plural} with a ${words} ${bound}`, form: 'listing', sql } as const,
    { text: `which ${table.plural} have a ${words} ${bound}`, form: 'question', sql } as const,
  ])
}

/** "Patients without any visits in 2024". */
export const never: Kind = ({ world, clock, random }) => {
  const fact = world.facts.length > 0 ? random.pick(world.facts) : undefined
  const references = fact?.references.filter(({ to, nullable }) => !nullable && labelOf(to)) ?? []
  if (!fact || references.length === 0) return undefined
  const { name, to } = random.pick(references)
  const label = labelOf(to)
  const date = dateOf(fact)
  if (!label) return undefined
  const without = random.chance(75)
  const part = random.chance(25) ? askFilter(world, fact, random) : undefined
  const usable =
    part && !ownersOf(fact).some((owner) => owner.name === part.column.table) ? part : undefined
  const period = date && random.chance(without ? 55 : 80) ? askPeriod(clock, random) : undefined
  const timed = date && period ? periodConditions(date, period.period) : []
  const conditions = [...(usable ? [usable.sql] : []), ...timed]
  const inner = `select ${sqlOf({ table: fact.name, name })}${whereOf(conditions)}`
  const condition = `${sqlOf({ table: to.name, name: to.key })} ${without ? 'not in' : 'in'} (${inner})`
  const when = period ? ` ${period.text}` : ''
  const what = phraseOf(fact, usable ? [usable] : [])
  const one = phraseOf(fact, usable ? [usable] : [], true)
  const counts = random.chance(35)
  const sql = counts
    ? `select count(*)${fromOf(to, condition)} where ${condition}`
    : `select ${sqlOf(label)} where ${condition}`
  const said = without
    ? random.pick([
        `without any ${what}${when}`,
        `with no ${what}${when}`,
        `without a ${one}${when}`,
        `that had no ${what}${when}`,
        `that never had a ${one}${when}`,
      ])
    : random.pick([
        `with at least one ${one}${when}`,
        `that had ${what}${when}`,
        `with any ${what}${when}`,
      ])
  if (counts) {
    const text = random.chance(50)
      ? `how many ${to.plural} are there ${said}`
      : `number of ${to.plural} ${said}`
    return { text, form: text.startsWith('how') ? 'question' : 'noun', sql }
  }
  if (random.chance(30)) {
    const text = without
      ? `which ${to.plural} had no ${what}${when}`
      : `which ${to.plural} had ${what}${when}`
    return { text, form: 'question', sql }
  }
  return { text: `${to.plural} ${said}`, form: 'listing', sql }
}

/** "Urgent vs non-urgent visits last year". */
export const compareFlags: Kind = (setting) => {
  const { world, random } = setting
  const events = askEvents(setting, { filtered: 0, timed: 45 })
  const flags = events?.table.columns.filter(({ kind }) => kind === 'flag') ?? []
  if (!events || flags.length === 0) return undefined
  const { table, conditions, when } = events
  const flag = random.pick(flags)
  const metric = askMetric(world, table, [], random)
  const items = [sqlOf(flag), metric.sql]
  const sql = `select ${items.join(', ')}${whereOf(conditions)} group by ${sqlOf(flag)}`
  const sides = `${flag.words} and non-${flag.words} ${table.plural}`
  const versus = `${flag.words} vs non-${flag.words} ${table.plural}`
  const what = metric.counted ? 'number' : metric.phrase.replace(/ (of|from|per) .*$/, '')
  return random.pick<Asked>([
    { text: `compare the ${what} of ${sides}${when}`, form: 'question', sql },
    { text: `${what} of ${versus}${when}`, form: 'noun', sql },
    { text: `${what} of ${sides}${when}`, form: 'noun', sql },
  ])
}

/** "Total price minus parts cost of repairs": what one amount leaves of another. */
export const remainder: Kind = (setting) => {
  const { world, random } = setting
  const events = askEvents(setting, { filtered: 30, timed: 50 })
  const amounts = events?.table.columns.filter(({ kind }) => kind === 'money') ?? []
  if (!events || amounts.length < 2) return undefined
  const { table, filters, conditions, when } = events
  const more = random.pick(amounts)
  const less = random.pick(amounts)
  if (more === less) return undefined
  const call = random.pick(['sum', 'avg'] as const)
  const item = `${call}(${sqlOf(more)} - ${sqlOf(less)})`
  const taken = filters.map(({ column }) => column)
  const dimension = random.chance(40) ? askDimension(world, table, random, taken) : undefined
  const items = dimension ? [dimension.sql, item] : [item]
  const group = dimension ? ` group by ${dimension.sql}` : ''
  const sql = `select ${items.join(', ')}${whereOf(conditions)}${group}`
  const said = call === 'sum' ? 'total' : 'average'
  const of = filters.length > 0 ? ` of ${phraseOf(table, filters)}` : ''
  const by = dimension ? ` ${groupedBy(dimension, random)}` : ''
  const [first, second] = [more, less].map((column) => wordsFor(world, table, column))
  return random.pick<Asked>([
    { text: `${said} ${first} minus ${second}${of}${by}${when}`, form: 'noun', sql },
    {
      text: `${said} difference between ${first} and ${second}${of}${by}${when}`,
      form: 'noun',
      sql,
    },
  ])
}
