/** The documents of one table: itself, its columns in small groups, and the values of its columns. */
import type { Column, ColumnKind, Table } from '../data/catalog.js'
import type { KnowledgeDocument } from './knowledge.js'
import { cutText, spokenName } from './words.js'

const columnsPerGroup = 8
/** A sentence model reads about 256 tokens: longer texts would be cut unseen. */
const maxTextCharacters = 900
const maxValueCharacters = 40
const maxValuesPerSet = 40
/** More values are names of single things: the value index knows them, a document would be noise. */
const maxDistinctValues = 200
const samplesPerColumn = 3

const kindWords: Readonly<Record<ColumnKind, string>> = {
  number: 'number',
  text: 'text',
  date: 'date',
  timestamp: 'time',
  boolean: 'yes or no',
  other: 'other',
}

export function tableDocument(table: Table): KnowledgeDocument {
  const parts = [
    `Table ${spokenName(table.name)}`,
    table.comment ?? '',
    `columns ${fitted(table.columns.map((column) => spokenName(column.name)))}`,
    `${table.rowCount} rows`,
    ...table.columns.map(samplesOf),
  ]
  return { id: `table:${table.name}`, kind: 'table', text: sentence(parts), tables: [table.name] }
}

/** Groups in column order, so that a new last column leaves the earlier groups as they are. */
export function columnGroupDocuments(table: Table): readonly KnowledgeDocument[] {
  return columnGroups(table).map((columns, index) => ({
    id: `columns:${table.name}:${index}`,
    kind: 'column_group',
    text: sentence([`Columns of ${spokenName(table.name)}`, ...columns.map(describeColumn)]),
    tables: [table.name],
  }))
}

/** The columns that each of a table's group documents is about. */
export function columnGroups(table: Table): readonly (readonly Column[])[] {
  return chunks(table.columns, columnsPerGroup)
}

export function valueSetDocuments(table: Table): readonly KnowledgeDocument[] {
  return table.columns.filter(isValueSet).map((column) => ({
    id: `values:${table.name}.${column.name}`,
    kind: 'value_set',
    text: sentence([
      `${spokenName(column.name)} of ${spokenName(table.name)} is one of`,
      fitted((column.values ?? []).slice(0, maxValuesPerSet).map(shortened)),
    ]),
    tables: [table.name],
  }))
}

function isValueSet({ kind, values = [] }: Column): boolean {
  return kind === 'text' && values.length > 0 && values.length <= maxDistinctValues
}

function describeColumn(column: Column): string {
  const range = column.min && column.max ? `from ${column.min} to ${column.max}` : ''
  const samples = range ? '' : samplesText(column)
  const parts = [
    spokenName(column.name),
    kindWords[column.kind],
    column.comment ?? '',
    range,
    samples,
  ]
  return parts.filter((part) => part !== '').join(', ')
}

function samplesOf(column: Column): string {
  const samples = column.kind === 'text' ? samplesText(column) : ''
  return samples === '' ? '' : `${spokenName(column.name)} ${samples}`
}

function samplesText(column: Column): string {
  const samples = column.samples.slice(0, samplesPerColumn).map(shortened)
  return samples.length === 0 ? '' : `such as ${samples.join(', ')}`
}

function sentence(parts: readonly string[]): string {
  return cutText(parts.filter((part) => part !== '').join('; '), maxTextCharacters)
}

/** As many names as fit in half the text, so that what follows is still read. */
function fitted(names: readonly string[]): string {
  const joined = names.join(', ')
  if (joined.length <= maxTextCharacters / 2) return joined
  const cut = cutText(joined, maxTextCharacters / 2)
  return cut.slice(0, Math.max(cut.lastIndexOf(', '), 1))
}

function shortened(value: string): string {
  return value.length <= maxValueCharacters ? value : `${cutText(value, maxValueCharacters)}…`
}

function chunks<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  )
}
