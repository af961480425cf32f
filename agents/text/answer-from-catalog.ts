/** Answers questions about the database itself, from the catalog alone. */
import type { Catalog, Column, Table } from '../../data/catalog.js'
import { stem, wordsOf } from '../../rag/words.js'
import { identifierStems } from '../entities/schema/schema-terms.js'
import { formatNumber } from './format-value.js'
import { joinWords } from './join-words.js'

/** Names listed in one sentence before it is cut short. */
const maxListed = 40

/** Undefined when the question turns out not to be about tables or columns. */
export function answerFromCatalog(question: string, catalog: Catalog): string | undefined {
  if (catalog.tables.length === 0) return 'This database has no tables.'
  const words = wordsOf(question).map(stem)
  const named = namedTables(words, catalog)
  if (/\b(connect|relat|join|link)/i.test(question)) return sayLinks(named, catalog)
  const columnHolders = /\b(which|what) (tables?|table) .*\b(column|field)/i.test(question)
  if (columnHolders || (named.length === 0 && /\bcolumns?|fields?\b/i.test(question))) {
    return sayHolders(words, catalog)
  }
  if (named.length > 0) return named.map((table) => describeTable(table, catalog)).join('\n\n')
  return sayTables(catalog)
}

function namedTables(words: readonly string[], catalog: Catalog): readonly Table[] {
  return catalog.tables.filter((table) => {
    const name = identifierStems(table.name)
    const at = words.indexOf(name[0] ?? '')
    return at !== -1 && name.every((word, offset) => words[at + offset] === word)
  })
}

function sayTables(catalog: Catalog): string {
  const { tables } = catalog
  const listed = tables
    .slice(0, maxListed)
    .map((table) => `${table.name} (${formatNumber(table.rowCount)} rows)`)
  const rest = tables.length > maxListed ? ` and ${tables.length - maxListed} more` : ''
  const noun = tables.length === 1 ? 'table' : 'tables'
  return `There ${tables.length === 1 ? 'is' : 'are'} ${tables.length} ${noun}: ${joinWords(listed)}${rest}.`
}

function describeTable(table: Table, catalog: Catalog): string {
  const listed = table.columns.slice(0, maxListed).map(sayColumn)
  const rest =
    table.columns.length > maxListed ? ` and ${table.columns.length - maxListed} more` : ''
  const links = catalog.relationships
    .filter((r) => r.from.table === table.name)
    .map((r) => `${r.from.column} points at ${r.to.table}`)
  const linked = links.length > 0 ? ` Links: ${joinWords(links)}.` : ''
  return `${table.name} has ${formatNumber(table.rowCount)} rows and ${table.columns.length} columns: ${joinWords(listed)}${rest}.${linked}`
}

function sayColumn(column: Column): string {
  const range = column.min !== undefined && column.max !== undefined && column.kind !== 'number'
  return `${column.name} (${column.kind}${range ? `, ${column.min} to ${column.max}` : ''})`
}

function sayLinks(named: readonly Table[], catalog: Catalog): string {
  const names = new Set(named.map((table) => table.name))
  const links = catalog.relationships.filter(
    (r) => names.size === 0 || names.has(r.from.table) || names.has(r.to.table),
  )
  if (links.length === 0) return 'No links between these tables are known.'
  const said = links.map((r) => `${r.from.table}.${r.from.column} → ${r.to.table}.${r.to.column}`)
  return `Tables are linked by: ${joinWords(said.slice(0, maxListed))}.`
}

/** Tables that have a column with the words asked for; all tables with their columns when none is named. */
function sayHolders(words: readonly string[], catalog: Catalog): string {
  const holders = catalog.tables.flatMap((table) =>
    table.columns
      .filter((column) => identifierStems(column.name).some((word) => words.includes(word)))
      .map((column) => `${table.name}.${column.name}`),
  )
  if (holders.length > 0) return `Columns that match: ${joinWords(holders.slice(0, maxListed))}.`
  return catalog.tables
    .slice(0, maxListed)
    .map(
      (table) =>
        `${table.name}: ${table.columns
          .slice(0, maxListed)
          .map((c) => c.name)
          .join(', ')}.`,
    )
    .join('\n')
}
