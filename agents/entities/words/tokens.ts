/** Cuts a question into word tokens that remember where they stood. */
import { stem } from '../../../rag/words.js'

export interface Token {
  /** As typed. */
  readonly text: string
  readonly lower: string
  readonly stem: string
  /** Character offsets in the question; `end` is exclusive. */
  readonly start: number
  readonly end: number
  /** The number a numeral or number word stands for. */
  readonly number?: number
  /** True for text the user put in quotes. */
  readonly quoted: boolean
}

const wordPattern =
  /"([^"]+)"|'([^']{2,}?)'(?!\w)|“([^”]+)”|‘([^’]+)’|\d+(?:,\d{3})*(?:\.\d+)?\s?(?:k|m|million|thousand|billion|bn)?(?![\p{L}\p{N}])|\d+[\p{L}]*|e-mails?|\p{L}+n['’]t(?![\p{L}\p{N}])|[\p{L}][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)?|>=|<=|<>|!=|[<>=%#&]/giu

const numberWords: ReadonlyMap<string, number> = new Map(
  Object.entries({
    zero: 0,
    one: 1,
    two: 2,
    three: 3,
    four: 4,
    five: 5,
    six: 6,
    seven: 7,
    eight: 8,
    nine: 9,
    ten: 10,
    eleven: 11,
    twelve: 12,
    fifteen: 15,
    twenty: 20,
    thirty: 30,
    fifty: 50,
    hundred: 100,
  }),
)

const scales: ReadonlyMap<string, number> = new Map(
  Object.entries({
    k: 1e3,
    thousand: 1e3,
    m: 1e6,
    million: 1e6,
    bn: 1e9,
    billion: 1e9,
  }),
)

export function tokenize(question: string): readonly Token[] {
  const withoutPossessives = question.replace(/['’]s(?![\p{L}\p{N}])/gu, '  ')
  return [...withoutPossessives.matchAll(wordPattern)]
    .map((match) => toToken(match))
    .flatMap(spellOut)
    .map((token, at, all) => mendSlip(token, all[at - 1]))
    .filter((token, at, all) => !(isPercent(token) && all[at - 1]?.number !== undefined))
}

/** "20 %" is the number 20. */
function isPercent({ lower, quoted }: Token): boolean {
  return !quoted && (lower === '%' || lower === 'percent')
}

/** Short forms of business, in the words they stand for. */
const shortForms: ReadonlyMap<string, string> = new Map(
  Object.entries({
    aov: 'average order value',
    atv: 'average order value',
    yoy: 'year over year growth',
    mom: 'month over month growth',
    qoq: 'quarter over quarter growth',
  }),
)

/** Every word stands where the short form stood; "don't" is its "not". */
function spellOut(token: Token): readonly Token[] {
  if (token.quoted) return [token]
  const long = /n['’]t$/.test(token.lower) ? 'not' : shortForms.get(token.lower)
  if (long === undefined) return [token]
  return long.split(' ').map((word) => ({ ...token, text: word, lower: word, stem: stem(word) }))
}

/** Slips too short for the spelling index to mend. */
const commonSlips: ReadonlyMap<string, string> = new Map(
  Object.entries({
    wich: 'which',
    whih: 'which',
    wat: 'what',
    tha: 'the',
    teh: 'the',
    adn: 'and',
    'e-mail': 'email',
    'e-mails': 'emails',
  }),
)

function mendSlip(token: Token, before: Token | undefined): Token {
  const slip = token.quoted ? undefined : commonSlips.get(token.lower)
  const compares = token.lower === 'then' && /^(less|more|fewer|.{3,}er)$/.test(before?.lower ?? '')
  const lower = compares ? 'than' : slip
  return lower === undefined ? token : { ...token, lower, stem: stem(lower) }
}

function toToken(match: RegExpMatchArray): Token {
  const inQuotes = match[1] ?? match[2] ?? match[3] ?? match[4]
  const text = inQuotes ?? match[0].trim()
  const lower = text.toLowerCase()
  return {
    text,
    lower,
    stem: stem(lower),
    start: match.index ?? 0,
    end: (match.index ?? 0) + match[0].trimEnd().length,
    number: inQuotes === undefined ? readNumber(lower) : undefined,
    quoted: inQuotes !== undefined,
  }
}

/** `1,500`, `2.5k`, `3 million` and `seven` as numbers. */
function readNumber(lower: string): number | undefined {
  const word = numberWords.get(lower)
  if (word !== undefined) return word
  const match = /^(\d[\d,]*(?:\.\d+)?)\s?([a-z]+)?$/.exec(lower)
  if (match?.[1] === undefined) return undefined
  const scale = match[2] === undefined ? 1 : scales.get(match[2])
  return scale === undefined ? undefined : Number(match[1].replaceAll(',', '')) * scale
}
