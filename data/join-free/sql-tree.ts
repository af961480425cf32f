/** Reads tokens into the shape completion needs: queries, their clauses, and parenthesised groups. */
import { JoinFreeError } from './join-free-error.js'
import type { SqlToken } from './sql-tokens.js'

export interface NamePart {
  readonly name: string
  readonly quoted: boolean
}

/** A word, or words joined by dots: `count`, `stores.status`, `stores.*`. */
export interface NameNode {
  readonly type: 'name'
  readonly parts: readonly NamePart[]
}

export type SqlNode =
  | NameNode
  | { readonly type: 'text'; readonly kind: 'string' | 'number' | 'symbol'; readonly text: string }
  | { readonly type: 'group'; readonly open: Bracket; readonly nodes: readonly SqlNode[] }
  | { readonly type: 'query'; readonly query: Query }

export type Bracket = '(' | '[' | '{'

export interface Clause {
  /** In upper case, such as `GROUP BY`. */
  readonly keyword: string
  readonly nodes: readonly SqlNode[]
}

export interface CommonTable {
  readonly name: string
  /** Column names and MATERIALIZED, as written between the name and the query. */
  readonly between: readonly SqlNode[]
  readonly query: Query
}

/** One side of UNION, INTERSECT or EXCEPT; `operator` is absent on the first. */
export interface Member {
  readonly operator?: string
  readonly body: readonly Clause[] | Query
}

export interface Query {
  readonly recursive: boolean
  readonly commonTables: readonly CommonTable[]
  readonly members: readonly Member[]
  /** ORDER BY and LIMIT after a parenthesised last member. */
  readonly tail: readonly Clause[]
}

export const closingBracket: Record<Bracket, string> = { '(': ')', '[': ']', '{': '}' }

// Deeper nesting than any answer needs; keeps recursion off the end of the stack.
const maxDepth = 200

/** Throws a JoinFreeError for unbalanced brackets. */
export function readNodes(tokens: readonly SqlToken[]): readonly SqlNode[] {
  const reader = { tokens, position: 0 }
  const nodes = readUntil(reader, undefined, 0)
  return nodes
}

interface Reader {
  readonly tokens: readonly SqlToken[]
  position: number
}

function readUntil(reader: Reader, closing: string | undefined, depth: number): SqlNode[] {
  if (depth > maxDepth) throw new JoinFreeError('The brackets are nested too deeply.')
  const nodes: SqlNode[] = []
  for (;;) {
    const token = reader.tokens[reader.position++]
    if (token === undefined) {
      if (closing === undefined) return nodes
      throw new JoinFreeError(`A "${closing}" is missing at the end.`)
    }
    if (token.kind === 'name') nodes.push(readName(reader, token))
    else if (token.text === closing) return nodes
    else if (isBracket(token.text)) {
      const inner = readUntil(reader, closingBracket[token.text], depth + 1)
      nodes.push({ type: 'group', open: token.text, nodes: inner })
    } else if (/^[)\]}]$/.test(token.text)) {
      throw new JoinFreeError(`A "${token.text}" closes nothing.`)
    } else nodes.push({ type: 'text', kind: token.kind, text: token.text })
  }
}

function readName(reader: Reader, first: NamePart): NameNode {
  const parts = [part(first)]
  for (;;) {
    const dot = reader.tokens[reader.position]
    const next = reader.tokens[reader.position + 1]
    if (dot === undefined || dot.kind !== 'symbol' || dot.text !== '.') break
    if (next?.kind === 'name') parts.push(part(next))
    else if (next?.kind === 'symbol' && next.text === '*') parts.push({ name: '*', quoted: false })
    else break
    reader.position += 2
  }
  return { type: 'name', parts }
}

function part({ name, quoted }: NamePart): NamePart {
  return { name, quoted }
}

function isBracket(text: string): text is Bracket {
  return text === '(' || text === '[' || text === '{'
}

/** The lower-case word a node is, when it is one bare word. */
export function wordOf(node: SqlNode | undefined): string | undefined {
  if (node?.type !== 'name' || node.parts.length !== 1) return undefined
  const only = node.parts[0]
  return only === undefined || only.quoted ? undefined : only.name.toLowerCase()
}

export function isSymbol(node: SqlNode | undefined, text: string): boolean {
  return node?.type === 'text' && node.kind === 'symbol' && node.text === text
}
