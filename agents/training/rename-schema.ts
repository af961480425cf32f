/**
 * Gives a schema's tables and columns the names that another designer would have given them, and its SQL with them:
 * a model that sees each schema under one set of names learns the names by heart instead of reading them.
 */
import type { Catalog, Column, ColumnReference, Table } from '../../data/catalog.js'
import { completeJoinFree } from '../../data/join-free/complete-join-free.js'
import { type NewNames, renameJoinFree } from '../../data/join-free/rename-join-free.js'
import { nameWords, pluralOf, singular } from '../../data/name-words.js'
import type { Random } from '../../data/random.js'
import type { TrainingDatabase, TrainingQuestion } from './training-question.js'

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)

/** Ways to write the words of a name; the last is rare, as it asks for quotes wherever it stands. */
const styles: readonly ((words: readonly string[]) => string)[] = [
  (words) => words.join('_'),
  (words) => words.map(capital).join(''),
  (words) => words.map((word, at) => (at === 0 ? word : capital(word))).join(''),
  (words) => words.map(capital).join('_'),
  (words) => words.join('_').toUpperCase(),
  (words) => words.map(capital).join(' '),
]
const styleWeights = [40, 18, 14, 14, 10, 4]

/** What columns are called alone in one database and together with their table in another. */
const prefixable = new Set('id name title code type status description details date'.split(' '))

interface Manners {
  readonly write: (words: readonly string[]) => string
  readonly number: 'singular' | 'plural' | 'kept'
  readonly prefix: 'added' | 'dropped' | 'kept'
}

/** Without questions whose SQL does not survive it, and without failed attempts, whose reasons name the old names. */
export function renameSchema(database: TrainingDatabase, random: Random): TrainingDatabase {
  const names = newNames(database.catalog, {
    write: styles[random.weighted(styleWeights)] ?? ((words) => words.join('_')),
    number: random.pick(['singular', 'plural', 'kept']),
    prefix: random.pick(['added', 'dropped', 'kept', 'kept']),
  })
  const catalog = renameCatalog(database.catalog, names)
  return {
    ...database,
    catalog,
    questions: database.questions.flatMap((question) => renamed(question, names, catalog)),
    linkValues: (question) =>
      database
        .linkValues(question)
        .map((link) => ({ ...link, column: renameReference(link.column, names) })),
  }
}

function renamed(
  { failure, ...question }: TrainingQuestion,
  names: NewNames,
  catalog: Catalog,
): TrainingQuestion[] {
  const joinFree = renameJoinFree(question.joinFree, names)
  if (!completeJoinFree(joinFree, catalog, { rankedTables: [] }).ok) return []
  return [{ ...question, joinFree, tables: question.tables.map(names.table) }]
}

/** Where two would become one, both keep their old names. */
function newNames({ tables }: Catalog, manners: Manners): NewNames {
  const byTable = unequal(tables.map((table) => [table.name, tableName(table.name, manners)]))
  const byColumn = new Map(
    tables.map((table) => [
      table.name,
      unequal(table.columns.map(({ name }) => [name, columnName(table.name, name, manners)])),
    ]),
  )
  const known = (name: string) => byTable.get(name) ?? (byColumn.has(name) ? name : undefined)
  return {
    known,
    table: (name) => known(name) ?? name,
    column: ({ table, column }) => byColumn.get(table)?.get(column) ?? column,
  }
}

function unequal(pairs: readonly (readonly [string, string])[]): ReadonlyMap<string, string> {
  const isFree = ([old, name]: readonly [string, string]) =>
    name !== '' &&
    pairs.every(([other, next]) => {
      const taken = [other, next].map((each) => each.toLowerCase())
      return other === old || !taken.includes(name.toLowerCase())
    })
  return new Map(pairs.filter(isFree))
}

function tableName(name: string, { write, number }: Manners): string {
  const words = nameWords(name)
  const last = words.at(-1) ?? ''
  const one = singular(last)
  const written = { singular: one, plural: pluralOf(one), kept: last }[number]
  return write([...words.slice(0, -1), written])
}

function columnName(table: string, name: string, { write, prefix }: Manners): string {
  const owner = nameWords(table).map(singular)
  const words = nameWords(name)
  const [only = ''] = words
  if (prefix === 'added' && words.length === 1 && prefixable.has(only)) {
    return write([...owner, only])
  }
  const begins = words.length > owner.length && owner.every((word, at) => words[at] === word)
  return write(prefix === 'dropped' && begins ? words.slice(owner.length) : words)
}

function renameCatalog(catalog: Catalog, names: NewNames): Catalog {
  return {
    ...catalog,
    tables: catalog.tables.map((table) => renameTable(table, names)),
    relationships: catalog.relationships.map((relationship) => ({
      ...relationship,
      from: renameReference(relationship.from, names),
      to: renameReference(relationship.to, names),
      further: relationship.further?.map(({ from, to }) => ({
        from: names.column({ table: relationship.from.table, column: from }),
        to: names.column({ table: relationship.to.table, column: to }),
      })),
    })),
  }
}

function renameTable(table: Table, names: NewNames): Table {
  const of = (column: string) => names.column({ table: table.name, column })
  return {
    ...table,
    name: names.table(table.name),
    primaryKey: table.primaryKey.map(of),
    columns: table.columns.map((column): Column => ({ ...column, name: of(column.name) })),
  }
}

function renameReference(reference: ColumnReference, names: NewNames): ColumnReference {
  return { table: names.table(reference.table), column: names.column(reference) }
}
