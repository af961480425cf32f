/** Questions about one column: what it holds, its type, its values, its gaps. */
import type { Column, ColumnKind, Table } from '../../catalog.js'
import type { Random } from '../../random.js'
import { joined } from '../templates/say.js'
import type { Worded } from '../worded-template.js'
import { counted, listed, sentence } from './answer-words.js'

const kinds: Readonly<Record<ColumnKind, string>> = {
  number: 'a number',
  text: 'text',
  date: 'a date',
  timestamp: 'a date with a time',
  boolean: 'true or false',
  other: 'a value of another kind',
}

export function whatColumnHolds({ name }: Table, column: Column, random: Random): Worded {
  const at = `${name}.${column.name}`
  const question = random.pick([
    `What is ${at}?`,
    `What does the column ${column.name} of ${name} hold?`,
    `What does ${column.name} mean in ${name}?`,
    `Explain the column ${at}.`,
    `Describe ${column.name} in the table ${name}`,
  ])
  const parts = [
    ...(column.comment ? [sentence(column.comment)] : []),
    `${at} is ${kinds[column.kind]} (${column.type}).`,
    ...(column.unique ? ['No two rows have the same.'] : []),
    ...(column.distinctCount === undefined
      ? []
      : [`It has ${counted(column.distinctCount, 'different value')}.`]),
    ...(column.samples.length > 0 ? [`Examples: ${listed(column.samples.slice(0, 3))}.`] : []),
  ]
  return { question, answer: parts.join(' '), tables: [name] }
}

export function typeOfColumn(
  { name }: Table,
  { name: column, type, kind }: Column,
  random: Random,
): Worded {
  const question = random.pick([
    `What type is ${name}.${column}?`,
    `Which data type does ${column} have in ${name}?`,
    `Is ${column} of ${name} a number or text?`,
    `What kind of values are in ${name}.${column}?`,
  ])
  return {
    question,
    answer: `${name}.${column} is ${kinds[kind]}; its type is ${type}.`,
    tables: [name],
  }
}

export function valuesOfColumn(
  { name }: Table,
  column: Column,
  random: Random,
): Worded | undefined {
  const { values } = column
  if (!values || values.length < 2) return undefined
  const question = random.pick([
    `Which values can ${name}.${column.name} have?`,
    `What are the possible values of ${column.name} in ${name}?`,
    `Which values occur in the column ${column.name} of ${name}?`,
    `What can ${column.name} be in ${name}?`,
  ])
  const answer = `${name}.${column.name} has ${counted(values.length, 'value')}: ${listed(values)}.`
  return { question, answer, tables: [name] }
}

export function rangeOfColumn({ name }: Table, column: Column, random: Random): Worded | undefined {
  const { min, max } = column
  if (min === undefined || max === undefined) return undefined
  const question = random.pick([
    `What range does ${name}.${column.name} have?`,
    `Between which values does ${column.name} of ${name} lie?`,
    `From what to what does ${name}.${column.name} go?`,
    ...(column.kind === 'date' || column.kind === 'timestamp'
      ? [`Which time does ${column.name} of ${name} cover?`]
      : []),
  ])
  return {
    question,
    answer: `${name}.${column.name} lies between ${min} and ${max}.`,
    tables: [name],
  }
}

export function placeOfColumn(tables: readonly Table[], { name }: Column, random: Random): Worded {
  const found = tables
    .filter(({ columns }) => columns.some((column) => column.name === name))
    .map((table) => table.name)
  const question = random.pick([
    `Where do I find ${name}?`,
    `Which table has a column ${name}?`,
    `In which tables is there a column called ${name}?`,
    `What table is ${name} in?`,
  ])
  const answer = `${name} is a column of ${joined(found)}.`
  return { question, answer, tables: found }
}

export function gapsOfColumn(
  { name }: Table,
  { name: column, nullable }: Column,
  random: Random,
): Worded {
  const question = random.pick([
    `Can ${name}.${column} be empty?`,
    `May ${column} be missing in ${name}?`,
    `Does every row of ${name} have a ${column}?`,
    `Is ${column} required in ${name}?`,
  ])
  const answer = nullable
    ? `${name}.${column} may be missing in some rows.`
    : `${name}.${column} is there in every row.`
  return { question, answer, tables: [name] }
}
