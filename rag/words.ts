/** Words as the knowledge base compares them: folded, split out of identifiers, lightly stemmed. */

/** A word of a text with its place in it. */
export interface WordSpan {
  /** Lower-case, without accents or a possessive ending. */
  readonly word: string
  /** Character offsets in the original text. */
  readonly start: number
  readonly end: number
}

const shortestPlural = 4
const shortestIngForm = 6
const shortestEdForm = 5

/** Forms the suffix rules below would get wrong. */
const irregularStems: ReadonlyMap<string, string> = new Map([
  ['people', 'person'],
  ['men', 'man'],
  ['women', 'woman'],
  ['feet', 'foot'],
  ['indices', 'index'],
  ['ids', 'id'],
  ['sold', 'sell'],
  ['bought', 'buy'],
  ['spent', 'spend'],
  ['paid', 'pay'],
  ['made', 'mak'],
  ['children', 'child'],
  ['news', 'news'],
  ['always', 'always'],
])

/** Folds case, accents and width away, so that `Café` and `cafe` compare equal. */
export function foldText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
}

/** Splits a name such as `sale_lines`, `totalAmount` or `HTTPStatus2` into folded words. */
export function splitIdentifier(name: string): string[] {
  const spaced = name
    .replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .replace(/(\p{L})(\p{N})/gu, '$1 $2')
  return foldText(spaced).match(/[\p{L}\p{N}]+/gu) ?? []
}

/** Every word of a text with its place; names such as `totalAmount` stay whole, `total_amount` splits. */
export function wordSpans(text: string): WordSpan[] {
  const matches = text.matchAll(/([\p{L}\p{N}\p{M}]+)(?:['’]s(?![\p{L}\p{N}]))?/gu)
  return Array.from(matches, (match) => ({
    word: foldText(match[1] ?? ''),
    start: match.index,
    end: match.index + match[0].length,
  })).filter((span) => span.word !== '')
}

/** Folded words of a text or name, identifiers split apart; not stemmed. */
export function wordsOf(text: string): string[] {
  return splitIdentifier(text.replace(/['’]s(?![\p{L}\p{N}])/gu, ''))
}

/** A name as one would say it: `sale_lines` gives `sale lines`; names without letters stay. */
export function spokenName(name: string): string {
  return splitIdentifier(name).join(' ') || name
}

/** The first `length` characters, never ending in half a character. */
export function cutText(text: string, length: number): string {
  return text.slice(0, length).replace(/[\ud800-\udbff]$/, '')
}

/**
 * Folds a word to a form shared by its singular, plural, -ing and -ed.
 * Stems are for comparing, not for showing: `stores` gives `stor`.
 */
export function stem(word: string): string {
  const folded = foldText(word)
  return irregularStems.get(folded) ?? withoutFinalVowel(withoutVerbEnding(withoutPlural(folded)))
}

function withoutPlural(word: string): string {
  if (word.length < shortestPlural || !word.endsWith('s') || /(?:ss|us|is)$/.test(word)) return word
  return word.slice(0, -1)
}

function withoutVerbEnding(word: string): string {
  const isIngForm = word.length >= shortestIngForm && word.endsWith('ing')
  const isEdForm = word.length >= shortestEdForm && /[^e]ed$/.test(word)
  if (!isIngForm && !isEdForm) return word
  const base = word.slice(0, isIngForm ? -3 : -2)
  return /[aeiouy]/.test(base) ? withoutDoubling(base) : word
}

function withoutDoubling(base: string): string {
  return base.length > 3 && /([bdfgmnprt])\1$/.test(base) ? base.slice(0, -1) : base
}

/** Joins city/cities, movie/movies, price/pricing and cancelled/canceled. */
function withoutFinalVowel(word: string): string {
  if (word.length <= 3) return word
  if (word.endsWith('ie')) return word.slice(0, -1)
  if (word.endsWith('e')) return word.slice(0, -1)
  if (word.length > 5 && word.endsWith('ll')) return word.slice(0, -1)
  return word.replace(/([^aeiou])y$/, '$1i')
}
