/**
 * The set keeps one SQL for all questions of one form, with the values of one of them. What stands in a question in
 * place of such a value is found by its look: the only number, date or name that it could be.
 */
import { dayPattern, monthPattern } from '../../date-words.js'
import { isNumeral, ungrouped } from './wiki-question.js'

type Look = 'number' | 'date' | 'code' | 'name'

interface Stretch {
  readonly start: number
  readonly end: number
  readonly text: string
}

const date = new RegExp(
  String.raw`\b(?:${monthPattern}\.? ${dayPattern}(?:,? \d{4})?|${dayPattern} ${monthPattern}\.?(?:,? \d{4})?|${monthPattern}\.?,? \d{4})\b`,
  'gi',
)
const number = /(?<![\p{L}\p{N}.,:/–-])\d+(?:,\d{3})*(?:\.\d+)?(?![\p{L}\p{N}:/–%-]|[.,]\d)/gu
/** Scores, records, times, shares, seasons: digits with something between or behind them. */
const code = /(?<![\p{L}\p{N}])[^\s\p{L}?,;"'()]*\d[^\s?,;"'()]*[^\s?.,;:"'!()](?: \(\d+\))?/gu
/** Words with a capital, behind the first word of the question. */
const capital = String.raw`\p{Lu}[\p{L}\p{N}.'’-]*`
const name = new RegExp(
  String.raw`(?<=[\p{L}\p{N},:"(] ?"?)(?<![?.!] )${capital}(?:(?: (?:of|the|de|la|du|von|van|and|&))? ${capital})*`,
  'gu',
)
const quoted = /(?<=["“])[^"“”]+(?=["”])/g
const nextThing =
  'and|also|with|when|where|what|who|which|how|that|if|for|has|have|had|is|was|are|were|did|do|does|in which'
/** Behind a header, up to where the next thing is said: `the glaze is celadon`, `with port of ystad?`. */
const behindHeader =
  '(?: (?:of|is|was|are|were|as|named|called|being|listed|equal to|:|=))+ (?:the |an? )?'
const upTo = String.raw`[^?,;"]+?(?=[?.,;!]*\s*$|,| (?:${nextThing}) )`

/** In words, of what is told by a header alone. */
const longestValue = 6

/** Undefined where the question has nothing of the value's look, or several. `header` in words. */
export function standInValue(value: string, header: string, text: string): string | undefined {
  const look = lookOf(value)
  const named = wordsAsPattern(header)
  const said = new RegExp(`\\b${named}(?:e?s)?${behindHeader}(${upTo})`, 'giu')
  const [behind, ...others] = [...text.matchAll(said)].flatMap(([, found = '']) => found.trim())
  if (behind !== undefined && others.length === 0 && fits(behind, look)) return behind
  const headers = [...text.matchAll(new RegExp(named, 'giu'))].map(stretchOf)
  const free = stretchesOf(text, look).filter(
    ({ start, end }) => !headers.some((header) => start < header.end && header.start < end),
  )
  return free.length === 1 ? free[0]?.text : undefined
}

function lookOf(value: string): Look {
  if (isNumeral(ungrouped(value))) return 'number'
  if (new RegExp(date.source, 'i').test(value)) return 'date'
  return /\d/.test(value) ? 'code' : 'name'
}

function fits(found: string, look: Look): boolean {
  return found.split(' ').length <= longestValue && lookOf(found) === look
}

function stretchesOf(text: string, look: Look): Stretch[] {
  if (look === 'date') return matches(text, date)
  const dates = matches(text, date)
  const outside = (found: readonly Stretch[]) =>
    found.filter(({ start, end }) => !dates.some((one) => start < one.end && one.start < end))
  if (look === 'number') return outside(matches(text, number))
  if (look === 'code')
    return outside(matches(text, code)).filter((one) => lookOf(one.text) === 'code')
  const inQuotes = matches(text, quoted).filter((one) => lookOf(one.text) === 'name')
  return inQuotes.length > 0 ? inQuotes : outside(matches(text, name))
}

function matches(text: string, pattern: RegExp): Stretch[] {
  return [...text.matchAll(pattern)].map(stretchOf)
}

function stretchOf(match: RegExpExecArray): Stretch {
  return { start: match.index, end: match.index + match[0].length, text: match[0] }
}

function wordsAsPattern(header: string): string {
  return header
    .split(' ')
    .map((word) => word.replaceAll(/[^\p{L}\p{N}]/gu, ''))
    .join('[\\s_/-]+')
}
