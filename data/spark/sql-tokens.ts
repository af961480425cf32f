/**
 * Reads Spark's SQL into tokens and writes them again, one way of writing each: what the server reads is what was checked,
 * without comments and hints, and no text or name can end elsewhere than it was seen to.
 */
import { quoteSparkName } from './quote-spark-name.js'

export interface SqlToken {
  /** `word` is a name or keyword as it stands, `name` one in backticks or double quotes, taken out of them. */
  readonly kind: 'word' | 'name' | 'string' | 'number' | 'symbol'
  /** Of a string with its quotes. */
  readonly text: string
}

export type ReadSqlTokens =
  | { readonly ok: true; readonly tokens: readonly SqlToken[] }
  | { readonly ok: false; readonly message: string; readonly isRefused: boolean }

type Rule = readonly [kind: SqlToken['kind'] | 'gap', pattern: RegExp]

/** The first that fits. As Spark's own lexer has them, but for what stands below. */
const rules: readonly Rule[] = [
  ['gap', /\s+/y],
  ['gap', /--[^\r\n]*/y],
  ['word', /[A-Za-z_][A-Za-z0-9_]*/y],
  ['number', /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?(?:BD|[LSDFY])?(?![A-Za-z0-9_])/iy],
  ['string', /'(?:[^'\\]|\\[\s\S]|'')*'/y],
  ['name', /`(?:[^`]|``)+`/y],
  ['name', /"(?:[^"\\]|"")+"/y],
  ['symbol', /<=>|<>|!=|<=|>=|==|\|\||->|::|[-+*/%=<>(),.;[\]~&|^]/y],
]

export function readSqlTokens(sql: string): ReadSqlTokens {
  const tokens: SqlToken[] = []
  for (let at = 0; at < sql.length; ) {
    if (sql.startsWith('/*', at)) {
      const end = commentEnd(sql, at)
      if (end === undefined) return mistake('A comment has no end.')
      at = end
      continue
    }
    const found = nextToken(sql, at)
    if (found === undefined) return unreadable(sql, at)
    if (found.kind !== 'gap') tokens.push({ kind: found.kind, text: plainText(found) })
    at = found.end
  }
  return { ok: true, tokens }
}

export function isSymbol(token: SqlToken | undefined, text: string): boolean {
  return token?.kind === 'symbol' && token.text === text
}

export function isWord(token: SqlToken | undefined, word: string): boolean {
  return token?.kind === 'word' && token.text.toLowerCase() === word
}

/** Of the call whose bracket stands before `start`, up to the one that closes it or the last token. */
export function argumentsFrom(tokens: readonly SqlToken[], start: number): SqlToken[][] {
  const found: SqlToken[][] = []
  let depth = 0
  for (const token of tokens.slice(start)) {
    if (isSymbol(token, ')') && depth === 0) break
    if (found.length === 0) found.push([])
    if (isSymbol(token, '(')) depth += 1
    if (isSymbol(token, ')')) depth -= 1
    if (isSymbol(token, ',') && depth === 0) found.push([])
    else found.at(-1)?.push(token)
  }
  return found
}

/** One space between all tokens, but none where it would part what belongs together. */
export function writeSqlTokens(tokens: readonly SqlToken[]): string {
  return tokens.map(({ kind, text }) => (kind === 'name' ? quoteSparkName(text) : text)).join(' ')
}

/** As `writeSqlTokens`, with spaces for the line breaks in texts: Spark's plan shows texts as they are, line by line. */
export function writeInOneLine(tokens: readonly SqlToken[]): string {
  const breaks = /\\[\s\S]|[\r\n]/g
  const isBreak = (text: string) => /^\\?[\r\n]$|^\\[nr]$/.test(text)
  return writeSqlTokens(
    tokens.map((token) =>
      token.kind === 'string'
        ? { ...token, text: token.text.replaceAll(breaks, (text) => (isBreak(text) ? ' ' : text)) }
        : token,
    ),
  )
}

function nextToken(sql: string, at: number) {
  for (const [kind, pattern] of rules) {
    pattern.lastIndex = at
    const [text] = pattern.exec(sql) ?? []
    if (text !== undefined) return { kind, text, end: at + text.length }
  }
  return undefined
}

function plainText({ kind, text }: { kind: Rule[0]; text: string }): string {
  if (kind !== 'name') return text
  const quote = text[0] ?? ''
  return text.slice(1, -1).replaceAll(quote + quote, quote)
}

/** Comments may hold comments; a hint is one, too. */
function commentEnd(sql: string, start: number): number | undefined {
  const marks = /\/\*|\*\//g
  marks.lastIndex = start
  let depth = 0
  for (let mark = marks.exec(sql); mark !== null; mark = marks.exec(sql)) {
    depth += mark[0] === '/*' ? 1 : -1
    if (depth === 0) return mark.index + 2
  }
  return undefined
}

const refusals: Readonly<Record<string, string>> = {
  $: 'The SQL has a variable ($).',
  ':': 'The SQL has an open parameter (:).',
  '?': 'The SQL has an open parameter (?).',
  '@': 'The SQL names a version (@).',
}

function unreadable(sql: string, at: number): ReadSqlTokens {
  const character = String.fromCodePoint(sql.codePointAt(at) ?? 0)
  const refused = refusals[character]
  if (refused !== undefined) return { ok: false, message: refused, isRefused: true }
  if (/['"`]/.test(character))
    return mistake(`A text or name begins with ${character} and has no end.`)
  const message = `The SQL has a character that may only stand in texts and quoted names: ${character}`
  return { ok: false, message, isRefused: true }
}

function mistake(message: string): ReadSqlTokens {
  return { ok: false, message: `The SQL cannot be read: ${message}`, isRefused: false }
}
