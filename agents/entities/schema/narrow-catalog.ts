/** Leaves of a schema of thousands of tables those that a question may be about: it is read against each of them. */
import type { Catalog, Table } from '../../../data/catalog.js'
import type { ValueLink } from '../../../rag/knowledge.js'
import { synonymsOf } from '../../../rag/synonyms.js'
import { splitIdentifier, stem, wordsOf } from '../../../rag/words.js'

/** Schemas of up to so many tables are read whole: that takes tenths of a second. */
const wholeTables = 200
/** Tables that are left, and of these how many bring what they are linked with. */
const keptTables = 100
const closedTables = 20
const mostTables = 140

const weights = { table: 3, column: 1, synonym: 0.5, value: 3, spelled: 10 }

export interface Naming {
  readonly question: string
  readonly valueLinks: readonly ValueLink[]
  /** Tables that stay whatever the question says. */
  readonly always?: Iterable<string>
}

/** The same tables for the same question, in the catalog's order. */
export function narrowCatalog(catalog: Catalog, naming: Naming): Catalog {
  if (catalog.tables.length <= wholeTables) return catalog
  const index = indexOf(catalog)
  const spelled = spelledTables(index, naming.question)
  const scores = scoreTables(index, naming, spelled)
  for (const name of naming.always ?? []) scores.set(name, Number.POSITIVE_INFINITY)
  const isLike = likenessOf(catalog, spelled)
  const ranked = catalog.tables
    .filter((table) => !isLike(table) || scores.get(table.name) === Number.POSITIVE_INFINITY)
    .map(({ name }, place) => ({ name, place, score: scores.get(name) ?? 0 }))
    .sort((one, other) => other.score - one.score || one.place - other.place)
    .slice(0, keptTables)
    .map(({ name }) => name)
  return withTables(catalog, [...ranked, ...linkedWith(catalog, ranked.slice(0, closedTables))])
}

/** A narrowed catalog with further tables of the whole one. */
export function widenCatalog(narrow: Catalog, whole: Catalog, tables: readonly string[]): Catalog {
  if (narrow.tables.length === whole.tables.length) return narrow
  return withTables(whole, [...tables, ...narrow.tables.map(({ name }) => name)])
}

function withTables(catalog: Catalog, names: readonly string[]): Catalog {
  const kept = new Set([...new Set(names)].slice(0, mostTables))
  return {
    ...catalog,
    tables: catalog.tables.filter(({ name }) => kept.has(name)),
    relationships: catalog.relationships.filter(
      ({ from, to }) => kept.has(from.table) && kept.has(to.table),
    ),
  }
}

/** Whether a table has half of its columns in common with one that the question spells out, and is not spelled out itself. */
function likenessOf({ tables }: Catalog, spelled: ReadonlySet<string>): (table: Table) => boolean {
  const names = ({ columns }: Table) => columns.map(({ name }) => name.toLowerCase())
  const meant = tables.filter(({ name }) => spelled.has(name)).map((table) => new Set(names(table)))
  return (table) => {
    if (spelled.has(table.name)) return false
    const own = names(table)
    return meant.some((other) => own.filter((name) => other.has(name)).length * 2 >= own.length)
  }
}

function linkedWith({ relationships }: Catalog, names: readonly string[]): readonly string[] {
  const near = new Set(names)
  return relationships.flatMap(({ from, to }) => {
    if (near.has(from.table)) return [to.table]
    return near.has(to.table) ? [from.table] : []
  })
}

/** Names of tables by the stems of the words of their own name, and of their columns' names. */
interface NameIndex {
  readonly byTable: ReadonlyMap<string, readonly string[]>
  readonly byColumn: ReadonlyMap<string, readonly string[]>
  /** By all words of the name, joined by spaces. */
  readonly bySpelling: ReadonlyMap<string, readonly string[]>
  readonly size: number
}

const indexes = new WeakMap<Catalog, NameIndex>()

function indexOf(catalog: Catalog): NameIndex {
  const known = indexes.get(catalog) ?? buildIndex(catalog)
  indexes.set(catalog, known)
  return known
}

function buildIndex({ tables }: Catalog): NameIndex {
  const byTable = new Map<string, string[]>()
  const byColumn = new Map<string, string[]>()
  const bySpelling = new Map<string, string[]>()
  const stems = new Map<string, readonly string[]>()
  const stemsOf = (name: string) => {
    const known = stems.get(name) ?? [...new Set(splitIdentifier(name).map(stem))]
    stems.set(name, known)
    return known
  }
  for (const { name, columns, aliases = [] } of tables) {
    for (const own of new Set([name, ...aliases].flatMap(stemsOf))) append(byTable, own, name)
    const told = columns.flatMap((column) => [column.name, ...(column.aliases ?? [])])
    for (const own of new Set(told.flatMap(stemsOf))) append(byColumn, own, name)
    append(bySpelling, splitIdentifier(name).join(' '), name)
  }
  return { byTable, byColumn, bySpelling, size: tables.length }
}

function append(index: Map<string, string[]>, key: string, name: string): void {
  const names = index.get(key)
  if (names === undefined) index.set(key, [name])
  else names.push(name)
}

/** A word that few tables have says more than one that all have. */
function scoreTables(
  index: NameIndex,
  { question, valueLinks }: Naming,
  spelled: Iterable<string>,
): Map<string, number> {
  const scores = new Map<string, number>()
  const add = (names: readonly string[] = [], weight: number) => {
    const share = weight * Math.log(1 + index.size / Math.max(1, names.length))
    for (const name of names) scores.set(name, (scores.get(name) ?? 0) + share)
  }
  const words = wordsOf(question)
  for (const word of new Set(words)) {
    const forms = [
      [stem(word), 1] as const,
      ...synonymsOf(word).map((s) => [s, weights.synonym] as const),
    ]
    for (const [form, weight] of forms) {
      add(index.byTable.get(form), weight * weights.table)
      add(index.byColumn.get(form), weight * weights.column)
    }
  }
  for (const name of spelled) add([name], weights.spelled)
  add([...new Set(valueLinks.map(({ column }) => column.table))], weights.value)
  return scores
}

function spelledTables({ bySpelling }: NameIndex, question: string): ReadonlySet<string> {
  const phrases = [...phrasesOf(wordsOf(question))]
  return new Set(phrases.flatMap((phrase) => bySpelling.get(phrase) ?? []))
}

/** Words of the longest name of a table that is looked for as it is spelled. */
const longestName = 6

function phrasesOf(words: readonly string[]): ReadonlySet<string> {
  const starts = words.map((_, start) => start)
  const phrases = starts.flatMap((start) =>
    Array.from({ length: longestName }, (_, more) =>
      words.slice(start, start + more + 1).join(' '),
    ),
  )
  return new Set(phrases)
}
