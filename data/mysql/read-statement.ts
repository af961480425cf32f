/**
 * Cuts SQL into words, names, texts, numbers and signs by a reading stricter than MySQL's own, and writes it again: what
 * the server gets has blanks of one kind, no comment, and names in backticks. What could be read in two ways,
 * by mode, version or character set, is refused.
 */
import type { QueryFailure } from '../database.js'
import { checkText } from '../guard/guard-sql.js'
import { denied, onlySelect, unknownName } from '../guard/refusal.js'

export interface StatementPart {
  readonly kind: 'word' | 'name' | 'text' | 'number' | 'sign'
  /** Of names what they name, of texts without quotes; words as they are written. */
  readonly text: string
}

export type ReadStatement =
  | { readonly ok: true; readonly parts: readonly StatementPart[] }
  | { readonly ok: false; readonly failure: QueryFailure }

interface Rule {
  readonly pattern: RegExp
  readonly read: (found: string) => StatementPart | QueryFailure | undefined
}

const single = ['Send the statements one at a time.']
const dropped = () => undefined
const sign = (text: string): StatementPart => ({ kind: 'sign', text })
const refuse =
  (message: string, ...hints: string[]) =>
  () =>
    denied(message, hints)

/** The first that matches where the one before ended. */
const rules: readonly Rule[] = [
  { pattern: /[ \t\r\n\f\v]+/y, read: dropped },
  // Of two dashes MySQL makes a comment only when a blank follows.
  { pattern: /--(?=[ \t\r\n\f\v]|$)[^\n]*|#[^\n]*/y, read: dropped },
  {
    pattern: /\/\*(?:!|M!|\+)/iy,
    read: refuse('A comment that the server reads as SQL is not allowed.'),
  },
  { pattern: /\/\*[\s\S]*?\*\//y, read: dropped },
  {
    pattern: /(?:[xb]|n|_[a-z0-9]+)'/iy,
    read: refuse('A text with a letter before its quote is not allowed.', 'Write the text itself.'),
  },
  {
    pattern: /'(?:[^']|'')*'/y,
    read: (found) => ({ kind: 'text', text: found.slice(1, -1).replaceAll("''", "'") }),
  },
  { pattern: /"(?:[^"]|"")+"/y, read: (found) => nameOf(found, '"') },
  { pattern: /`(?:[^`]|``)+`/y, read: (found) => nameOf(found, '`') },
  {
    pattern: /(?:0x[0-9a-f]+|(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?)(?![\p{L}\p{N}_$.'"`@])/iuy,
    read: (text) => ({ kind: 'number', text }),
  },
  { pattern: /[\p{L}_][\p{L}\p{N}_$]*(?!['"`])/uy, read: (text) => ({ kind: 'word', text }) },
  { pattern: /:=|@/y, read: refuse('Variables are not allowed.', 'Write the value itself.') },
  { pattern: /\?/y, read: refuse('The SQL has an open parameter.', 'Write the value itself.') },
  { pattern: /->>|<=>|->|\|\||&&|<=|>=|<>|!=|<<|>>/y, read: sign },
  { pattern: /[-+*/%<>=!~&|^().,;]/y, read: sign },
]

export function readStatement(sql: string): ReadStatement {
  const refused = checkText(sql)
  if (refused !== undefined) return { ok: false, failure: refused }
  // Client and server would each read half a character in a way of its own.
  if (!sql.isWellFormed()) return failed(denied('The SQL contains half a character.', []))
  const parts: StatementPart[] = []
  for (let at = 0; at < sql.length; ) {
    const found = partAt(sql, at)
    if (found === undefined) return failed(complaint(sql.slice(at, at + 20)))
    if (found.part !== undefined && 'code' in found.part) return failed(found.part)
    if (found.part !== undefined) parts.push(found.part)
    at = found.end
  }
  return one(parts)
}

/** With one blank between two parts, but inside of brackets and before commas; the bracket of a call stands at its name. */
export function writeStatement(parts: readonly StatementPart[]): string {
  return parts.map((part, at) => (isTight(parts, at) ? '' : ' ') + written(part)).join('')
}

function isTight(parts: readonly StatementPart[], at: number): boolean {
  const [before, part] = [parts[at - 1], parts[at]]
  const opens = before === undefined || isSign(before, '(') || isSign(before, '.')
  const closes = isSign(part, ')') || isSign(part, ',') || isSign(part, '.')
  return opens || closes || isCallBracket(parts, at)
}

/** What a parser gets: the same, with texts that say nothing. */
export function maskTexts(parts: readonly StatementPart[]): readonly StatementPart[] {
  return parts.map((part) =>
    part.kind === 'text' ? { kind: 'text', text: part.text.replace(/[^0-9 :-]/g, 'x') } : part,
  )
}

/** Words behind which a bracket does not call anything. */
export const wordsBeforeBrackets: ReadonlySet<string> = new Set(
  'all and any as between by case distinct div else except exists from group having in intersect interval join lateral like mod not on or over regexp rlike row select some then union using values when where xor'.split(
    ' ',
  ),
)

/** Whether the part at `at` is the bracket of a call. */
export function isCallBracket(parts: readonly StatementPart[], at: number): boolean {
  const before = parts[at - 1]
  if (before === undefined || !isSign(parts[at], '(')) return false
  if (before.kind === 'name') return true
  return before.kind === 'word' && !wordsBeforeBrackets.has(before.text.toLowerCase())
}

export function isSign(part: StatementPart | undefined, text: string): boolean {
  return part?.kind === 'sign' && part.text === text
}

function partAt(sql: string, at: number) {
  for (const { pattern, read } of rules) {
    pattern.lastIndex = at
    const found = pattern.exec(sql)?.[0]
    if (found !== undefined) return { part: read(found), end: at + found.length }
  }
  return undefined
}

function nameOf(found: string, mark: string): StatementPart | QueryFailure {
  const name = found.slice(1, -1).replaceAll(mark + mark, mark)
  const isOdd = /[\p{Cc}\u{10000}-\u{10ffff}]/u.test(name) || /\s$/.test(name)
  return isOdd
    ? denied('A name has a character that no name here has.', [])
    : { kind: 'name', text: name }
}

function written({ kind, text }: StatementPart): string {
  if (kind === 'text') return `'${text.replaceAll("'", "''")}'`
  return kind === 'name' ? `\`${text.replaceAll('`', '``')}\`` : text
}

function one(parts: readonly StatementPart[]): ReadStatement {
  const end = parts.findLastIndex((part) => !isSign(part, ';')) + 1
  const statement = parts.slice(0, end)
  if (statement.length === 0) return failed(unknownName('There is no SQL statement.', []))
  if (statement.some((part) => isSign(part, ';'))) {
    return failed(denied('Only one statement is allowed.', single))
  }
  const loose = statement.find(({ kind, text }, at) => {
    const before = statement[at - 1]?.kind
    return kind === 'number' && text.startsWith('.') && (before === 'word' || before === 'name')
  })
  if (loose !== undefined) return failed(complaint(loose.text))
  return { ok: true, parts: statement }
}

function complaint(near: string): QueryFailure {
  if (/^(['"`]|\/\*)/.test(near)) {
    return unknownName(`What opens at «${near}» is never closed.`, [])
  }
  if (/^[\\{}[\]:$]/.test(near)) {
    return denied(`The sign "${near.slice(0, 1)}" is not allowed here.`, [onlySelect])
  }
  return unknownName(`The SQL cannot be read at «${near}».`, [])
}

function failed(failure: QueryFailure): ReadStatement {
  return { ok: false, failure }
}
