/** Lets through one SELECT over the database's own tables and reviewed functions, and nothing else. */
import type { QueryFailure } from '../database.js'
import { checkText } from '../guard/guard-sql.js'
import { denied, onlySelect, unknownName } from '../guard/refusal.js'
import type { SqlParser } from '../servers/sql-parser.js'
import { checkTree } from './check-tree.js'
import type { KnownNames } from './known-names.js'

export const parserProgram = 'data/postgres/parser-worker.mjs'

/**
 * Undefined when the SQL may be bound and run. `newer` is asked where a name is unknown: it may have been made since.
 * What this does not cover: how long a query runs, how much it returns, and the memory it takes of the server; operators
 * of extensions that share their sign with a common one are not told apart.
 */
export async function guardSql(
  sql: string,
  parser: SqlParser,
  names: KnownNames,
  newer?: () => Promise<KnownNames>,
): Promise<QueryFailure | undefined> {
  const refused = checkText(sql)
  if (refused !== undefined) return refused
  // Parser and server would each read half a character in a way of its own.
  if (!sql.isWellFormed()) return denied('The SQL contains half a character.', [])
  const parsed = await parser.parse(sql)
  if (parsed.kind === 'mistake') return unknownName(`The SQL cannot be read: ${parsed.message}`, [])
  if (parsed.kind === 'too_much') {
    return denied('The SQL is nested too deeply or too long.', ['Ask for less at once.'])
  }
  const [statement, ...others] = parsed.statements
  if (statement === undefined) return unknownName('There is no SQL statement.', [])
  if (others.length > 0) {
    return denied('Only one statement is allowed.', ['Send the statements one at a time.'])
  }
  if (typeof statement !== 'object' || statement === null || !('SelectStmt' in statement)) {
    return denied(onlySelect, ['Write one SELECT statement.'])
  }
  const failure = checkTree(statement, names)
  const mayBeNew = failure?.code === 'sql_invalid' && newer !== undefined
  return mayBeNew ? checkTree(statement, await newer()) : failure
}
