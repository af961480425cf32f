/** Finds where a question names columns and values, in words counted from its start. */
import { nameWords, singular } from '../../name-words.js'
import { ordinalWords } from './column-name.js'
import { ungrouped } from './wiki-question.js'

const smallWords = new Set(['of', 'the', 'in', 'and', 'number', 'no', 'by', 'to', 'a', 'for'])
/** Two words that begin with so many equal letters are taken as forms of one: `attend`, `attendance`. */
const sharedBeginning = 5

export function questionWords(text: string): string[] {
  return nameWords(ungrouped(text)).map((word) => ordinalWords.get(word) ?? singular(word))
}

function columnWords(name: string): string[] {
  const words = name.split('_').map(singular)
  const telling = words.filter((word) => !smallWords.has(word))
  return telling.length > 0 ? telling : words
}

export interface Mention {
  /** Where its words stand; empty when fewer than half of them do. */
  readonly at: readonly number[]
  /** Every word of it is there. */
  readonly whole: boolean
}

export function findColumn(name: string, words: readonly string[]): Mention {
  const own = columnWords(name)
  const found = own.map((word) => words.flatMap((other, at) => (isForm(word, other) ? [at] : [])))
  const count = found.filter((at) => at.length > 0).length
  return { at: count * 2 >= own.length ? found.flat() : [], whole: count === own.length }
}

function isForm(word: string, other: string): boolean {
  if (word === other) return true
  const start = word.slice(0, sharedBeginning)
  return start.length === sharedBeginning && other.startsWith(start)
}

/** First and last word of a value, or undefined. */
export function findValue(
  value: string,
  words: readonly string[],
): readonly [number, number] | undefined {
  const own = questionWords(value)
  if (own.length === 0) return undefined
  const last = words.length - own.length
  for (let start = 0; start <= last; start++) {
    if (own.every((word, index) => words[start + index] === word)) {
      return [start, start + own.length - 1]
    }
  }
  return undefined
}

/** In words between a value and the nearest of `at`; words of the value itself do not count. */
export function distanceTo(
  [first, last]: readonly [number, number],
  at: readonly number[],
): number {
  const distances = at.flatMap((position) => {
    if (position < first) return [first - position]
    return position > last ? [position - last] : []
  })
  return Math.min(...distances)
}
