/** Cuts SQL text into tokens; comments and white space are dropped, strings stay as written. */
import { JoinFreeError } from './join-free-error.js'

export type SqlToken =
  | { readonly kind: 'name'; readonly name: string; readonly quoted: boolean }
  | { readonly kind: 'string' | 'number' | 'symbol'; readonly text: string }

interface Rule {
  readonly pattern: RegExp
  readonly token: (text: string) => SqlToken | undefined
}

const asText = (kind: 'string' | 'number' | 'symbol') => (text: string) => ({ kind, text })

// First match wins, so that a quote inside a comment or a comment mark inside a string means nothing.
const rules: readonly Rule[] = [
  { pattern: /\s+|--[^\n]*|\/\*[\s\S]*?\*\//y, token: () => undefined },
  { pattern: /e'[^'\\]*(?:(?:\\[\s\S]|'')[^'\\]*)*'/iy, token: asText('string') },
  { pattern: /[xb]?'[^']*(?:''[^']*)*'/iy, token: asText('string') },
  { pattern: /\$([a-z_]*)\$[\s\S]*?\$\1\$/iy, token: asText('string') },
  { pattern: /"[^"]*(?:""[^"]*)*"/y, token: (text) => quotedName(text, '"') },
  { pattern: /`[^`]*(?:``[^`]*)*`/y, token: (text) => quotedName(text, '`') },
  { pattern: /(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?/iy, token: asText('number') },
  {
    pattern: /[\p{L}_][\p{L}\p{N}\p{M}_$]*/uy,
    token: (name) => ({ kind: 'name', name, quoted: false }),
  },
  {
    pattern:
      /->>|!~~\*|::|<=|>=|<>|!=|==|\|\||->|=>|:=|<<|>>|\*\*|\/\/|!~~|~~\*|~~|!~|@>|<@|&&|\^@/y,
    token: asText('symbol'),
  },
  { pattern: /[-+*/%<>=~!@#&|^?:.,;()[\]{}$]/y, token: asText('symbol') },
]

/** Throws a JoinFreeError where the text is no SQL, such as at an open string. */
export function readTokens(text: string): readonly SqlToken[] {
  const tokens: SqlToken[] = []
  for (let position = 0; position < text.length; ) {
    const match = matchAt(text, position)
    if (match === undefined) throw new JoinFreeError(complaint(text, position))
    if (match.token !== undefined) tokens.push(match.token)
    position = match.end
  }
  return tokens
}

function matchAt(text: string, position: number) {
  for (const { pattern, token } of rules) {
    pattern.lastIndex = position
    const found = pattern.exec(text)?.[0]
    if (found) return { token: token(found), end: position + found.length }
  }
  return undefined
}

function quotedName(text: string, mark: string): SqlToken {
  return { kind: 'name', name: text.slice(1, -1).replaceAll(mark + mark, mark), quoted: true }
}

function complaint(text: string, position: number): string {
  const near = text.slice(position, position + 20)
  return /^["'`]/.test(near)
    ? `The quote that opens at «${near}» is never closed.`
    : `The text at «${near}» is not SQL.`
}

/** Undefined for text that cannot be cut into tokens, such as a string without an end. */
export function tokensIfReadable(text: string): readonly SqlToken[] | undefined {
  try {
    return readTokens(text)
  } catch (error) {
    if (error instanceof JoinFreeError) return undefined
    throw error
  }
}
