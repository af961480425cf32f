/**
 * What values tell of the header they stand under: `june 10` of a date, `minnesota vikings` of an opponent. Counted over
 * all tables, most of whose headers are right.
 */
import { nameWords, singular } from '../../../name-words.js'
import { isNumeral, ungrouped } from '../wiki-question.js'

/** Headers with fewer values than about this are judged by their last word, and these by all values. */
const fewValues = 6
/** A value speaks for or against a header up to this, as a natural logarithm of how many times likelier it is. */
const mostSaid = 3

export interface ValueEvidence {
  add: (header: string, value: string) => void
  /** In natural logarithms; 0 tells nothing. */
  of: (header: string, value: string) => number
}

export function valueEvidence(): ValueEvidence {
  const all = signCounts()
  const byWord = new Map<string, SignCounts>()
  const byHeader = new Map<string, SignCounts>()
  const countsOf = (counts: Map<string, SignCounts>, key: string) => {
    const own = counts.get(key) ?? signCounts()
    counts.set(key, own)
    return own
  }
  return {
    add: (header, value) => {
      const signs = signsOf(value)
      all.add(signs)
      countsOf(byWord, lastWord(header)).add(signs)
      countsOf(byHeader, header).add(signs)
    },
    of: (header, value) => {
      const signs = signsOf(value)
      const said = signs.map((sign) => {
        const prior = all.share(sign, 1 / signs.length)
        const word = byWord.get(lastWord(header))?.share(sign, prior) ?? prior
        const own = byHeader.get(header)?.share(sign, word) ?? word
        return Math.log(own / prior)
      })
      const sum = said.reduce((total, one) => total + one, 0) / Math.sqrt(said.length)
      return Math.max(-mostSaid, Math.min(mostSaid, sum))
    },
  }
}

interface SignCounts {
  readonly add: (signs: readonly string[]) => void
  /** Of the values counted, drawn towards `prior` where they are few. */
  readonly share: (sign: string, prior: number) => number
}

function signCounts(): SignCounts {
  const counts = new Map<string, number>()
  let total = 0
  return {
    add: (signs) => {
      total++
      for (const sign of signs) counts.set(sign, (counts.get(sign) ?? 0) + 1)
    },
    share: (sign, prior) => ((counts.get(sign) ?? 0) + fewValues * prior) / (total + fewValues),
  }
}

function lastWord(header: string): string {
  return singular(nameWords(header).at(-1) ?? '')
}

/** Its shape and its words: `june 10` has `shape a 0` and `june`. */
function signsOf(value: string): string[] {
  const plain = ungrouped(value).toLowerCase()
  const shape = plain
    .replaceAll(/\p{L}+/gu, 'a')
    .replaceAll(/\d+/g, (digits) => (digits.length >= 4 ? '0000' : '0'))
    .replaceAll(/(a )+a/g, 'a a')
  const shapes = [`shape ${shape.slice(0, 12)}`]
  if (isNumeral(plain)) shapes.push(`size ${sizeOf(Number(plain))}`)
  const words = plain.match(/\p{L}+/gu) ?? []
  return [...shapes, ...new Set(words)]
}

function sizeOf(number: number): string {
  if (!Number.isInteger(number)) return 'fraction'
  if (number >= 1_800 && number <= 2_030) return 'year'
  return String(Math.min(6, Math.floor(Math.log10(Math.max(1, Math.abs(number))))))
}
