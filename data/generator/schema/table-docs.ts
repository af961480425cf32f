/** Questions that explain tables and columns, answered from the catalog alone. */
import type { Catalog, Column, Table } from '../../catalog.js'
import type { Random } from '../../random.js'
import { joined } from '../templates/say.js'
import type { Worded, WordedTemplate } from '../worded-template.js'
import { counted, listed, sentence } from './answer-words.js'
import {
  gapsOfColumn,
  placeOfColumn,
  rangeOfColumn,
  typeOfColumn,
  valuesOfColumn,
  whatColumnHolds,
} from './column-docs.js'

export function tableDocs(catalog: Catalog): readonly WordedTemplate[] {
  const { tables } = catalog
  const columns = tables.flatMap((table) => table.columns.map((column) => ({ table, column })))
  if (columns.length === 0) return []
  const ofTable = (ask: (table: Table, random: Random) => Worded | undefined) => (random: Random) =>
    ask(random.pick(tables), random)
  const ofColumn =
    (ask: (table: Table, column: Column, random: Random) => Worded | undefined) =>
    (random: Random) => {
      const { table, column } = random.pick(columns)
      return ask(table, column, random)
    }
  return [
    ['tables there are', 0.2, (random) => allTables(tables, random)],
    ['what a table holds', 2, ofTable(whatItHolds)],
    ['columns of a table', 2, ofTable(columnsOfIt)],
    ['rows of a table', 1, ofTable(rowsOfIt)],
    ['key of a table', 1, ofTable(keyOfIt)],
    ['columns of a kind', 2, ofTable(columnsOfKind)],
    ['gaps of a table', 1, ofTable(gapsOfIt)],
    ['what a column holds', 5, ofColumn(whatColumnHolds)],
    ['type of a column', 3, ofColumn(typeOfColumn)],
    ['values of a column', 3, ofColumn(valuesOfColumn)],
    ['range of a column', 3, ofColumn(rangeOfColumn)],
    [
      'place of a column',
      2,
      (random) => placeOfColumn(tables, random.pick(columns).column, random),
    ],
    ['gaps of a column', 2, ofColumn(gapsOfColumn)],
  ]
}

function allTables(tables: readonly Table[], random: Random): Worded {
  const question = random.pick([
    'Which tables are there?',
    'What tables does this database have?',
    'List all tables.',
    'What can I ask about?',
    'Which data is in here?',
  ])
  const all = tables.map(({ name }) => name)
  return { question, answer: `There are ${all.length} tables: ${listed(all)}.`, tables: all }
}

function whatItHolds({ name, comment, rowCount, columns }: Table, random: Random): Worded {
  const question = random.pick([
    `What does the table ${name} hold?`,
    `What is in ${name}?`,
    `Describe the table ${name}.`,
    `What is the table ${name} for?`,
    `Explain the table ${name}.`,
    `Tell me about ${name}`,
  ])
  const lead = comment ? `${sentence(comment)} ` : ''
  const answer = `${lead}${name} has ${counted(rowCount, 'row')} and ${counted(columns.length, 'column')}: ${listed(columns.map((column) => column.name))}.`
  return { question, answer, tables: [name] }
}

function columnsOfIt({ name, columns }: Table, random: Random): Worded {
  const question = random.pick([
    `Which columns does ${name} have?`,
    `What are the columns of the table ${name}?`,
    `List the columns of ${name}.`,
    `What fields are there in ${name}?`,
    `Which columns can I use in ${name}?`,
  ])
  const all = columns.map((column) => `${column.name} (${column.type})`)
  return { question, answer: `The columns of ${name} are ${listed(all)}.`, tables: [name] }
}

function rowsOfIt({ name, rowCount }: Table, random: Random): Worded {
  const question = random.pick([
    `How large is the table ${name}?`,
    `How many rows does the table ${name} hold?`,
    `What is the size of ${name} in rows?`,
    `Is ${name} a big table?`,
  ])
  return { question, answer: `${name} has ${counted(rowCount, 'row')}.`, tables: [name] }
}

function keyOfIt({ name, primaryKey }: Table, random: Random): Worded {
  const question = random.pick([
    `What is the primary key of ${name}?`,
    `Which column identifies a row of ${name}?`,
    `What makes a row of ${name} unique?`,
    `By what are rows of ${name} told apart?`,
  ])
  const answer =
    primaryKey.length === 0
      ? `${name} has no primary key.`
      : `Each row of ${name} is identified by ${joined(primaryKey)}.`
  return { question, answer, tables: [name] }
}

function columnsOfKind({ name, columns }: Table, random: Random): Worded {
  const [kind, plural] = random.pick([
    ['number', 'numbers'],
    ['text', 'texts'],
    ['date', 'dates'],
  ] as const)
  const isOf = (column: Column) =>
    column.kind === kind || (kind === 'date' && column.kind === 'timestamp')
  const found = columns.filter(isOf).map((column) => column.name)
  const question = random.pick([
    `Which columns of ${name} hold ${plural}?`,
    `What ${plural} are there in ${name}?`,
    `Which ${kind} columns does ${name} have?`,
  ])
  const answer =
    found.length === 0
      ? `No column of ${name} holds ${plural}.`
      : `In ${name} ${listed(found)} ${found.length === 1 ? 'holds' : 'hold'} ${plural}.`
  return { question, answer, tables: [name] }
}

function gapsOfIt({ name, columns }: Table, random: Random): Worded {
  const open = columns.filter(({ nullable }) => nullable).map((column) => column.name)
  const question = random.pick([
    `Which columns of ${name} may be empty?`,
    `Where can values be missing in ${name}?`,
    `Which columns of ${name} can be null?`,
  ])
  const answer =
    open.length === 0
      ? `Every column of ${name} always has a value.`
      : `In ${name} values may be missing in ${listed(open)}.`
  return { question, answer, tables: [name] }
}
