/**
 * Finds column names that a question spells in full, with their numbers and whatever signs: `part 3`, `35 to 39`, `team #2`
 * for `Team #2`. What reads names for everybody knows words that a name shares with others; a small network needs the one.
 */
import type { ColumnReference } from '../../../data/catalog.js'
import { nameWords, singular } from '../../../data/name-words.js'
import type { PromptName } from '../../../models/prompts/sql-prompt.js'
import type { OfferedSchema } from '../local/offered-schema.js'
import { likelyColumns, type PlacedColumns } from './likely-columns.js'
import type { Place, QuestionPointers } from './question-pointers.js'

/** In words of a name. */
const longestName = 10
/** Columns of several tables that share a name: more tell nothing. */
const mostColumns = 3
/** Alone, these are hardly ever the name they could be. */
const tooShort = /^(no|at|to|by|for|from|of|in|on|as|is|per|the|a|i)$/

/**
 * The names that were read, but where the question spells a longer one, and what its dates and numbers are likely of. In the
 * question's order, those without a place first.
 */
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
  const isFree = ({ place }: PlacedColumns) =>
    !kept.some((one) => one.place && overlap(place, one.place))
  const likely = likelyColumns(words.words, schema).filter(
    ({ place }) => !spelled.some((run) => overlap(place, run.place)),
  )
  const added = [...spelled, ...likely].filter(isFree).flatMap(({ place, columns }) => {
    const phrase = words.words.slice(place[0], place[1] + 1).join(' ')
    return columns.map((column) => ({ name: { ...column, phrase }, place }))
  })
  return [...kept, ...added]
    .toSorted((left, right) => (left.place?.[0] ?? -1) - (right.place?.[0] ?? -1))
    .map(({ name }) => name)
}

function isBetter({ place, columns }: PlacedColumns, name: PromptName, read: Place | undefined) {
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

function lengthOf([first, last]: Place): number {
  return last - first + 1
}

function overlap(left: Place, right: Place): boolean {
  return left[0] <= right[1] && right[0] <= left[1]
}
