/**
 * Gives a schema's tables and columns the names that another designer would have given them, and its SQL with them:
 * a model that sees each schema under one set of names learns the names by heart instead of reading them.
 */
import type { Catalog, Column, ColumnReference, Table } from '../../data/catalog.js'
import { completeJoinFree } from '../../data/join-free/complete-join-free.js'
import { nameWords, pluralOf, singular } from '../../data/name-words.js'
import type { Random } from '../../data/random.js'
import { sqlColumn, sqlName } from '../../models/grammar/sql-name.js'
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

interface NewNames {
  /** Undefined where there is no such table. */
  readonly known: (table: string) => string | undefined
  readonly table: (name: string) => string
  readonly column: (reference: ColumnReference) => string
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
  const joinFree = renameSql(question.joinFree, names)
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

const word = String.raw`(?:"(?:[^"]|"")*"|[A-Za-z_]\w*)`
/** Texts, which stay; `table.column`; and tables behind FROM and JOIN. */
const named = new RegExp(String.raw`'(?:[^']|'')*'|(${word})\.(${word})|(from|join) (${word})`, 'g')

function renameSql(joinFree: string, names: NewNames): string {
  return joinFree.replaceAll(named, (part, table, column, keyword, alone) => {
    if (keyword !== undefined) return `${keyword} ${sqlName(renameUse(bare(alone), names).name)}`
    if (table === undefined) return part
    const { of, name } = renameUse(bare(table), names)
    return sqlColumn(name, names.column({ table: of, column: bare(column) }))
  })
}

/** A table as SQL calls it, which may be one of several copies: `author_2`. */
function renameUse(used: string, names: NewNames): { readonly of: string; readonly name: string } {
  const known = names.known(used)
  if (known !== undefined) return { of: used, name: known }
  const copy = /_\d+$/.exec(used)?.[0] ?? ''
  const of = used.slice(0, used.length - copy.length)
  return { of, name: names.table(of) + copy }
}

function bare(name: string): string {
  return name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name
}
