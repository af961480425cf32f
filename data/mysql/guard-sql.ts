/** Lets through one SELECT over the database's own tables and reviewed functions, and nothing else. */
import { denied, unknownName } from '../guard/refusal.js'
import type { Guarded } from '../servers/server-engine.js'
import type { SqlParser } from '../servers/sql-parser.js'
import { checkTree } from './check-tree.js'
import { checkWords } from './check-words.js'
import type { KnownNames } from './known-names.js'
import { maskTexts, readStatement, writeStatement } from './read-statement.js'

export const parserProgram = 'data/mysql/parser-worker.mjs'

/**
 * Two readings, each of which must find nothing: one of words and brackets, stricter than the server's, and the tree of a
 * parser that is not the server's own. What runs is what was read, written again. What this does not cover: how long a
 * query runs, how much it returns, and the memory it takes of the server.
 */
export async function guardSql(
  sql: string,
  parser: SqlParser,
  names: KnownNames,
  newer?: () => Promise<KnownNames>,
): Promise<Guarded> {
  const read = readStatement(sql)
  if (!read.ok) return read
  const refused = checkWords(read.parts)
  if (refused !== undefined) return { ok: false, failure: refused }
  const parsed = await parser.parse(writeStatement(maskTexts(read.parts)))
  if (parsed.kind === 'mistake') {
    return { ok: false, failure: unknownName(`The SQL cannot be read: ${parsed.message}`, []) }
  }
  if (parsed.kind === 'too_much') {
    const failure = denied('The SQL is nested too deeply or too long.', ['Ask for less at once.'])
    return { ok: false, failure }
  }
  const [statement, ...others] = parsed.statements
  if (others.length > 0) {
    return { ok: false, failure: denied('Only one statement is allowed.', []) }
  }
  const first = checkTree(statement, names)
  const mayBeNew = first?.code === 'sql_invalid' && newer !== undefined
  const failure = mayBeNew ? checkTree(statement, await newer()) : first
  return failure === undefined
    ? { ok: true, sql: writeStatement(read.parts) }
    : { ok: false, failure }
}
