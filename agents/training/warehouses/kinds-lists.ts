/** Questions that list rows, or the values there are. */
import { pluralOf } from '../../../data/name-words.js'
import { sqlText } from '../../../models/grammar/sql-name.js'
import { askFilters } from './ask-events.js'
import { byCategory, phraseOf, whereOf } from './ask-filters.js'
import { fromOf } from './ask-metrics.js'
import { askPeriod, periodConditions } from './ask-periods.js'
import type { Asked, Kind } from './asked.js'
import { dateOf, isAdditive, isNumber, labelOf, sqlOf, wordsFor } from './world.js'

/** "How many doctors are there in Cardiology?", "names of patients in Arlen". */
export const things: Kind = (setting) => {
  const { world, random } = setting
  const table = random.pick(world.things)
  const label = labelOf(table)
  if (!label) return undefined
  const counts = random.chance(38)
  const filters = askFilters(setting, table, counts ? 75 : 100)
  if (!counts && filters.length === 0) return undefined
  const conditions = filters.map(({ sql }) => sql)
  const what = phraseOf(table, filters)
  if (counts) {
    const sql = `select count(*)${fromOf(table, ...conditions)}${whereOf(conditions)}`
    return random.pick<Asked>([
      { text: `how many ${what} are there`, form: 'question', sql },
      { text: `how many ${what} do we have`, form: 'question', sql },
      { text: `number of ${what}`, form: 'noun', sql },
      { text: `how many ${what}`, form: 'question', sql },
    ])
  }
  const filtered = filters.map(({ column }) => column)
  const others = table.columns.filter(
    (column) => column !== label && !filtered.includes(column) && column.kind !== 'past',
  )
  const extra = random.chance(40) && others.length > 0 ? [random.pick(others)] : []
  const items = [label, ...extra].map(sqlOf)
  const [key] = extra.filter(isNumber)
  const ranked = key !== undefined && random.chance(40)
  const byName = random.chance(14) ? ` order by ${sqlOf(label)} asc` : ''
  const ordered = ranked ? ` order by ${sqlOf(key)} desc` : byName
  const sql = `select ${items.join(', ')}${fromOf(table, ...items)}${whereOf(conditions)}${ordered}`
  const largest = random.pick([', highest first', ', largest first', ' in descending order'])
  const sorted = ranked
    ? largest
    : ordered === ''
      ? ''
      : random.pick([' sorted by name', ' in alphabetical order', ' from a to z'])
  if (extra.length === 0) {
    const which = random.chance(40)
    if (
      which &&
      filters.every(({ after, lead }) => (lead ? !after : /^(with|in|from) /.test(after ?? '')))
    ) {
      const tail = filters
        .flatMap(({ after }) => after ?? [])
        .join(' ')
        .replace(/^with /, 'have ')
        .replace(/^(in|from) /, 'are $1 ')
      const lead = filters.flatMap(({ lead }) => lead ?? []).join(' ')
      if (tail !== '' && lead === '')
        return { text: `which ${table.plural} ${tail}${sorted}`, form: 'question', sql }
      if (tail === '')
        return { text: `which ${table.plural} are ${lead}${sorted}`, form: 'question', sql }
    }
    return { text: `${what}${sorted}`, form: 'listing', sql }
  }
  const words = extra.map((column) => wordsFor(world, table, column)).join('')
  const text = random.pick([
    `name and ${words} of ${what}`,
    `${what} with their ${words}`,
    `names and ${pluralOf(words)} of all ${what}`,
  ])
  return {
    text: text + sorted,
    form: 'listing',
    sql,
  }
}

/** "Visits with a fee above 300 in 2024, with date and fee". */
export const listedEvents: Kind = (setting) => {
  const { world, clock, random } = setting
  if (world.facts.length === 0) return undefined
  const table = random.pick(world.facts)
  const filters = askFilters(setting, table, 100)
  const date = table.columns.find((column) => column === dateOf(table))
  const period = date && random.chance(45) ? askPeriod(clock, random) : undefined
  const timed = date && period ? periodConditions(date, period.period) : []
  const conditions = [...filters.map(({ sql }) => sql), ...timed]
  if (conditions.length === 0) return undefined
  const when = period ? ` ${period.text}` : ''
  const what = phraseOf(table, filters)
  const numbers = table.columns.filter(isAdditive)
  const number = numbers.length > 0 ? random.pick(numbers) : undefined
  if (date && number && random.chance(45)) {
    const items = [date, number].map(sqlOf)
    const sql = `select ${items.join(', ')}${whereOf(conditions)}`
    const words = `${wordsFor(world, table, date)} and ${wordsFor(world, table, number)}`
    const text = random.pick([`${words} of ${what}${when}`, `${what}${when} with ${words}`])
    return { text, form: 'listing', sql }
  }
  // All columns of the rows asked for, not of what a condition joins to them.
  if (filters.some(({ column }) => column.table !== table.name)) return undefined
  if (number && date && random.chance(45)) {
    const descending = random.chance(70)
    const count = random.pick([3, 5, 5, 10])
    const sql = `select * from ${table.name}${whereOf(conditions)} order by ${sqlOf(number)}${descending ? ' desc' : ' asc'} limit ${count}`
    const ranked = descending ? 'highest' : 'lowest'
    return {
      text: `${count} ${what} with the ${ranked} ${wordsFor(world, table, number)}${when}`,
      form: 'listing',
      sql,
    }
  }
  return {
    text: `${what}${when}`,
    form: 'listing',
    sql: `select * from ${table.name}${whereOf(conditions)}`,
  }
}

/** "What kinds of insurance are there?" */
export const distinctValues: Kind = ({ world, random }) => {
  const kinds = world.tables.flatMap((table) =>
    table.columns
      .filter(({ kind }) => kind === 'category' || kind === 'place')
      .map((column) => ({ table, column })),
  )
  if (kinds.length === 0) return undefined
  const { table, column } = random.pick(kinds)
  const filter = random.chance(30) ? byCategory(world, table, random) : undefined
  const usable = filter && filter.column !== column ? filter : undefined
  const words = wordsFor(world, table, column)
  const sql = `select distinct ${sqlOf(column)}${usable ? ` where ${usable.sql}` : ''}`
  if (usable)
    return {
      text: `which ${pluralOf(words)} do ${phraseOf(table, [usable])} have`,
      form: 'question',
      sql,
    }
  return random.pick<Asked>([
    { text: `what ${pluralOf(words)} are there`, form: 'question', sql },
    {
      text: `which ${pluralOf(words)} do the ${table.plural} have`,
      form: 'question',
      sql,
    },
    { text: `different ${pluralOf(words)} of the ${table.plural}`, form: 'listing', sql },
    { text: `all ${pluralOf(words)} of ${table.plural}`, form: 'listing', sql },
  ])
}

/** "Films with rain in the title". */
export const partOfName: Kind = ({ world, random }) => {
  const table = random.pick(world.things)
  const label = labelOf(table)
  const words = String(random.pick(label?.values ?? ['']) ?? '').split(' ')
  const word = words.at(-1) ?? ''
  if (!label || words.length < 2 || word.length < 4) return undefined
  const condition = `${sqlOf(label)} ilike ${sqlText(`%${word.toLowerCase()}%`)}`
  const said = random.pick([word, word.toLowerCase(), `"${word}"`])
  const field = /title/.test(label.words) ? 'title' : 'name'
  const form = `with ${said} in the ${field}`
  if (random.chance(30)) {
    const sql = `select count(*)${fromOf(table, condition)} where ${condition}`
    return {
      text: `how many ${table.plural} have ${said} in their ${field}`,
      form: 'question',
      sql,
    }
  }
  const sql = `select ${sqlOf(label)} where ${condition}`
  return random.pick<Asked>([
    { text: `${table.plural} ${form}`, form: 'listing', sql },
    {
      text: `which ${table.plural} contain ${said} in the ${field}`,
      form: 'question',
      sql,
    },
    { text: `${table.plural} whose ${field} contains ${said}`, form: 'listing', sql },
  ])
}
