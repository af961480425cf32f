/** Which headers a WikiSQL table may have, and where its questions name them. */
import { looseName } from '../column-name.js'
import { findColumn, type Mention, questionWords } from '../mentions.js'
import type { WrittenQuestion, WrittenTable } from '../wiki-lines.js'

/** Headers that other tables lend: in so many of them at least. */
const fewestTables = 3

interface Header {
  readonly text: string
  readonly name: string
  readonly words: readonly string[]
  /** Of this table, by the set's guess. */
  readonly isOwn: boolean
}

export interface HeaderCandidate extends Header {
  /** By question. */
  readonly mentions: readonly Mention[]
}

export interface QuestionInWords extends WrittenQuestion {
  readonly words: readonly string[]
}

/** A table with the words of its questions; a column may be one that the set gave no header. */
export interface TableInWords {
  readonly guesses: ReadonlyMap<number, string>
  readonly columns: readonly number[]
  readonly questions: readonly QuestionInWords[]
  readonly candidates: readonly HeaderCandidate[]
}

/** By first word. */
export type LentHeaders = ReadonlyMap<string, readonly Header[]>

export function lentHeaders(tables: readonly WrittenTable[]): LentHeaders {
  const counts = new Map<string, number>()
  for (const header of tables.flatMap(({ headers }) => [...new Set(headers.values())]))
    counts.set(header, (counts.get(header) ?? 0) + 1)
  const byWord = new Map<string, Header[]>()
  for (const [text, count] of counts) {
    const header = headerOf(text, false)
    const [first] = header.words
    if (first === undefined || count < fewestTables) continue
    byWord.set(first, [...(byWord.get(first) ?? []), header])
  }
  return byWord
}

function headerOf(text: string, isOwn: boolean): Header {
  const name = looseName(text)
  return { text, name, words: questionWords(name), isOwn }
}

/** The set's guesses stand first. */
export function findHeaders(
  { headers, questions: written }: WrittenTable,
  lent: LentHeaders,
): TableInWords {
  const questions = written.map((question) => ({
    ...question,
    words: questionWords(question.text),
  }))
  const used = questions.flatMap(({ column, conditions }) => [column, ...columnsOf(conditions)])
  const columns = [...new Set([...headers.keys(), ...used])].sort((left, right) => left - right)
  const own = [...new Set(headers.values())].map((text) => headerOf(text, true))
  const others = own.length < columns.length ? namedHeaders(questions, lent, own) : []
  const headersHere = [...own, ...others]
  const candidates = headersHere.map((header) => ({
    ...header,
    mentions: questions.map(({ words }) => mentionOf(header, headersHere, words)),
  }))
  return { guesses: headers, columns, questions, candidates }
}

function columnsOf(conditions: WrittenQuestion['conditions']): number[] {
  return conditions.map(({ column }) => column)
}

/** Without the words of longer headers that stand there in full: `points` is not named by `new points`. */
function mentionOf(header: Header, all: readonly Header[], words: readonly string[]): Mention {
  const { at, whole } = findColumn(header.name, words)
  if (at.length === 0) return { at, whole }
  const longer = all.filter((other) => other.words.length > header.words.length)
  const taken = new Set(longer.flatMap((other) => placesOf(other.words, words)))
  return { at: at.filter((position) => !taken.has(position)), whole }
}

function placesOf(phrase: readonly string[], words: readonly string[]): number[] {
  return words.flatMap((_, start) =>
    phrase.every((word, index) => words[start + index] === word)
      ? phrase.map((_, index) => start + index)
      : [],
  )
}

/** Headers of other tables that a question names in full, if none of its own table says the same. */
function namedHeaders(
  questions: readonly QuestionInWords[],
  lent: LentHeaders,
  own: readonly Header[],
): Header[] {
  const named = questions.flatMap(({ words }) => {
    const said = new Set(words)
    return words
      .flatMap((word) => lent.get(word) ?? [])
      .filter((header) => header.words.every((word) => said.has(word)))
  })
  const isSaid = ({ words }: Header) =>
    own.some((other) => words.every((word) => other.words.includes(word)))
  return [...new Set(named)].filter((header) => !isSaid(header))
}
