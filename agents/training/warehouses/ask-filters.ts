/** Conditions on the rows of a table, as people say them and as SQL. */

import type { Random } from '../../../data/random.js'
import type {
  WarehouseColumn,
  WarehouseTable,
} from '../../../data/training/warehouses/warehouse.js'
import { sqlText } from '../../../models/grammar/sql-name.js'
import { adjectivesOf } from './adjectives.js'
import { isNumber, isPerson, labelOf, ownersOf, sqlOf, type World, wordsFor } from './world.js'

export interface AskedFilter {
  readonly sql: string
  /** Stands before the noun: `cancelled`. */
  readonly lead?: string
  /** Stands behind it: `of Ada Berg`. */
  readonly after?: string
  readonly column: WarehouseColumn
}

type Maker = (world: World, table: WarehouseTable, random: Random) => AskedFilter | undefined

/** A condition on the table's own rows or on what they belong to; undefined when the choice found none. */
export function askFilter(
  world: World,
  table: WarehouseTable,
  random: Random,
): AskedFilter | undefined {
  const makers: readonly Maker[] = [byCategory, byOwner, byOwnersKind, byFlag, byNumber]
  return makers[random.weighted([36, 26, 14, 9, 15])]?.(world, table, random)
}

/** "cancelled visits", "patients with insurance public". */
export const byCategory: Maker = (world, table, random) => {
  const columns = table.columns.filter(
    ({ kind, values }) => (kind === 'category' || kind === 'place') && values.length > 1,
  )
  if (columns.length === 0) return undefined
  const column = random.pick(columns)
  const value = String(random.pick(column.values))
  if (value === 'none') return undefined
  if (column.leads && random.chance(25)) return oneOfTwo(column, value, random)
  const words = wordsFor(world, table, column)
  const sql = `${sqlOf(column)} = ${sqlText(value)}`
  if (column.kind === 'place' || /country|state|region|district|county/.test(column.words)) {
    const after = random.pick([`in ${value}`, `from ${value}`, `in ${value}`])
    return { sql, after: table.isFact ? `with ${words} ${value}` : after, column }
  }
  if (column.leads) return { sql, lead: value, column }
  const after = random.pick([
    `with ${words} ${value}`,
    `where the ${words} is ${value}`,
    `with ${words} ${value}`,
    `whose ${words} is ${value}`,
    `with ${words} "${value}"`,
  ])
  return { sql, after, column }
}

/** "red or white wines", "wines that are not red". */
function oneOfTwo(column: WarehouseColumn, value: string, random: Random): AskedFilter | undefined {
  const others = column.values.filter((other) => other !== value && other !== 'none')
  if (others.length === 0) return undefined
  const other = String(random.pick(others))
  if (random.chance(50)) {
    const sql = `${sqlOf(column)} <> ${sqlText(value)}`
    return { sql, after: random.pick([`that are not ${value}`, `except ${value} ones`]), column }
  }
  const sql = `${sqlOf(column)} in (${sqlText(value)}, ${sqlText(other)})`
  return { sql, lead: `${value} ${random.pick(['or', 'and'])} ${other}`, column }
}

/** "visits of Ada Berg", "bookings at Park Inn". */
export const byOwner: Maker = (_, table, random) => {
  const owners = ownersOf(table)
  if (owners.length === 0) return undefined
  const owner = random.pick(owners)
  const column = labelOf(owner)
  if (!column || column.values.length === 0) return undefined
  const value = String(random.pick(column.values.slice(0, 20)))
  const condition = `${sqlOf(column)} = ${sqlText(value)}`
  if (!isPerson(owner) && !value.includes(' ') && random.chance(30)) {
    return { sql: condition, lead: value, column }
  }
  const nouned = random.chance(25) ? `${owner.preposition} ${owner.noun} ${value}` : undefined
  const named = `${owner.preposition} ${random.chance(15) ? value.toLowerCase() : value}`
  return { sql: condition, after: nouned ?? named, column }
}

/** "bookings of guests from Spain", "repairs of Kora devices". */
const byOwnersKind: Maker = (world, table, random) => {
  const owners = ownersOf(table)
  if (owners.length === 0) return undefined
  const owner = random.pick(owners)
  const filter = random.chance(25) ? byFlag(world, owner, random) : byCategory(world, owner, random)
  if (!filter) return undefined
  const { lead, after, ...rest } = filter
  return { ...rest, after: `${owner.preposition} ${phraseOf(owner, [filter])}` }
}

/** "urgent visits", "non-urgent visits". */
const byFlag: Maker = (_, table, random) => {
  const columns = table.columns.filter(({ kind }) => kind === 'flag')
  if (columns.length === 0) return undefined
  const column = random.pick(columns)
  const holds = random.chance(75)
  const words = column.words
  const lead = holds ? words : random.pick([`non-${words}`, `not ${words}`])
  return lead.startsWith('not ')
    ? { sql: `${sqlOf(column)} = false`, after: `that are ${lead}`, column }
    : { sql: `${sqlOf(column)} = ${holds}`, lead, column }
}

/** "visits with a fee above 300". */
const byNumber: Maker = (world, table, random) => {
  const columns = table.columns.filter((column) => isNumber(column) && column.values.length > 3)
  if (columns.length === 0) return undefined
  const column = random.pick(columns)
  const words = wordsFor(world, table, column)
  const bound = roundBound(Number(random.pick(column.values)))
  const article = column.plural === words || column.kind === 'whole' ? '' : 'a '
  const [operator, said] = random.pick(boundWords)
  const counted = `with ${/below|under/.test(said) ? 'less than' : /^(at|less)/.test(said) ? said : 'more than'} ${bound} ${words}`
  const adjectives = adjectivesOf(column)
  const comparative = operator === '>' ? adjectives?.more : operator === '<' ? adjectives?.less : []
  if (comparative && comparative.length > 0 && random.chance(60)) {
    const after = `${random.pick(comparative)} than ${bound}`
    return { sql: `${sqlOf(column)} ${operator} ${bound}`, after, column }
  }
  return {
    sql: `${sqlOf(column)} ${operator} ${bound}`,
    after: random.pick([
      `with ${article}${words} ${said} ${bound}`,
      column.kind === 'whole' ? counted : `where ${words} is ${said} ${bound}`,
    ]),
    column,
  }
}

const boundWords: readonly (readonly [string, string])[] = [
  ['>', 'above'],
  ['>', 'over'],
  ['>', 'more than'],
  ['>=', 'at least'],
  ['<', 'below'],
  ['<', 'under'],
  ['<', 'less than'],
  ['<=', 'at most'],
  ['>', 'exceeding'],
]

/** A number a person would say, near the one given. */
export function roundBound(value: number): number {
  const size = 10 ** Math.max(0, Math.floor(Math.log10(Math.abs(value) || 1)) - 1)
  const step = Math.abs(value) >= 10 ? size * 5 : 1
  return Math.round(value / step) * step
}

/** The plural noun with its conditions around it. */
export function phraseOf(
  table: WarehouseTable,
  filters: readonly AskedFilter[],
  one = false,
): string {
  const leads = filters.flatMap(({ lead }) => lead ?? [])
  const afters = filters.flatMap(({ after }) => after ?? [])
  return [...leads, one ? table.noun : table.plural, ...afters].join(' ')
}

export function whereOf(conditions: readonly string[]): string {
  return conditions.length === 0 ? '' : ` where ${conditions.join(' and ')}`
}
