/** Names and stored values that continue the words before a caret. */
import type { Catalog } from '../data/catalog.js'
import type { BegunValues } from './begun-values.js'
import type { Completion, CompletionKind } from './knowledge.js'
import type { StoredValue } from './stored-values.js'
import { spokenName, type WordSpan, wordSpans } from './words.js'

/** Words before the caret that may belong to one name. */
const longestName = 4
/** Characters before the caret that are looked at. */
const maxReadCharacters = 300
/** One letter begins too many values to be worth showing. */
const shortestValueStart = 2

export interface Completable {
  readonly names: readonly CompletableName[]
  readonly valuesBeginning: BegunValues
}

export interface CompletableName extends Omit<Completion, 'start' | 'end'> {
  /** Folded words, joined by spaces. */
  readonly words: string
}

interface Ranked {
  readonly completion: Completion
  /** Smaller is better. */
  readonly rank: readonly number[]
}

/** Terms, table names, then column names; a name that several tables have is said once, of the largest. */
export function completableNames({
  tables,
  terms = [],
}: Pick<Catalog, 'tables' | 'terms'>): readonly CompletableName[] {
  const largestFirst = [...tables].sort((a, b) => b.rowCount - a.rowCount)
  const names = new Map<string, CompletableName>()
  const add = (kind: CompletionKind, name: string, table: string) => {
    const text = spokenName(name)
    const place = kind === 'column' && { column: name }
    const key = `${kind} ${text}`
    if (!names.has(key)) names.set(key, { kind, text, table, ...place, words: text })
  }
  for (const { name } of largestFirst) add('table', name, name)
  for (const { name, columns } of largestFirst) {
    for (const column of columns) add('column', column.name, name)
  }
  return [...told(terms, tables), ...names.values()]
}

/** What people call things: terms, and further names of tables and columns. */
function told(
  terms: NonNullable<Catalog['terms']>,
  tables: Catalog['tables'],
): readonly CompletableName[] {
  const places = [
    ...terms.map(({ names, table, column }) => ({ names, table, column })),
    ...tables.map(({ name, aliases: names = [] }) => ({ names, table: name, column: undefined })),
    ...tables.flatMap(({ name, columns }) =>
      columns.map(({ name: column, aliases: names = [] }) => ({ names, table: name, column })),
    ),
  ]
  return places.flatMap(({ names, table, column }) =>
    names.map((text) => ({
      kind: 'term' as const,
      text,
      table,
      ...(column !== undefined && { column }),
      words: wordSpans(text)
        .map(({ word }) => word)
        .join(' '),
    })),
  )
}

/** Likeliest first; `text` ends at the caret. None where it ends in something else than a word. */
export function completeText(
  { names, valuesBeginning }: Completable,
  text: string,
  limit: number,
): readonly Completion[] {
  const offset = Math.max(0, text.length - maxReadCharacters)
  const read = text.slice(offset)
  const spans = wordSpans(read)
  const rest = read.slice(spans.at(-1)?.end ?? 0)
  if (spans.length === 0 || !/^[\s_]*$/.test(rest)) return []
  const found = new Map<string, Ranked>()
  for (let count = Math.min(longestName, spans.length); count > 0; count -= 1) {
    const begun = spans.slice(-count)
    const words = begun.map(({ word }) => word).join(' ') + (rest === '' ? '' : ' ')
    const place = { start: offset + startOf(begun), end: text.length }
    const values = words.length < shortestValueStart ? [] : valuesBeginning(words, limit)
    for (const name of [
      ...names.filter((each) => begins(each.words, words)),
      ...values.map(named),
    ]) {
      const key = `${name.kind} ${name.text}`
      if (!found.has(key)) found.set(key, ranked(name, words, count, place))
    }
  }
  return [...found.values()]
    .sort(byRank)
    .slice(0, limit)
    .map(({ completion }) => completion)
}

/** Whether a word of the name begins so. */
export function begins(name: string, words: string): boolean {
  return name.startsWith(words) || name.includes(` ${words}`)
}

function startOf(spans: readonly WordSpan[]): number {
  return spans[0]?.start ?? 0
}

function named({ column, value, words }: StoredValue): CompletableName {
  return { kind: 'value', text: value, ...column, words }
}

const kindRank: Readonly<Record<CompletionKind, number>> = {
  table: 0,
  term: 1,
  column: 1,
  value: 2,
}

function ranked(
  { words: own, ...name }: CompletableName,
  words: string,
  count: number,
  place: Pick<Completion, 'start' | 'end'>,
): Ranked {
  const inner = own.startsWith(words) ? 0 : 1
  return {
    completion: { ...name, ...place },
    rank: [-count, inner, kindRank[name.kind], own.length],
  }
}

function byRank(a: Ranked, b: Ranked): number {
  const at = a.rank.findIndex((each, index) => each !== b.rank[index])
  if (at >= 0) return (a.rank[at] ?? 0) - (b.rank[at] ?? 0)
  return a.completion.text < b.completion.text ? -1 : 1
}
