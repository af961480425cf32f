/** Lets through one SELECT over the dataset's own tables and reviewed functions, and nothing else. */
import type { QueryFailure } from '../database.js'
import { checkTree } from './check-tree.js'
import { denied, onlySelect } from './refusal.js'

export interface GuardRules {
  /** Tables and views that may be read. */
  readonly tables: readonly string[]
  /** Lower-case names of the scalar, aggregate and window functions that may be called. */
  readonly functions: ReadonlySet<string>
  /** Lower-case names of those that may stand in FROM. */
  readonly tableFunctions: ReadonlySet<string>
}

/** Reads SQL without running it; returns the parse tree as `json_serialize_sql` writes it. */
export type ParseSql = (sql: string) => Promise<string>

/** Characters. */
export const maxSqlLength = 20_000

/**
 * Undefined when the SQL may be bound and run. What it does not cover: how long a query runs, how much
 * memory it takes and how much it returns; those limits are the database's.
 */
export async function guardSql(
  sql: string,
  rules: GuardRules,
  parse: ParseSql,
): Promise<QueryFailure | undefined> {
  const refused = checkText(sql)
  if (refused !== undefined) return refused
  const tree = readTree(await parse(sql))
  if (tree.error === true) return syntaxFailure(tree)
  const statements = Array.isArray(tree.statements) ? tree.statements : []
  if (statements.length === 0) return invalid('There is no SQL statement.')
  if (statements.length > 1) {
    return denied('Only one statement is allowed.', ['Send the statements one at a time.'])
  }
  return checkTree(statements[0], rules)
}

/** What is refused of any SQL before it is read. */
export function checkText(sql: string): QueryFailure | undefined {
  if (sql.trim() === '') return invalid('There is no SQL statement.')
  if (sql.includes('\0')) return denied('The SQL contains a NUL character.', [])
  if (sql.length > maxSqlLength) {
    return denied(`The SQL is longer than ${maxSqlLength} characters.`, ['Ask for less at once.'])
  }
  return undefined
}

interface SerializedSql {
  readonly error?: boolean
  readonly error_type?: string
  readonly error_message?: string
  readonly statements?: unknown
}

function readTree(text: string): SerializedSql {
  const tree: unknown = JSON.parse(text)
  return typeof tree === 'object' && tree !== null ? tree : {}
}

function syntaxFailure(tree: SerializedSql): QueryFailure {
  if (tree.error_type !== 'not implemented') {
    return invalid(`The SQL cannot be read: ${tree.error_message ?? 'syntax error'}`)
  }
  return denied(onlySelect, [
    'Write one SELECT statement.',
    'For PIVOT, list the values: PIVOT … ON column IN (…).',
  ])
}

function invalid(message: string): QueryFailure {
  return { code: 'sql_invalid', message, hints: [] }
}
