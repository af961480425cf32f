/** Questions about one table with conditions other than comparing a column with a value. */

import { sqlText } from '../../../models/grammar/sql-name.js'
import type { Random } from '../../random.js'
import type {
  AskableColumn,
  AskableTable,
  NamedTemplate,
  Template,
  TemplateSetting,
} from './askable.js'
import { beOf, sayValue, sayValues, threshold } from './conditions.js'
import { drawn, labelOrShown, ofSome } from './draw.js'
import { counting, joined, listing } from './say.js'

interface Special {
  readonly table: AskableTable
  readonly columns: readonly AskableColumn[]
  readonly sql: string
  /** After the noun: "whose age is between 20 and 30". */
  readonly text: string
}

/** Lists what such a condition finds, or counts it. */
function asked(special: (setting: TemplateSetting) => Special | undefined): Template {
  return (setting) => {
    const { random } = setting
    const found = special(setting)
    if (!found) return undefined
    const { table, columns, sql, text } = found
    if (random.chance(22)) {
      return {
        text: counting(`${table.plural} ${text}`, random),
        sql: `select count(*) where ${sql}`,
      }
    }
    const shown = labelOrShown(table, random, columns)
    if (!shown) return undefined
    return {
      text: listing(ofSome(shown, table, text, random), random),
      sql: `select ${shown.sql} where ${sql}`,
    }
  }
}

function drawFrom(
  { schema, random }: TemplateSetting,
  fits: (column: AskableColumn) => boolean,
): { table: AskableTable; column: AskableColumn } | undefined {
  const all = schema.tables.flatMap((table) =>
    table.columns.filter(fits).map((column) => ({ table, column })),
  )
  return drawn(all, random)
}

const between = asked((setting) => {
  const { random } = setting
  const found = drawFrom(
    setting,
    ({ role, range }) => (role === 'number' || role === 'year') && range !== undefined,
  )
  if (!found) return undefined
  const { table, column } = found
  const [low = 0, high = 0] = [threshold(column, '>', random), threshold(column, '<', random)].sort(
    (a, b) => a - b,
  )
  if (low === high) return undefined
  const text = random.pick([
    `whose ${beOf(column)} between ${low} and ${high}`,
    `with ${column.words} between ${low} and ${high}`,
    `with a ${column.words} from ${low} to ${high}`,
  ])
  return { table, columns: [column], sql: `${column.sql} between ${low} and ${high}`, text }
})

/** A word, the beginning or the end of a name. */
const partOfText = asked((setting) => {
  const { random } = setting
  const found = drawFrom(
    setting,
    ({ role, values }) => (role === 'name' || role === 'text') && values.length > 0,
  )
  if (!found) return undefined
  const { table, column } = found
  const value = random.pick(column.values)
  const [start, end] = [value.charAt(0), value.slice(-1)]
  const word = random.pick(
    value
      .split(/[^\p{L}\p{N}]+/u)
      .filter((part) => part.length > 2)
      .concat(value),
  )
  const { sql, words } = column
  const [pattern, text] = random.pick([
    [`%${word}%`, `whose ${words} contains "${word}"`],
    [`%${word}%`, `whose ${words} contains the word ${word}`],
    [`%${word}%`, `that have "${word}" in their ${words}`],
    [`%${word}%`, `with the substring '${word}' in their ${words}`],
    [`${start}%`, `whose ${words} starts with ${start}`],
    [`${start}%`, `whose ${words} starts with the letter '${start}'`],
    [`${start}%`, `with a ${words} beginning with "${start}"`],
    [`%${end}`, `whose ${words} ends with "${end}"`],
  ] as const)
  if (!/^%?[\p{L}\p{N} ]+%?$/u.test(pattern)) return undefined
  return { table, columns: [column], sql: `${sql} like ${sqlText(pattern)}`, text }
})

const missing = asked((setting) => {
  const { random } = setting
  const found = drawFrom(setting, ({ hasGaps, role }) => hasGaps && role !== 'key')
  if (!found) return undefined
  const { table, column } = found
  const isMissing = random.chance(60)
  const { words } = column
  const text = isMissing
    ? random.pick([
        `whose ${beOf(column)} missing`,
        `whose ${beOf(column)} not known`,
        `without a ${words}`,
        `that have no ${words}`,
        `with null as ${words}`,
      ])
    : random.pick([
        `that have a ${words}`,
        `whose ${beOf(column)} known`,
        `whose ${beOf(column)} not null`,
      ])
  return { table, columns: [column], sql: `${column.sql} is ${isMissing ? '' : 'not '}null`, text }
})

const oneOfSeveral = asked((setting) => {
  const { random } = setting
  const found = drawFrom(setting, ({ role, values }) => role === 'category' && values.length > 2)
  if (!found) return undefined
  const { table, column } = found
  const values = drawSeveral(column.values, random.pick([2, 2, 3]), random)
  const said = sayValues(values, random)
  const or =
    said.length === 2 ? said.join(' or ') : `${said.slice(0, -1).join(', ')} or ${said.at(-1)}`
  const text = random.pick([
    `whose ${beOf(column)} ${or}`,
    `with ${column.words} ${or}`,
    `whose ${beOf(column)} either ${or}`,
    `whose ${beOf(column)} one of ${joined(said)}`,
  ])
  // Two are said by OR, as Spider does.
  const sql =
    values.length === 2
      ? values.map((value) => `${column.sql} = ${sqlText(value)}`).join(' or ')
      : `${column.sql} in (${values.map(sqlText).join(', ')})`
  return { table, columns: [column], sql, text }
})

function drawSeveral(values: readonly string[], count: number, random: Random): string[] {
  const drawnValues: string[] = []
  while (drawnValues.length < Math.min(count, values.length)) {
    drawnValues.push(random.pick(values.filter((value) => !drawnValues.includes(value))))
  }
  return drawnValues
}

const anythingElse = asked((setting) => {
  const { random } = setting
  const found = drawFrom(setting, ({ role, values }) => role === 'category' && values.length > 1)
  if (!found) return undefined
  const { table, column } = found
  const value = random.pick(column.values)
  const said = sayValue(value, random)
  const text = random.pick([
    `whose ${beOf(column)} not ${said}`,
    `with a ${column.words} other than ${said}`,
    `whose ${beOf(column)} different from ${said}`,
    `that do not have the ${column.words} ${said}`,
  ])
  return { table, columns: [column], sql: `${column.sql} != ${sqlText(value)}`, text }
})

/** Two numbers of one sort, such as goals for and goals against. */
export function likePairs({ columns }: AskableTable): (readonly [AskableColumn, AskableColumn])[] {
  const numbers = columns.filter(({ role }) => role === 'number')
  const isAlike = (one: AskableColumn, other: AskableColumn) => {
    const [words, others] = [one.words.split(' '), other.words.split(' ')]
    if (words.length < 2 || others.length < 2) return false
    return words.at(-1) === others.at(-1) || words[0] === others[0]
  }
  return numbers.flatMap((one) =>
    numbers
      .filter((other) => other !== one && isAlike(one, other))
      .map((other) => [one, other] as const),
  )
}

const twoColumns = asked(({ schema, random }) => {
  const all = schema.tables.flatMap((table) => likePairs(table).map((pair) => ({ table, pair })))
  const found = drawn(all, random)
  if (!found) return undefined
  const [one, other] = found.pair
  const more = random.chance(60)
  const words = more ? ['higher', 'greater', 'larger'] : ['lower', 'smaller']
  const text = `whose ${beOf(one)} ${random.pick(words)} than ${random.pick(['the', 'their'])} ${other.words}`
  return {
    table: found.table,
    columns: found.pair,
    sql: `${one.sql} ${more ? '>' : '<'} ${other.sql}`,
    text,
  }
})

/** "For each team, what is the difference between home goals and away goals?" */
const arithmetic: Template = ({ schema, random }) => {
  const tables = schema.tables.filter((table) => table.label && likePairs(table).length > 0)
  const table = drawn(tables, random)
  if (!table?.label) return undefined
  const [one, other] = random.pick(likePairs(table))
  const isSum = one.additive && other.additive && random.chance(45)
  const pair = `${one.words} and ${other.words}`
  const result = isSum ? `sum of ${pair}` : `difference between ${pair}`
  const text = random.pick([
    `show the ${table.label.words} and the ${result} of each ${table.noun}`,
    `what is the ${result} of each ${table.noun}? Show the ${table.label.words} as well`,
    `for each ${table.noun}, return the ${table.label.words} and the ${result}`,
  ])
  return { text, sql: `select ${table.label.sql}, ${one.sql} ${isSum ? '+' : '-'} ${other.sql}` }
}

export const specialTemplates: readonly NamedTemplate[] = [
  ['between', 1, between],
  ['part of text', 1.3, partOfText],
  ['missing', 0.4, missing],
  ['one of several', 0.9, oneOfSeveral],
  ['anything else', 0.9, anythingElse],
  ['two columns', 0.3, twoColumns],
  ['arithmetic', 0.3, arithmetic],
]
