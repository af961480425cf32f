/** Questions about what is not there, or is at least once. */
import { askFilter, phraseOf, whereOf } from './ask-filters.js'
import { fromOf } from './ask-metrics.js'
import { askPeriod, periodConditions } from './ask-periods.js'
import type { Asked, Kind } from './asked.js'
import { dateOf, labelOf, ownersOf, sqlOf, wordsFor } from './world.js'

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
  const { deed } = fact
  if (deed?.by === to.noun && !usable && random.chance(60)) {
    const did = without ? `did not ${deed.base}` : deed.past
    const never = without && when === '' ? `never ${deed.past}` : did
    if (counts) return { text: `how many ${to.plural} ${never}${when}`, form: 'question', sql }
    return random.pick<Asked>([
      { text: `which ${to.plural} ${never}${when}`, form: 'question', sql },
      { text: `${to.plural} who ${never}${when}`, form: 'listing', sql },
    ])
  }
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

/** "How many loans have no return date?" */
export const missing: Kind = ({ world, random }) => {
  const loose = world.facts.flatMap((table) =>
    table.references.filter(({ nullable }) => nullable).map((reference) => ({ table, reference })),
  )
  if (loose.length > 0 && random.chance(50)) {
    const { table, reference } = random.pick(loose)
    const condition = `${sqlOf({ table: table.name, name: reference.name })} is null`
    const sql = `select count(*) where ${condition}`
    const { noun, plural } = reference.to
    return random.pick<Asked>([
      { text: `how many ${table.plural} have no ${noun}`, form: 'question', sql },
      {
        text: `number of ${table.plural} without ${random.pick([`any ${plural}`, `an ${noun}`])}`.replace(
          /an (?=[^aeiou])/,
          'a ',
        ),
        form: 'noun',
        sql,
      },
    ])
  }
  const gaps = world.tables.flatMap((table) =>
    table.columns.filter(({ nullable }) => nullable).map((column) => ({ table, column })),
  )
  if (gaps.length === 0) return undefined
  const { table, column } = random.pick(gaps)
  const label = labelOf(table)
  const words = wordsFor(world, table, column)
  const condition = `${sqlOf(column)} is null`
  if (random.chance(65) || !label) {
    const sql = `select count(*)${fromOf(table, condition)} where ${condition}`
    return random.pick<Asked>([
      { text: `how many ${table.plural} have no ${words}`, form: 'question', sql },
      { text: `number of ${table.plural} without ${words}`, form: 'noun', sql },
      { text: `how many ${table.plural} are missing the ${words}`, form: 'question', sql },
    ])
  }
  return {
    text: `${table.plural} without ${words}`,
    form: 'listing',
    sql: `select ${sqlOf(label)} where ${condition}`,
  }
}
