/** Keeps plans small that a few words make large: Spark writes out what CUBE and its like combine, and what WITH names at every place that uses it. */
import type { QueryFailure } from '../database.js'
import { denied } from '../guard/refusal.js'
import { argumentsFrom, isSymbol, isWord, type SqlToken } from './sql-tokens.js'

/** Ways to group the rows: those that stand side by side multiply. As many as a cube of eight columns has. */
const mostGroupings = 256
/** Parts of a plan that the names of WITH may become. */
const mostCopies = 500

export function checkCopies(tokens: readonly SqlToken[]): QueryFailure | undefined {
  // Each round is a job of its own, and those that follow begin although the statement was stopped.
  if (tokens.some((token, at) => isWord(token, 'recursive') && isWord(tokens[at - 1], 'with'))) {
    return denied('WITH RECURSIVE is not answered on Spark.', ['Ask for each level by itself.'])
  }
  if (groupings(tokens) > mostGroupings) {
    const message = `CUBE, ROLLUP and GROUPING SETS make more than ${mostGroupings} groupings here, which is too much.`
    return denied(message, ['Group by fewer columns at once.'])
  }
  if (copies(tokens) > mostCopies) {
    return denied('What WITH names is used too often.', ['Use each name once or twice.'])
  }
  return undefined
}

/** By the word for it, how many ways to group come of so many columns, or of so many lists of them. */
const groupingsOf: ReadonlyMap<string, (members: number) => number> = new Map([
  ['cube', (columns) => 2 ** columns],
  ['rollup', (columns) => columns + 1],
  ['sets', (lists) => Math.max(1, lists)],
])

/** Of the whole statement; one within another counts as if it stood beside it, which is never less. */
function groupings(tokens: readonly SqlToken[]): number {
  let product = 1
  for (const [at, { kind, text }] of tokens.entries()) {
    const count = kind === 'word' ? groupingsOf.get(text.toLowerCase()) : undefined
    if (count === undefined) continue
    if (isSymbol(tokens[at + 1], '(')) product *= count(argumentsFrom(tokens, at + 2).length)
    else if (isWord(tokens[at - 1], 'with')) {
      const start = tokens.findLastIndex((token, place) => place < at && isWord(token, 'group'))
      product *= count(argumentsFrom(tokens.slice(0, at - 1), start + 2).length)
    }
  }
  return product
}

/** Each name stands for its own part and for those of the names in it, as they were defined before. */
function copies(tokens: readonly SqlToken[]): number {
  const parts = new Map<string, number>()
  const partsIn = (some: readonly SqlToken[]) =>
    some.reduce((sum, { text }) => sum + (parts.get(text.toLowerCase()) ?? 0), 0)
  let most = 0
  for (const at of tokens.keys()) {
    const body = bodyBehind(tokens, at)
    if (body === undefined) continue
    parts.set(tokens[at]!.text.toLowerCase(), 1 + partsIn(body))
    most = Math.max(most, ...parts.values())
  }
  return most
}

/** Of `name AS (…)` and `name (columns) AS (…)`. */
function bodyBehind(tokens: readonly SqlToken[], at: number): readonly SqlToken[] | undefined {
  if (tokens[at]?.kind !== 'word' && tokens[at]?.kind !== 'name') return undefined
  const before = tokens[at - 1]
  const isDefined = isWord(before, 'with') || isSymbol(before, ',')
  if (!isDefined) return undefined
  let next = at + 1
  if (isSymbol(tokens[next], '(')) next = endOfBrackets(tokens, next) + 1
  if (!isWord(tokens[next], 'as') || !isSymbol(tokens[next + 1], '(')) return undefined
  return tokens.slice(next + 2, endOfBrackets(tokens, next + 1))
}

function endOfBrackets(tokens: readonly SqlToken[], open: number): number {
  let depth = 0
  for (let at = open; at < tokens.length; at++) {
    if (isSymbol(tokens[at], '(')) depth += 1
    if (isSymbol(tokens[at], ')')) depth -= 1
    if (depth === 0) return at
  }
  return tokens.length
}
