/**
 * Finds column names that a question spells in full, with their numbers and whatever signs: `part 3`, `35 to 39`, `team #2`
 * for `Team #2`. What reads names for everybody knows words that a name shares with others; a small network needs the one.
 */
import type { ColumnReference } from '../../../data/catalog.js'
import { nameWords, singular } from '../../../data/name-words.js'
import type { OfferedSchema } from '../local/offered-schema.js'
import type { PlacedColumns } from './placed-columns.js'

/** In words of a name. */
const longestName = 10
/** Columns of several tables that share a name: more tell nothing. */
const mostColumns = 3
/** Alone, these are hardly ever the name they could be. */
const tooShort = /^(no|at|to|by|for|from|of|in|on|as|is|per|the|a|i)$/

/** From left to right the longest; no word belongs to two. */
export function findSpelledColumns(
  words: readonly string[],
  { tables }: OfferedSchema,
): readonly PlacedColumns[] {
  const byName = new Map<string, ColumnReference[]>()
  for (const { name: table, columns } of tables) {
    for (const { name } of columns) {
      const key = keyOf(nameWords(name))
      if (key !== '') byName.set(key, [...(byName.get(key) ?? []), { table, column: name }])
    }
  }
  const parts = words.flatMap((word, at) => nameWords(word).map((text) => ({ text, at })))
  const keyAt = (start: number, length: number) =>
    keyOf(parts.slice(start, start + length).map(({ text }) => text))
  const found: PlacedColumns[] = []
  for (let start = 0; start < parts.length; ) {
    const most = Math.min(longestName, parts.length - start)
    const lengths = Array.from({ length: most }, (_, at) => most - at)
    const length = lengths.find((each) => byName.has(keyAt(start, each))) ?? 0
    const columns = byName.get(keyAt(start, length))
    const [first, last] = [parts[start]?.at ?? 0, parts[start + length - 1]?.at ?? 0]
    if (columns) found.push({ place: [first, last], columns: columns.slice(0, mostColumns) })
    start += Math.max(1, length)
  }
  return found
}

/** A single word is taken as it stands: the plural of another may be anything. None for one that says too little. */
function keyOf(words: readonly string[]): string {
  const [only = ''] = words
  if (words.length > 1) return words.map(singular).join(' ')
  return tooShort.test(only) ? '' : only
}
