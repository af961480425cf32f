/**
 * Finds columns that a date, a year or a sum of money is likely of, by what they are called: `release date` for `march 19`.
 * A network that writes a column before its value needs to be told; where values are known, links tell it better.
 */
import type { Column } from '../../../data/catalog.js'
import { dayPattern, monthPattern } from '../../../data/date-words.js'
import { nameWords, singular } from '../../../data/name-words.js'
import type { OfferedSchema } from '../local/offered-schema.js'
import { overlap, type PlacedColumns } from './placed-columns.js'
import type { Place } from './question-pointers.js'

/** More columns of a kind tell nothing. */
const mostColumns = 2

const year = String.raw`(?:1[5-9]|20)\d\d`
/** Over words with one space between any two. */
const date = [
  `${monthPattern}(?: \\.)? ${dayPattern}(?: ,)?(?: ${year})?`,
  `${dayPattern} ${monthPattern}(?: \\.)?(?: ,)?(?: ${year})?`,
  `${monthPattern}(?: \\.)?(?: ,)? ${year}`,
  `${year}-\\d\\d-\\d\\d`,
  `\\d{1,2} ?([/.]) ?\\d{1,2} ?\\1 ?(?:${year}|\\d\\d)`,
].join('|')
const season = `${year}(?: ?[-–/] ?(?:${year}|\\d\\d))?`

/** What a stretch of words looks like, and the words in a name that say so of a column. */
const kinds: readonly (readonly [RegExp, (column: Column) => boolean])[] = [
  [whole(date), (column) => column.kind === 'date' || hasWord(column, dateWords)],
  [whole(season), (column) => hasWord(column, yearWords)],
  [whole(String.raw`[$€£] ?[\d.]+(?: , \d{3})*`), (column) => hasWord(column, moneyWords)],
]
const dateWords = new Set('date day aired'.split(' '))
const yearWords = new Set('year season'.split(' '))
const moneyWords = new Set(
  'price cost prize salary wage earning budget money revenue amount fee purse gross income'.split(
    ' ',
  ),
)

/** From left to right; where a stretch looks like two kinds, the first of them: the year of a date is none. */
export function likelyColumns(
  words: readonly string[],
  { tables }: OfferedSchema,
): readonly PlacedColumns[] {
  const text = words.join(' ')
  const starts = words.map((_, at) => words.slice(0, at).join(' ').length + (at > 0 ? 1 : 0))
  const taken: Place[] = []
  return kinds.flatMap(([look, fits]) => {
    const columns = tables.flatMap(({ name: table, columns }) =>
      columns.filter(fits).map(({ name: column }) => ({ table, column })),
    )
    return [...text.matchAll(look)].flatMap(({ index, 0: found }) => {
      const first = starts.indexOf(index)
      const last = starts.findLastIndex((start) => start < index + found.length)
      const place: Place = [first, last]
      if (first < 0 || taken.some((other) => overlap(other, place))) return []
      taken.push(place)
      return columns.length > 0 && columns.length <= mostColumns ? [{ place, columns }] : []
    })
  })
}

function whole(pattern: string): RegExp {
  return new RegExp(`(?<![^ ])(?:${pattern})(?![^ ])`, 'gu')
}

function hasWord({ name }: Column, words: ReadonlySet<string>): boolean {
  return nameWords(name).some((word) => words.has(singular(word)))
}
