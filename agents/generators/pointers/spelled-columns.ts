/**
 * Finds column names that a question spells in full, with their numbers and whatever signs: `part 3`, `35 to 39`, `team #2`
 * for `Team #2`. What reads names for everybody knows words that a name shares with others; a small network needs the one.
 */
import type { ColumnReference } from '../../../data/catalog.js'
import { nameWords, singular } from '../../../data/name-words.js'
import type { PromptName } from '../../../models/prompts/sql-prompt.js'
import type { OfferedSchema } from '../local/offered-schema.js'
import type { Place, QuestionPointers } from './question-pointers.js'

/** In words of a name. */
const longestName = 10
/** Columns of several tables that share a name: more tell nothing. */
const mostColumns = 3
/** Alone, these are hardly ever the name they could be. */
const tooShort = /^(no|at|to|by|for|from|of|in|on|as|is|per|the|a|i)$/

interface SpelledColumns {
  readonly place: Place
  readonly columns: readonly ColumnReference[]
}

/** The names that were read, but where the question spells a longer one. In the question's order, those without a place first. */
export function withSpelledColumns(
  names: readonly PromptName[],
  schema: OfferedSchema,
  words: Pick<QuestionPointers, 'words' | 'placeOf'>,
): readonly PromptName[] {
  const spelled = findSpelledColumns(words.words, schema)
  const places = placesOf(names, words)
  const kept = names
    .map((name, at) => ({ name, place: places[at] }))
    .filter(({ name, place }) => !spelled.some((run) => isBetter(run, name, place)))
  const added = spelled
    .filter(({ place }) => !kept.some((one) => one.place && overlap(place, one.place)))
    .flatMap(({ place, columns }) => {
      const phrase = words.words.slice(place[0], place[1] + 1).join(' ')
      return columns.map((column) => ({ name: { ...column, phrase }, place }))
    })
  return [...kept, ...added]
    .toSorted((left, right) => (left.place?.[0] ?? -1) - (right.place?.[0] ?? -1))
    .map(({ name }) => name)
}

function isBetter({ place, columns }: SpelledColumns, name: PromptName, read: Place | undefined) {
  if (read) return overlap(place, read) && lengthOf(place) > lengthOf(read)
  return columns.some(({ table, column }) => table === name.table && column === name.column)
}

/** Names come in the question's order: one that stands there twice is meant where it follows the others. */
function placesOf(
  names: readonly PromptName[],
  { placeOf }: Pick<QuestionPointers, 'placeOf'>,
): readonly (Place | undefined)[] {
  let from = 0
  return names.map(({ phrase = '' }) => {
    const place = placeOf(phrase, from)
    from = place?.[0] ?? from
    return place
  })
}

/** From left to right the longest; no word belongs to two. */
function findSpelledColumns(
  words: readonly string[],
  { tables }: OfferedSchema,
): readonly SpelledColumns[] {
  const byName = new Map<string, ColumnReference[]>()
  for (const { name: table, columns } of tables) {
    for (const { name } of columns) {
      const own = nameWords(name)
      // A single word is taken as it stands: the plural of another may be anything.
      const key = own.length === 1 ? own[0]! : own.map(singular).join(' ')
      byName.set(key, [...(byName.get(key) ?? []), { table, column: name }])
    }
  }
  const parts = words.flatMap((word, at) => nameWords(word).map((text) => ({ text, at })))
  const found: SpelledColumns[] = []
  for (let start = 0; start < parts.length; ) {
    const length = longestAt(parts, start, byName)
    const columns = length > 0 ? byName.get(keyOf(parts, start, length)) : undefined
    const [first, last] = [parts[start]?.at ?? 0, parts[start + length - 1]?.at ?? 0]
    if (columns) found.push({ place: [first, last], columns: columns.slice(0, mostColumns) })
    start += Math.max(1, length)
  }
  return found
}

interface Part {
  readonly text: string
  /** The word of the question that it is of. */
  readonly at: number
}

function longestAt(
  parts: readonly Part[],
  start: number,
  byName: ReadonlyMap<string, unknown>,
): number {
  for (let length = Math.min(longestName, parts.length - start); length > 0; length--) {
    if (length === 1 && tooShort.test(parts[start]?.text ?? '')) return 0
    if (byName.has(keyOf(parts, start, length))) return length
  }
  return 0
}

function keyOf(parts: readonly Part[], start: number, length: number): string {
  const texts = parts.slice(start, start + length).map(({ text }) => text)
  return texts.length === 1 ? texts[0]! : texts.map(singular).join(' ')
}

function lengthOf([first, last]: Place): number {
  return last - first + 1
}

function overlap(left: Place, right: Place): boolean {
  return left[0] <= right[1] && right[0] <= left[1]
}
