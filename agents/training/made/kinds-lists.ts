/** Questions that list rows, look one up, or ask what values there are. */
import type { MadeColumn, MadeTable } from '../../../data/training/made/warehouse.js'
import { sqlText } from '../../../models/grammar/sql-name.js'
import { pluralOf } from './ask-dimensions.js'
import { askFilter, byCategory, phraseOf, whereOf } from './ask-filters.js'
import { fromOf } from './ask-metrics.js'
import { askPeriod, periodConditions } from './ask-periods.js'
import type { Kind } from './asked.js'
import { askFilters } from './kinds-totals.js'
import { dateOf, isAdditive, isPerson, labelOf, ownersOf, sqlOf, wordsFor } from './world.js'

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
    return random.pick([
      { text: `how many ${what} are there`, form: 'question', sql } as const,
      { text: `how many ${what} do we have`, form: 'question', sql } as const,
      { text: `number of ${what}`, form: 'noun', sql } as const,
      { text: `how many ${what}`, form: 'question', sql } as const,
    ])
  }
  const filtered = filters.map(({ column }) => column)
  const others = table.columns.filter(
    (column) => column !== label && !filtered.includes(column) && column.kind !== 'past',
  )
  const extra = random.chance(40) && others.length > 0 ? [random.pick(others)] : []
  const items = [label, ...extra].map(sqlOf)
  const ordered = random.chance(14) ? ` order by ${sqlOf(label)} asc` : ''
  const sql = `select ${items.join(', ')}${fromOf(table, ...items)}${whereOf(conditions)}${ordered}`
  const sorted =
    ordered === '' ? '' : random.pick([' sorted by name', ' in alphabetical order', ' from a to z'])
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
  return random.pick([
    { text: `which ${table.plural} ${verb} ${when}`, form: 'question', sql } as const,
    { text: `${table.plural} ${who} ${verb} ${when}`, form: 'listing', sql } as const,
    { text: `${table.plural} ${who} ${verb} ${when}`, form: 'listing', sql } as const,
  ])
}

/** Dates of things go further back than events. */
function oldClock({ values }: MadeColumn, { asOf }: { asOf: string }) {
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

/** "What is the phone of Ada Berg?", "which department does Ada Berg belong to?" */
export const lookup: Kind = ({ world, random }) => {
  const table = random.pick(world.things)
  const label = labelOf(table)
  if (!label || label.values.length === 0) return undefined
  const value = String(random.pick(label.values))
  const where = ` where ${sqlOf(label)} = ${sqlText(value)}`
  const owner = table.references.find(({ to }) => labelOf(to))?.to
  const ownerLabel = owner && labelOf(owner)
  const said = random.chance(25) ? `the ${table.noun} ${value}` : value
  if (owner && ownerLabel && random.chance(30)) {
    const sql = `select ${sqlOf(ownerLabel)}${where}`
    return random.pick([
      { text: `which ${owner.noun} does ${said} belong to`, form: 'question', sql } as const,
      { text: `what is the ${owner.noun} of ${said}`, form: 'question', sql } as const,
    ])
  }
  const columns = table.columns.filter((column) => column !== label && column.kind !== 'flag')
  if (columns.length === 0) return undefined
  const column = random.pick(columns)
  const sql = `select ${sqlOf(column)}${where}`
  if (column.verb) {
    const [verb = '', base] = column.verb.split('/')
    const text = base ? `when did ${said} ${base}` : `when was ${said} ${verb.replace('were ', '')}`
    return { text, form: 'question', sql }
  }
  if (column.kind === 'past') return undefined
  const words = wordsFor(world, table, column).replace(`${table.noun} `, '')
  if (/[^su]s$/.test(words))
    return { text: `how many ${words} does ${said} have`, form: 'question', sql }
  return random.pick([
    { text: `what is the ${words} of ${said}`, form: 'question', sql } as const,
    { text: `${words} of ${said}`, form: 'noun', sql } as const,
    { text: `what ${words} does ${said} have`, form: 'question', sql } as const,
  ])
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
  return random.pick([
    { text: `when was the ${which} ${what}`, form: 'question', sql } as const,
    { text: `date of the ${which} ${what}`, form: 'noun', sql } as const,
    { text: `when did the ${which} ${what} happen`, form: 'question', sql } as const,
  ])
}

/** "How many loans have no return date?" */
export const missing: Kind = ({ world, random }) => {
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
    return random.pick([
      { text: `how many ${table.plural} have no ${words}`, form: 'question', sql } as const,
      { text: `number of ${table.plural} without ${words}`, form: 'noun', sql } as const,
      { text: `how many ${table.plural} are missing the ${words}`, form: 'question', sql } as const,
    ])
  }
  return {
    text: `${table.plural} without ${words}`,
    form: 'listing',
    sql: `select ${sqlOf(label)} where ${condition}`,
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
  return random.pick([
    { text: `what ${pluralOf(words)} are there`, form: 'question', sql } as const,
    {
      text: `which ${pluralOf(words)} do the ${table.plural} have`,
      form: 'question',
      sql,
    } as const,
    { text: `different ${pluralOf(words)} of the ${table.plural}`, form: 'listing', sql } as const,
    { text: `all ${pluralOf(words)} of ${table.plural}`, form: 'listing', sql } as const,
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
  return random.pick([
    { text: `${table.plural} ${form}`, form: 'listing', sql } as const,
    {
      text: `which ${table.plural} contain ${said} in the ${field}`,
      form: 'question',
      sql,
    } as const,
    { text: `${table.plural} whose ${field} contains ${said}`, form: 'listing', sql } as const,
  ])
}

const absent = [
  'blood group',
  'shoe size',
  'tax number',
  'website',
  'carbon footprint',
  'social media followers',
  'fax number',
  'wifi password',
  'marital status',
  'favourite colour',
  'twitter handle',
  'bank balance',
  'net promoter score',
  'energy rating',
  'passport number',
  'parking permit',
  'noise level',
  'logo',
]
const absentThings = [
  'vending machines',
  'meteorites',
  'lawsuits',
  'software licences',
  'office chairs',
  'press releases',
  'vaccinations',
  'drones',
  'security cameras',
  'shareholders',
]

/** Asks for what the schema lacks. */
export const unanswerable: Kind = ({ world, random }) => {
  const table: MadeTable = random.pick(world.tables)
  const has = (words: string) =>
    world.tables.some(
      ({ columns, plural }) =>
        plural.includes(words) || columns.some((column) => words.includes(column.words)),
    )
  const attribute = random.pick(absent)
  const thing = random.pick(absentThings)
  if (has(attribute) || has(thing)) return undefined
  const owner = ownersOf(table)[0] ?? table
  return random.pick([
    {
      text: `what is the ${attribute} of each ${table.noun}`,
      form: 'question',
      sql: 'none',
    } as const,
    { text: `${attribute} by ${owner.noun}`, form: 'noun', sql: 'none' } as const,
    { text: `average ${attribute} of the ${table.plural}`, form: 'noun', sql: 'none' } as const,
    {
      text: `how many ${thing} are there per ${owner.noun}`,
      form: 'question',
      sql: 'none',
    } as const,
    { text: `number of ${thing} last year`, form: 'noun', sql: 'none' } as const,
    { text: `which ${table.noun} has the most ${thing}`, form: 'question', sql: 'none' } as const,
    { text: `how much did we spend on ${thing} in 2023`, form: 'question', sql: 'none' } as const,
  ])
}
