/** Reads when the rows of a table happened, and how people say so. */

import { sqlColumn } from '../../../models/grammar/sql-name.js'
import type { Column, Table } from '../../catalog.js'
import { nameWords } from '../../name-words.js'
import { readName } from '../templates/read-words.js'

export interface AskableDate {
  /** `table.column`. */
  readonly sql: string
  /** Stands after the noun; `{}` is a time with its preposition: "sold in 2024". */
  readonly happens: readonly string[]
  /** "order date"; undefined where the time alone says it. */
  readonly words: string | undefined
  /** "Order date", "date it opened"; for a row that was named before. */
  readonly noun: string
  /** "They opened": tells one of several dates, where they have no nouns. */
  readonly deed?: string
  /** The table has no other, so that the time alone tells which is meant. */
  readonly isOnly: boolean
  /** Some rows have none. */
  readonly hasGaps: boolean
  /** Of the days that are stored. */
  readonly firstYear: number
  readonly lastYear: number
}

const timeWords = new Set('on at date time timestamp datetime dt day when utc'.split(' '))
const participles = new Set(
  'sold bought paid sent held made born begun taken given built won done shipped met seen written drawn cut put'.split(
    ' ',
  ),
)
/** What rows do by themselves: "that opened in 2024". */
const ownDeeds = new Set(
  'opened closed joined left started ended expired arrived departed died registered subscribed'.split(
    ' ',
  ),
)
/** Years that people ask about. */
const [earliestYear, latestYear] = [1900, 2100]

export function readDates({ name, columns }: Table, noun: string): readonly AskableDate[] {
  const found = columns.flatMap((column) => readDate(name, column, noun) ?? [])
  return found.map((date) => ({ ...date, isOnly: found.length === 1 }))
}

function readDate(
  table: string,
  column: Column,
  noun: string,
): Omit<AskableDate, 'isOnly'> | undefined {
  if (column.kind !== 'date' && column.kind !== 'timestamp') return undefined
  const [firstYear, lastYear] = [yearOf(column.min), yearOf(column.max)]
  if (firstYear === undefined || lastYear === undefined) return undefined
  const said = sayDate(column.name, noun)
  if (!said) return undefined
  const sql = sqlColumn(table, column.name)
  return { sql, ...said, hasGaps: column.nullable, firstYear, lastYear }
}

function yearOf(text: string | undefined): number | undefined {
  const year = Number(text?.slice(0, 4) ?? Number.NaN)
  return year >= earliestYear && year < latestYear ? year : undefined
}

type Said = Pick<AskableDate, 'happens' | 'words' | 'noun' | 'deed'>

function sayDate(name: string, noun: string): Said | undefined {
  const all = nameWords(name)
  const stem = [...all]
  while (timeWords.has(stem.at(-1) ?? '')) stem.pop()
  const last = stem.at(-1)
  if (last === undefined) return { happens: ['{}'], words: undefined, noun: 'date' }
  if (readName(stem.join(' ')) === undefined) return undefined
  if (stem.length < all.length && stem.length === 1) {
    const deed = sayDeed(last, noun)
    if (deed) return { ...deed, words: undefined }
  }
  const isKnown = /^(on|at)$/.test(all.at(-1) ?? '') && stem.length > 0
  const words = isKnown ? undefined : readName(name)
  if (words === undefined) return undefined
  const plain = stem.join(' ') === noun ? ['{}'] : []
  return { happens: [...plain, `with a ${words} {}`, `whose ${words} is {}`], words, noun: words }
}

function sayDeed(word: string, noun: string): Omit<Said, 'words'> | undefined {
  const head = noun.split(' ').at(-1) ?? noun
  const isDeed = /[^e]ed$/.test(word) || participles.has(word) || ownDeeds.has(word)
  if (isDeed && head.length > 3 && word.startsWith(head)) return { happens: ['{}'], noun: 'date' }
  if (ownDeeds.has(word))
    return { happens: [`that ${word} {}`], noun: `date it ${word}`, deed: `they ${word}` }
  if (isDeed) {
    const happens = [`${word} {}`, `that were ${word} {}`]
    return { happens, noun: `date it was ${word}`, deed: `they were ${word}` }
  }
  const [, verb] = /^(start|begin|end|expire|open|close|arrive|leave)s$/.exec(word) ?? []
  if (verb === undefined) return undefined
  return { happens: [`that ${verb} {}`], noun: `date it ${word}`, deed: `they ${verb}` }
}
