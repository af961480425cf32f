/** Finds terms that stand for a stored value in a question. */
import type { Catalog, ColumnReference } from '../data/catalog.js'
import type { ValueLink } from './knowledge.js'
import { stem, wordSpans } from './words.js'

/** Words of one term. */
const longestTerm = 5

export type TermLinks = (question: string) => readonly ValueLink[]

interface Meant {
  readonly column: ColumnReference
  readonly value: string
}

/** In question order; longer terms win over the shorter ones inside them. */
export function createTermLinks({ terms = [] }: Pick<Catalog, 'terms'>): TermLinks {
  const meanings = new Map<string, Meant>()
  for (const { names, table, column, value } of terms) {
    if (column === undefined || value === undefined) continue
    for (const name of names) {
      const key = keyOf(wordSpans(name).map(({ word }) => word))
      if (key !== '') meanings.set(key, { column: { table, column }, value })
    }
  }
  return (question) => (meanings.size === 0 ? [] : linkTerms(meanings, question))
}

function linkTerms(meanings: ReadonlyMap<string, Meant>, question: string): readonly ValueLink[] {
  const spans = wordSpans(question)
  const links: ValueLink[] = []
  for (let length = Math.min(longestTerm, spans.length); length > 0; length -= 1) {
    for (let first = 0; first + length <= spans.length; first += 1) {
      const words = spans.slice(first, first + length)
      const meant = meanings.get(keyOf(words.map(({ word }) => word)))
      const start = words[0]?.start ?? 0
      const end = words.at(-1)?.end ?? 0
      if (!meant || links.some((link) => link.start < end && start < link.end)) continue
      links.push({ start, end, phrase: question.slice(start, end), ...meant, similarity: 1 })
    }
  }
  return links.sort((a, b) => a.start - b.start)
}

function keyOf(words: readonly string[]): string {
  return words.map(stem).join(' ')
}
