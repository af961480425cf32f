/** Reads names of tables and columns as a person would say them. */
import { nameWords, pluralOf, singular } from '../../name-words.js'

/** What databases shorten, in full. */
const spelledOut = new Map([
  ['abbr', 'abbreviation'],
  ['addr', 'address'],
  ['amt', 'amount'],
  ['avg', 'average'],
  ['cnt', 'count'],
  ['cust', 'customer'],
  ['dept', 'department'],
  ['desc', 'description'],
  ['dob', 'date of birth'],
  ['emp', 'employee'],
  ['fname', 'first name'],
  ['firstname', 'first name'],
  ['lname', 'last name'],
  ['lastname', 'last name'],
  ['max', 'maximum'],
  ['min', 'minimum'],
  ['nbr', 'number'],
  ['num', 'number'],
  ['pct', 'percent'],
  ['qty', 'quantity'],
  ['tel', 'telephone'],
  ['yr', 'year'],
])
const shortWords = new Set(
  `id ids of in by to at on or and for the age sex day tv gdp gpa url fee tax cost pet car job dog cat bus hq km
  art bid box city com cup fan fax gas key kid lab law map mpg oil pay per red row run sea set sky sum tag team
  tie top toy unit use van war web win won win wins zip lap hit hits era men new old end start net max min ship`.split(
    /\s+/,
  ),
)
/** Words that say what a table is for technically. */
const idleWords = new Set('tbl table ref tb lookup dim fact'.split(' '))
const prepositions = /^(.+?) (of|in|on|for|at|per|by|to|with|from) (.+)$/
const uncountable = new Set(
  'information data staff equipment music gdp gpa weather money furniture status series population cargo traffic mail luggage baggage news research knowledge'.split(
    ' ',
  ),
)
const irregular: readonly (readonly [string, string])[] = [
  ['person', 'people'],
  ['child', 'children'],
  ['man', 'men'],
  ['woman', 'women'],
  ['movie', 'movies'],
  ['bus', 'buses'],
]
const irregularPlurals = new Map(irregular)
const irregularSingulars = new Map(irregular.map(([one, many]) => [many, one]))

/** `Num_Employees` → `number employees`; undefined when a word of it says nothing to a reader. */
export function readName(name: string): string | undefined {
  const plain = name.replace(/^([fl])[_ ]?name$/i, '$1name')
  const parts = /^[fl]name$/i.test(plain) ? [plain.toLowerCase()] : nameWords(plain)
  const words = parts
    .filter((word) => !idleWords.has(word))
    .flatMap((word) => (spelledOut.get(word) ?? word).split(' '))
  if (words.length === 0 || words.length > 5) return undefined
  if (!words.every(isReadable)) return undefined
  // The end of a time in minutes, or the least of something: nobody can tell.
  if (words.length > 1 && /^(maximum|minimum)$/.test(words.at(-1) ?? '')) return undefined
  const loose = /^(of|in|on|at|by|to|for|from|with|and|or|the|per)$/
  const [first = '', second = ''] = words
  if (loose.test(words.at(-1) ?? '') || loose.test(first)) return undefined
  const counts = first === 'number' && isMany(words.slice(1).join(' ')) && !loose.test(second)
  return (counts ? ['number', 'of', ...words.slice(1)] : words).join(' ')
}

function isReadable(word: string): boolean {
  if (/\d/.test(word)) return false
  if (word.length <= 3) return shortWords.has(word)
  return /[aeiouy]/.test(word) && !/[^aeiouy]{5}/.test(word)
}

const verbs = new Set(
  'has have is are lives plays treats takes teaches writes works prescribes undergoes belongs participates made owns uses'.split(
    ' ',
  ),
)

/** Words for one row of a table, and for several; undefined when the name says nothing. */
export function readNoun(table: string): { noun: string; plural: string } | undefined {
  const words = readName(table)?.split(' ')
  if (!words || words.length === 0 || words.length > 3) return undefined
  if (words.some((word) => verbs.has(word) || word === 'and')) return undefined
  if (words.length > 1 && /^(in|of|on|to|for|by|from|at|with|or)$/.test(words.at(-1) ?? '')) {
    return undefined
  }
  const head = changeHead(words.join(' '), singularOf)
  const noun = uncountable.has(head.split(' ').at(-1) ?? '') ? `${head} record` : head
  return noun === 'id' ? undefined : { noun, plural: manyOf(noun) }
}

/** "Wheels are", but "wheel is". */
export function isMany(words: string): boolean {
  return words !== '' && (isManyBefore(words) || changeHead(words, singularOf) !== words)
}

/** `languages` → `language`; "bikes available" stays. */
export function oneOf(words: string): string {
  const isFixed = isManyBefore(words) || /\b(details|contents|comments|notes)$/.test(words)
  return isFixed ? words : changeHead(words, singularOf)
}

/** "Bikes available": the word that counts stands before another that only describes it. */
function isManyBefore(words: string): boolean {
  const [first = '', ...rest] = words.split(' ')
  const describes = /(able|ed|won|lost|sold|left|remaining)$/.test(rest.at(-1) ?? '')
  return describes && singularOf(first) !== first
}

/** `date of birth` → `dates of birth`; words that are many already stay. */
export function manyOf(words: string): string {
  if (isManyBefore(words)) return words
  return changeHead(words, (word) => {
    if (uncountable.has(word) || irregularSingulars.has(word)) return word
    if (singularOf(word) !== word) return word
    return irregularPlurals.get(word) ?? pluralOf(word)
  })
}

function singularOf(word: string): string {
  if (uncountable.has(word)) return word
  const isStem = /([^s]s|z)es$/.test(word) && !/(bus|status|virus|campus|bonus)es$/.test(word)
  return irregularSingulars.get(word) ?? (isStem ? word.slice(0, -1) : singular(word))
}

/** The head is the last word, or that before "of". */
function changeHead(words: string, change: (word: string) => string): string {
  const [, before = words, preposition, after] = prepositions.exec(words) ?? []
  const parts = before.split(' ')
  const changed = [...parts.slice(0, -1), change(parts.at(-1) ?? '')].join(' ')
  return preposition ? `${changed} ${preposition} ${after}` : changed
}

/** `singer name` of a singer is the name; `airport code` of a flight stays. */
export function withoutTable(words: string, noun: string): string {
  const lead = `${noun} `
  const rest = words.startsWith(lead) ? words.slice(lead.length) : words
  const last = noun.split(' ').at(-1) ?? noun
  const short = rest.startsWith(`${last} `) ? rest.slice(last.length + 1) : rest
  return /^(of|in|on|at|to|by) /.test(short) ? words : short
}
