/** Which columns are noted in a question by pointers: those that were read, and others that its words surely mean. */
import type { PromptName } from '../../../models/prompts/sql-prompt.js'
import type { OfferedSchema } from '../local/offered-schema.js'
import { likelyColumns } from './likely-columns.js'
import { overlap, type PlacedColumns } from './placed-columns.js'
import type { Place, QuestionPointers } from './question-pointers.js'
import { findSpelledColumns } from './spelled-columns.js'

/**
 * The names that were read, but where the question spells a longer one, and what its dates and numbers are likely of. In the
 * question's order, those without a place first.
 */
export function chooseNames(
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

function lengthOf([first, last]: Place): number {
  return last - first + 1
}
