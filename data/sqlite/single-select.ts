/** Finds the one statement in SQL text by SQLite's own rules for quotes and comments. */
import type { QueryFailure } from '../database.js'
import { checkText } from '../guard/guard-sql.js'
import { denied, onlySelect, unknownName } from '../guard/refusal.js'

// First match wins: a semicolon in a string or comment ends nothing. What is left open runs to the end: comments do so in
// the engine, which takes nothing else that is open, and each character is looked at once, however many are open.
const token =
  /(?<blank>\s+|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|(?<end>;)|'(?:[^']|'')*(?:'|$)|"(?:[^"]|"")*(?:"|$)|`(?:[^`]|``)*(?:`|$)|\[[^\]]*(?:\]|$)|(?<word>[a-z_]\w*)|[\s\S]/giy

const selectWords = new Set(['select', 'with', 'values'])
const otherStatements = new Set(
  'alter analyze attach begin call checkpoint comment commit copy create deallocate delete describe detach drop end execute explain export from grant import insert install load merge pivot pragma prepare reindex release replace reset revoke rollback savepoint set show start summarize truncate update use vacuum'.split(
    ' ',
  ),
)

export type SingleSelect =
  | { readonly ok: true; readonly sql: string }
  | { readonly ok: false; readonly failure: QueryFailure }

/** The statement without the semicolon behind it. Whether it really is a SELECT, the engine's own program tells. */
export function singleSelect(text: string): SingleSelect {
  const refused = checkText(text)
  if (refused !== undefined) return { ok: false, failure: refused }
  let first: string | undefined
  let end: number | undefined
  for (const match of text.matchAll(token)) {
    const { blank, end: semicolon, word } = match.groups ?? {}
    if (blank !== undefined) continue
    if (semicolon !== undefined && first !== undefined) {
      end ??= match.index
    } else if (end !== undefined && semicolon === undefined) {
      return refuse('Only one statement is allowed.', 'Send the statements one at a time.')
    } else if (semicolon === undefined) first ??= (word ?? match[0]).toLowerCase()
  }
  if (first !== undefined && selectWords.has(first)) return { ok: true, sql: text.slice(0, end) }
  if (first !== undefined && otherStatements.has(first)) {
    return refuse(onlySelect, 'Write one SELECT statement.')
  }
  const message =
    first === undefined
      ? 'There is no SQL statement.'
      : `The SQL cannot be read: it begins with "${first}".`
  return { ok: false, failure: unknownName(message, []) }
}

function refuse(message: string, hint: string): SingleSelect {
  return { ok: false, failure: denied(message, [hint]) }
}
