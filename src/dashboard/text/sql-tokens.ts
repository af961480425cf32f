/** Splits SQL into pieces that can be coloured; it need not understand the statement. */

export type TokenKind = 'comment' | 'string' | 'name' | 'number' | 'keyword' | 'function' | 'plain'

export interface Token {
  readonly kind: TokenKind
  readonly text: string
}

const keywords = new Set(
  `all and any as asc between by case cast cross date desc distinct else end except exists false
  filter first following from full group having ilike in inner intersect interval is join last lateral
  left like limit natural not null nulls offset on or order outer over partition preceding qualify
  range right row rows select then timestamp true unbounded union unnest using values when where
  window with within`.split(/\s+/),
)

const pattern =
  /(?<comment>--[^\n]*|\/\*[\s\S]*?\*\/)|(?<string>'(?:[^']|'')*')|(?<name>"(?:[^"]|"")*")|(?<number>\b\d+(?:\.\d+)?\b)|(?<word>[A-Za-z_]\w*)|[\s\S]/g

/** The texts of all tokens, joined, are the statement again. */
export function sqlTokens(sql: string): readonly Token[] {
  const tokens: { kind: TokenKind; text: string }[] = []
  for (const match of sql.matchAll(pattern)) {
    const [text] = match
    const kind = kindOf(match, sql)
    const previous = tokens.at(-1)
    if (kind === 'plain' && previous?.kind === 'plain') previous.text += text
    else tokens.push({ kind, text })
  }
  return tokens
}

function kindOf({ 0: text, index = 0, groups = {} }: RegExpMatchArray, sql: string): TokenKind {
  if (groups.word === undefined) {
    const [kind] = Object.entries(groups).find(([, value]) => value !== undefined) ?? ['plain']
    return kind as TokenKind
  }
  if (sql[index - 1] === '.') return 'plain'
  if (keywords.has(text.toLowerCase())) return 'keyword'
  return sql[index + text.length] === '(' ? 'function' : 'plain'
}

/** Clauses that start a line of their own when a statement is written in one. */
const clause =
  /^(from|where|group|having|order|limit|union|intersect|except|qualify|(?:left|right|inner|full|cross) |join)/i

/** Breaks a one-line statement before its clauses, for reading; statements with line breaks stay as they are. */
export function withLineBreaks(tokens: readonly Token[]): readonly Token[] {
  if (tokens.some(({ kind, text }) => kind === 'plain' && text.includes('\n'))) return tokens
  let depth = 0
  let previousWord = ''
  return tokens.map((token) => {
    if (token.kind === 'plain') {
      depth += token.text.split('(').length - token.text.split(')').length
      return token
    }
    const starts = token.kind === 'keyword' && depth === 0 && startsClause(token.text, previousWord)
    previousWord = token.text.toLowerCase()
    return starts ? { ...token, text: `\n${token.text}` } : token
  })
}

const joinKinds = ['left', 'right', 'inner', 'full', 'cross', 'natural']

/** `LEFT JOIN` breaks before LEFT, not before JOIN. */
function startsClause(word: string, previousWord: string): boolean {
  const lower = word.toLowerCase()
  if (lower === 'join') return !joinKinds.includes(previousWord) && previousWord !== 'outer'
  return joinKinds.includes(lower) || clause.test(lower)
}

/** The statement as it is shown, for editing. */
export function readableSql(tokens: readonly Token[]): string {
  return withLineBreaks(tokens)
    .map(({ text }) => text)
    .join('')
    .replace(/ +\n/g, '\n')
}

/** Laid out anew, with a line for each clause; the end of a `--` comment is a line's end, so that such a statement stays. */
export function formatSql(sql: string): string {
  const tokens = sqlTokens(sql.trim())
  if (tokens.some(({ kind, text }) => kind === 'comment' && text.startsWith('--'))) return sql
  return readableSql(
    tokens.map(({ kind, text }) => ({
      kind,
      text: kind === 'plain' ? text.replace(/\s+/g, ' ') : text,
    })),
  )
}
