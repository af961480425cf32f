/** The cell values a catalog knows, filed under the words they are written with. */
import type { Catalog, Column, ColumnReference } from '../data/catalog.js'
import { stem, wordSpans, wordsOf } from './words.js'

/** Longer values are texts, not names somebody would type into a question. */
const maxValueCharacters = 80
const maxValueWords = 8
/** Bounds memory: about 800 bytes a value, its spelling pieces included. */
const maxValues = 50_000

export interface StoredValue {
  readonly column: ColumnReference
  /** As stored. */
  readonly value: string
  /** Folded words joined by spaces. */
  readonly words: string
  readonly tableRows: number
}

export interface StoredValues {
  /** Stored values by the stems of their words, joined by spaces. */
  readonly byStems: ReadonlyMap<string, readonly StoredValue[]>
  /** Stored values by their folded words, joined by spaces. */
  readonly byWords: ReadonlyMap<string, readonly StoredValue[]>
  /** Words of the longest value. */
  readonly longest: number
  /** Folded words, singular and plural, of table and column names. */
  readonly schemaWords: ReadonlySet<string>
}

/** Distinct and sample values of the text columns; beyond the limit the largest columns go unseen. */
export function collectStoredValues(catalog: Catalog): StoredValues {
  const byStems = new Map<string, StoredValue[]>()
  const byWords = new Map<string, StoredValue[]>()
  const stems = new Map<string, string>()
  let longest = 0
  let count = 0
  for (const stored of eachValue(catalog)) {
    const words = stored.words.split(' ')
    if (words.length > maxValueWords) continue
    if (count >= maxValues) break
    count += 1
    longest = Math.max(longest, words.length)
    append(byStems, words.map((word) => knownStem(stems, word)).join(' '), stored)
    append(byWords, stored.words, stored)
  }
  return { byStems, byWords, longest, schemaWords: schemaWords(catalog) }
}

/** Values share most of their words: a stem is worked out once. */
function knownStem(stems: Map<string, string>, word: string): string {
  const known = stems.get(word) ?? stem(word)
  stems.set(word, known)
  return known
}

function* eachValue(catalog: Catalog): Generator<StoredValue> {
  for (const { table, column, known } of fewestValuesFirst(catalog)) {
    for (const value of known) {
      const words = wordSpans(value).map((span) => span.word)
      if (words.length === 0 || value.length > maxValueCharacters) continue
      yield {
        column: { table: table.name, column: column.name },
        value,
        words: words.join(' '),
        tableRows: table.rowCount,
      }
    }
  }
}

/** A few statuses are asked for more often than thousands of e-mail addresses. */
function fewestValuesFirst(catalog: Catalog) {
  return catalog.tables
    .flatMap((table) => table.columns.map((column) => ({ table, column })))
    .filter(({ column }) => column.kind === 'text')
    .map((each) => ({ ...each, known: knownValues(each.column) }))
    .sort((a, b) => a.known.size - b.known.size)
}

function knownValues(column: Column): ReadonlySet<string> {
  return new Set([...(column.values ?? []), ...column.samples])
}

function append(index: Map<string, StoredValue[]>, key: string, stored: StoredValue): void {
  const found = index.get(key)
  if (found) found.push(stored)
  else index.set(key, [stored])
}

function schemaWords(catalog: Catalog): ReadonlySet<string> {
  const names = catalog.tables.flatMap((table) => [
    table.name,
    ...table.columns.map((column) => column.name),
  ])
  return new Set(
    [...new Set(names.flatMap(wordsOf))].flatMap((word) => [
      word,
      `${word}s`,
      word.replace(/s$/, ''),
    ]),
  )
}
