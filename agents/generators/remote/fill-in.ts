/** Puts into SQL what its writer was not told: the day that dates count from, and values as they are stored. */
import type { ValueLink } from '../../../rag/knowledge.js'

/** Stands in SQL for the day that relative dates count from: the newest date of the data is a value of it. */
export const todayMark = '{today}'

export function fillIn(sql: string, asOf: string, links: readonly ValueLink[]): string {
  const stored = storedValues(links)
  return sql
    .replaceAll(todayMark, asOf)
    .replaceAll(/'((?:[^']|'')*)'/g, (literal, text: string) => {
      const value = stored.get(spoken(text.replaceAll("''", "'")))
      return value === undefined ? literal : `'${value.replaceAll("'", "''")}'`
    })
}

/** By the words of the question; words that stand for several values are left as they are. */
function storedValues(links: readonly ValueLink[]): ReadonlyMap<string, string> {
  const stored = new Map<string, string>()
  const unclear = new Set<string>()
  for (const { phrase, value } of links) {
    const words = spoken(phrase)
    if ((stored.get(words) ?? value) !== value) unclear.add(words)
    stored.set(words, value)
  }
  for (const words of unclear) stored.delete(words)
  return stored
}

function spoken(text: string): string {
  return text.trim().toLowerCase()
}
