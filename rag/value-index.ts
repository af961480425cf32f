/** Finds stored cell values in a question: exact first, then plural or singular, then close spellings. */
import type { Catalog } from '../data/catalog.js'
import { type BegunValues, createBegunValues } from './begun-values.js'
import { createSpellingIndex, type SpellingIndex } from './close-spelling.js'
import { functionWords, questionWords } from './common-words.js'
import type { ValueLink } from './knowledge.js'
import { collectStoredValues, type StoredValue, type StoredValues } from './stored-values.js'
import { stem, type WordSpan, wordSpans, wordsOf } from './words.js'

/** Same stem, other ending: `groceries` for `Grocery`. */
const inflectedSimilarity = 0.95
/** Columns shown for one phrase when many hold the value. */
const maxColumnsPerPhrase = 8
/** Close spellings are looked for in phrases of at most this many words. */
const maxGuessedWords = 4
/** A longer question is read this far. */
const maxQuestionWords = 200
/** Shorter runs of digits are counts and years far more often than stored text. */
const shortestDigits = 5

export interface ValueIndex {
  /**
   * Links in question order; one phrase may link to several columns, likeliest first.
   * Longer phrases win over the shorter ones inside them, quoted ones over all.
   */
  link(question: string): readonly ValueLink[]
  /** By the folded words they begin with. */
  readonly beginning: BegunValues
}

/** A stretch of the question that may be a value. */
interface Phrase {
  readonly words: readonly string[]
  readonly start: number
  readonly end: number
  readonly text: string
  readonly quoted: boolean
}

interface Match {
  readonly stored: StoredValue
  readonly similarity: number
}

interface Index {
  readonly values: StoredValues
  readonly spellings: SpellingIndex
}

export function createValueIndex(catalog: Catalog): ValueIndex {
  const values = collectStoredValues(catalog)
  const index = { values, spellings: createSpellingIndex(values.byWords.keys()) }
  return {
    link: (question) => linkValues(index, question),
    beginning: createBegunValues(values),
  }
}

function linkValues(index: Index, question: string): readonly ValueLink[] {
  const spans = wordSpans(question).slice(0, maxQuestionWords)
  const stems = new Set(spans.map((span) => stem(span.word)))
  const links: ValueLink[] = []
  const take = (phrases: readonly Phrase[], matchesOf: (phrase: Phrase) => readonly Match[]) => {
    for (const phrase of phrases) {
      if (links.some((link) => link.start < phrase.end && phrase.start < link.end)) continue
      links.push(...rankedLinks(phrase, matchesOf(phrase), stems))
    }
  }
  const exact = (phrase: Phrase) => exactMatches(index.values, phrase)
  const close = (phrase: Phrase) => closeMatches(index, phrase)
  const quoted = quotedPhrases(question, spans)
  const phrases = longestFirst(question, spans, index.values.longest)
  take(quoted, exact)
  take(quoted, close)
  take(phrases, exact)
  take(
    phrases.filter(({ words }) => words.length <= maxGuessedWords),
    close,
  )
  return links.sort((a, b) => a.start - b.start)
}

/** Straight and curly quotes; an apostrophe inside or after a word opens nothing. */
function quotedPhrases(question: string, spans: readonly WordSpan[]): readonly Phrase[] {
  const quotes = question.matchAll(
    /"([^"]+)"|“([^”]+)”|‘([^’]+)’|(?<![\p{L}\p{N}])'([^']+)'(?![\p{L}\p{N}])/gu,
  )
  return Array.from(quotes, (quote) => {
    const start = quote.index + 1
    const end = quote.index + quote[0].length - 1
    const words = spans.filter((span) => span.start >= start && span.start < end)
    const text = question.slice(start, end)
    return { words: words.map((span) => span.word), start, end, text, quoted: true }
  }).filter((phrase) => phrase.words.length > 0)
}

function longestFirst(
  question: string,
  spans: readonly WordSpan[],
  longest: number,
): readonly Phrase[] {
  const phrases: Phrase[] = []
  const most = Math.max(longest, maxGuessedWords)
  for (let length = Math.min(most, spans.length); length > 0; length -= 1) {
    for (let first = 0; first + length <= spans.length; first += 1) {
      phrases.push(phraseOf(question, spans.slice(first, first + length)))
    }
  }
  return phrases
}

function phraseOf(question: string, spans: readonly WordSpan[]): Phrase {
  const start = spans[0]?.start ?? 0
  const end = spans.at(-1)?.end ?? 0
  const text = question.slice(start, end)
  return { words: spans.map((span) => span.word), start, end, text, quoted: false }
}

function exactMatches(values: StoredValues, phrase: Phrase): readonly Match[] {
  const words = phrase.words.join(' ')
  const found = values.byStems.get(phrase.words.map(stem).join(' ')) ?? []
  return found
    .filter((stored) => phrase.quoted || isBelievable(values, phrase, stored))
    .map((stored) => ({ stored, similarity: stored.words === words ? 1 : inflectedSimilarity }))
}

/** Common words, schema words and very short ones need the value's own spelling. */
function isBelievable(values: StoredValues, phrase: Phrase, stored: StoredValue): boolean {
  const { words, text } = phrase
  const [word = ''] = words
  const asStored = text === stored.value && !isSentenceStart(phrase)
  if (/^\d+$/.test(words.join(''))) return asStored && words.join('').length >= shortestDigits
  if (words.every((each) => functionWords.has(each))) return asStored && /\p{Lu}/u.test(text)
  if (words.length > 1) return true
  const isOrdinary = questionWords.has(word) || values.schemaWords.has(word) || word.length <= 2
  return asStored || !isOrdinary
}

/** The first word's capital says nothing about what it names. */
function isSentenceStart({ start, text }: Phrase): boolean {
  return start === 0 && /^\p{Lu}[^\p{Lu}]*$/u.test(text)
}

function closeMatches({ values, spellings }: Index, phrase: Phrase): readonly Match[] {
  if (!phrase.quoted && !isGuessable(values, phrase)) return []
  const near = spellings.near(phrase.words.join(' '))
  const best = near[0]?.similarity
  return near
    .filter(({ similarity }) => similarity === best)
    .flatMap(({ key, similarity }) =>
      (values.byWords.get(key) ?? []).map((stored) => ({ stored, similarity })),
    )
}

/** Known words are not misspelt ones, and numbers have no spelling. */
function isGuessable({ schemaWords }: StoredValues, { words }: Phrase): boolean {
  const isKnown = (word: string) =>
    functionWords.has(word) || questionWords.has(word) || schemaWords.has(word)
  const isEdgeKnown = isKnown(words[0] ?? '') || isKnown(words.at(-1) ?? '')
  return !isEdgeKnown && !words.some((word) => /\d/.test(word))
}

/** Best first: similarity, the exact capitals, columns the question names, small tables, names. */
function rankedLinks(
  phrase: Phrase,
  matches: readonly Match[],
  questionStems: ReadonlySet<string>,
): readonly ValueLink[] {
  const named = ({ column }: StoredValue) =>
    wordsOf(`${column.table} ${column.column}`).filter((word) => questionStems.has(stem(word)))
      .length
  const capitals = ({ value }: StoredValue) => (value === phrase.text ? 1 : 0)
  return bestOfColumns(matches)
    .sort(
      (a, b) =>
        b.similarity - a.similarity ||
        capitals(b.stored) - capitals(a.stored) ||
        named(b.stored) - named(a.stored) ||
        a.stored.tableRows - b.stored.tableRows ||
        (nameOf(a.stored) < nameOf(b.stored) ? -1 : 1),
    )
    .slice(0, maxColumnsPerPhrase)
    .map(({ stored, similarity }) => ({
      start: phrase.start,
      end: phrase.end,
      phrase: phrase.text,
      column: stored.column,
      value: stored.value,
      similarity,
    }))
}

/** Of the values of one column only those spelt nearest to the question count. */
function bestOfColumns(matches: readonly Match[]): Match[] {
  const best = new Map<string, number>()
  const columnOf = ({ stored }: Match) => JSON.stringify(stored.column)
  for (const match of matches) {
    best.set(columnOf(match), Math.max(best.get(columnOf(match)) ?? 0, match.similarity))
  }
  return matches.filter((match) => match.similarity === best.get(columnOf(match)))
}

function nameOf({ column, value }: StoredValue): string {
  return JSON.stringify([column.table, column.column, value])
}
