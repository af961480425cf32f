/**
 * Short names for the words of a question, by which an answer quotes it: `'xc'` is one word, `'xc-xe'` three. A word with a
 * capital has one of its own kind, `ja`: names are quoted more than other words.
 */
import type { ValueLink } from '../../../rag/knowledge.js'

export interface QuestionPointers {
  /** In lower case. */
  readonly words: readonly string[]
  /** Numbers of the words that have a digit, or a capital that tells something. */
  readonly telling: readonly number[]
  /** The question in lower case, each word behind its pointer; `notes` stand behind the words at these places, from 0. */
  text(notes?: ReadonlyMap<number, readonly string[]>): string
  /** First and last of the words that spell a phrase: the first such from `from` on, else the first of all. */
  placeOf(phrase: string, from: number): Place | undefined
  /** Of the words that a literal's text points at. */
  placeOfValue(value: string): Place | undefined
  /** What a literal's text is written as: pointers where the question spells it, else itself. */
  point(value: string): string
  /** What a literal means: the words it points at, as they are stored where the value index knew them. */
  spell(text: string): string
  /** Number of the first word that a literal's text points at or spells. */
  placeOfWritten(text: string): number | undefined
}

/** Numbers of the first and the last word. */
export type Place = readonly [number, number]

interface QuestionWord {
  readonly start: number
  readonly end: number
  readonly text: string
  readonly isTelling: boolean
}

/** A word, what makes it possessive, or one mark. Hyphens, points and other apostrophes inside a word belong to it. */
const word =
  /[\p{L}\p{N}]+(?:(?!['’]s(?![\p{L}\p{N}]))[-.'’][\p{L}\p{N}]+)*|['’]s(?![\p{L}\p{N}])|[^\s\p{L}\p{N}]/gu
/** Hardly a word of English is among them. */
const plainPointers = pointersWith('x')
const capitalPointers = pointersWith('j')
/** Behind those of either kind. With them there are enough for nearly all questions; the last words of longer ones are spelled. */
const furtherPointers = pointersWith('v')
const span = /^(%?)([xjv][a-z])(?:-([xjv][a-z]))?(%?)$/

export function pointAtWords(question: string, links: readonly ValueLink[]): QuestionPointers {
  const { words, pointers } = pointedWords(question)
  const at = new Map(pointers.map((pointer, index) => [pointer, index]))
  const rest = question.slice(words.at(-1)?.end ?? 0).trim()
  const lower = words.map(({ text }) => text.toLowerCase())
  return {
    words: lower,
    telling: words.flatMap(({ isTelling }, at) => (isTelling ? [at] : [])),
    text: (notes) =>
      [...lower.flatMap((text, at) => [`${pointers[at]} ${text}`, ...(notes?.get(at) ?? [])]), rest]
        .filter((part) => part !== '')
        .join(' '),
    placeOf: (phrase, from) => placeOf(phrase, lower, from),
    placeOfValue: (value) => findWords(value, question, words, links),
    point: (value) => {
      if (date.test(value)) return value
      const [, before = '', core = '', after = ''] = /^(%?)(.*?)(%?)$/su.exec(value) ?? []
      const found = findWords(core, question, words, links)
      if (!found) return value
      const [first, last] = found.map((index) => pointers[index])
      return `${before}${first === last ? first : `${first}-${last}`}${after}`
    },
    spell: (text) => {
      const [, before = '', first = '', last = first, after = ''] = span.exec(text) ?? []
      const from = words[at.get(first) ?? -1]
      const to = words[at.get(last) ?? -1]
      if (!from || !to || to.start < from.start) return text
      return `${before}${storedAs(from.start, to.end, links) ?? question.slice(from.start, to.end)}${after}`
    },
    placeOfWritten: (text) => {
      const [, , first = ''] = span.exec(text) ?? []
      return at.get(first) ?? placeOf(text, lower, 0)?.[0]
    },
  }
}

function pointersWith(first: string): readonly string[] {
  return 'abcdefghijklmnopqrstuvwxyz'.split('').map((second) => first + second)
}

/** The words up to the first for which no pointer is left. */
function pointedWords(question: string) {
  const words: QuestionWord[] = []
  const pointers: string[] = []
  const free = {
    plain: [...plainPointers, ...furtherPointers],
    capital: [...capitalPointers, ...furtherPointers],
  }
  // In a title or a shout a capital says nothing.
  const hasPlain = /(?<![\p{L}\p{N}])\p{Ll}/u.test(question)
  for (const { index, 0: text } of question.matchAll(word)) {
    const isCapital = hasPlain && index > 0 && /^\p{Lu}/u.test(text)
    const pointer = free[isCapital ? 'capital' : 'plain'].find((each) => !pointers.includes(each))
    if (pointer === undefined) break
    words.push({
      start: index,
      end: index + text.length,
      text,
      isTelling: isCapital || /\d/.test(text),
    })
    pointers.push(pointer)
  }
  return { words, pointers }
}

function placeOf(phrase: string, lower: readonly string[], from: number): Place | undefined {
  const own = [...phrase.matchAll(word)].map(([text]) => text.toLowerCase())
  const places = lower
    .map((_, at) => at)
    .filter((at) => own.length > 0 && own.every((text, index) => lower[at + index] === text))
  const first = places.find((at) => at >= from) ?? places[0]
  return first === undefined ? undefined : [first, first + own.length - 1]
}

/** Dates are written as calendars have them, whatever the question says: the prompt shows them worked out. */
const date = /^\d{4}(-(0[1-9]|1[0-2])(-\d\d.*)?)?$/

/** First and last word of the stretch that was linked with the value, or that spells it. */
function findWords(
  value: string,
  question: string,
  words: readonly QuestionWord[],
  links: readonly ValueLink[],
): Place | undefined {
  const link = links.find((each) => each.value === value)
  const spelled = question.toLowerCase().indexOf(value.toLowerCase())
  const places = [
    ...(spelled >= 0 && value !== '' ? [[spelled, spelled + value.length] as const] : []),
    ...(link ? [[link.start, link.end] as const] : []),
  ]
  for (const [start, end] of places) {
    const first = words.findIndex((each) => each.start === start)
    const last = words.findIndex((each) => each.end === end)
    if (first >= 0 && last >= first) return [first, last]
  }
  return undefined
}

function storedAs(start: number, end: number, links: readonly ValueLink[]): string | undefined {
  return links.find((link) => link.start === start && link.end === end)?.value
}
