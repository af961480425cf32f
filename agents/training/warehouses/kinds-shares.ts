/** Questions about a part of the whole, or above the average of it. */
import { groupedBy } from '../../../data/generator/templates/say.js'
import { askDimension } from './ask-dimensions.js'
import { askEvents } from './ask-events.js'
import { askFilter, phraseOf, whereOf } from './ask-filters.js'
import { fromOf } from './ask-metrics.js'
import { askPeriod, periodConditions } from './ask-periods.js'
import type { Asked, Kind } from './asked.js'
import { dateOf, isAdditive, labelOf, sqlOf, wordsFor } from './world.js'

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
    return random.pick<Asked>([
      {
        text: `what ${said} of ${total} comes from ${subject}${when}`,
        form: 'question',
        sql,
      },
      {
        text: `what ${said} of ${total} came from ${subject}${when}`,
        form: 'question',
        sql,
      },
      { text: `share of ${subject} in ${total}${when}`, form: 'noun', sql },
    ])
  }
  const lead = part.lead && !part.after ? part.lead.replace(/^non-/, 'not ') : undefined
  return random.pick<Asked>([
    {
      text: lead
        ? `what ${said} of ${table.plural}${when} ${random.pick(['is', 'are', 'was', 'were'])} ${lead}`
        : `what ${said} of ${table.plural}${when} are ${subject}`,
      form: 'question',
      sql,
    },
    {
      text: `${said === 'percent' ? 'percentage' : said} of ${subject}${when}`,
      form: 'noun',
      sql,
    },
    {
      text: `${said === 'percent' ? 'percentage' : said} of ${subject} among all ${table.plural}${when}`,
      form: 'noun',
      sql,
    },
    {
      text: `how many percent of ${table.plural}${when} are ${lead ?? subject}`,
      form: 'question',
      sql,
    },
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
    `what percentage of ${what} does each ${dimension.words} account for${when}`,
  ])
  return { text, form: text.startsWith('what') ? 'question' : 'noun', sql }
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
  return random.pick<Asked>([
    { text: `${table.plural} with a ${words} ${bound}`, form: 'listing', sql },
    { text: `which ${table.plural} have a ${words} ${bound}`, form: 'question', sql },
  ])
}
