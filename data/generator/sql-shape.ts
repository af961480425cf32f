/** SQL as it is compared: in one spelling, and without its names and values. */
import { type SqlToken, tokensIfReadable } from '../join-free/sql-tokens.js'
import { upperCaseWords } from '../join-free/sql-words.js'

/** Equal for SQL that differs in white space, marks around names and letters of keywords alone. */
export function normalisedSql(sql: string): string {
  return (tokensIfReadable(sql) ?? []).map(wordOf).join(' ')
}

/** `select _ , count ( * ) from _ where _ = '?' group by _`; functions stay, and so does how many columns there are. */
export function skeletonOf(sql: string): string {
  const tokens = tokensIfReadable(sql) ?? []
  const words = tokens.map((token, at) => skeletonWord(token, tokens[at + 1]))
  return words.join(' ').replaceAll(/_(?: \. _)+/g, '_')
}

function wordOf(token: SqlToken): string {
  return token.kind === 'name' ? token.name.toLowerCase() : token.text
}

function skeletonWord(token: SqlToken, next: SqlToken | undefined): string {
  if (token.kind === 'name') {
    const name = token.name.toLowerCase()
    const calls = next?.kind === 'symbol' && next.text === '('
    return !token.quoted && (calls || upperCaseWords.has(name)) ? name : '_'
  }
  if (token.kind === 'string') return "'?'"
  return token.kind === 'number' ? '0' : token.text
}

/** Questions that differ in capitals, marks and white space are one. */
export function normalisedQuestion(question: string): string {
  return question
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}%'"-]+/gu, ' ')
    .trim()
}
