/** Lets through one SELECT over the database's own tables and reviewed functions, and nothing else. */
import type { QueryFailure } from '../database.js'
import { checkText } from '../guard/guard-sql.js'
import { denied, unknownName } from '../guard/refusal.js'
import { checkCopies } from './check-copies.js'
import { checkSizes } from './check-sizes.js'
import { checkTokens } from './check-tokens.js'
import { readSqlTokens, writeInOneLine, writeSqlTokens } from './sql-tokens.js'

export type GuardedSql =
  | { readonly ok: true; readonly sql: string; readonly analysed: string }
  | { readonly ok: false; readonly failure: QueryFailure }

/**
 * `sql` is the same statement, written anew, and `analysed` the same for its plan. Nothing is asked of the server here, as analysing alone
 * reads files that stand for tables and runs what EXECUTE IMMEDIATE holds. What this does not cover: see `checkPlan`.
 */
export function guardSql(sql: string): GuardedSql {
  const refused = checkText(sql)
  if (refused !== undefined) return { ok: false, failure: refused }
  if (!sql.isWellFormed()) return failed(denied('The SQL contains half a character.', []))
  const read = readSqlTokens(sql)
  if (!read.ok) {
    const say = read.isRefused ? denied : unknownName
    return failed(say(read.message, []))
  }
  const last = read.tokens.at(-1)
  const isEnded = last?.kind === 'symbol' && last.text === ';'
  const tokens = isEnded ? read.tokens.slice(0, -1) : read.tokens
  const failure = checkTokens(tokens) ?? checkSizes(tokens) ?? checkCopies(tokens)
  if (failure !== undefined) return failed(failure)
  return { ok: true, sql: writeSqlTokens(tokens), analysed: writeInOneLine(tokens) }
}

/** Commands are no queries: in brackets Spark does not read them. Nothing unbounded is sent, which could end the server. */
export function withinLimit(sql: string, rows: number): string {
  return `SELECT * FROM (${sql}) LIMIT ${rows}`
}

function failed(failure: QueryFailure): GuardedSql {
  return { ok: false, failure }
}
