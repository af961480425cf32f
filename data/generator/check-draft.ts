/** Completes what a writer proposed, and has the database judge it. */
import type { Catalog } from '../catalog.js'
import type { Database } from '../database.js'
import { completeJoinFree } from '../join-free/complete-join-free.js'
import { forDialect } from '../join-free/dialect-target.js'
import { tokensIfReadable } from '../join-free/sql-tokens.js'
import { findsSomething } from './finds-something.js'
import { mostCheckedRows } from './pair.js'

export type Completed =
  | { readonly ok: true; readonly sql: string; readonly tables: readonly string[] }
  | { readonly ok: false; readonly reason: string }

/** Whole SQL of the catalog's dialect. What is whole already, and in forms that cannot be completed, stays as it is. */
export function completeDraft(sql: string, catalog: Catalog): Completed {
  const completed = completeJoinFree(forDialect(sql, catalog.dialect), catalog)
  if (!completed.ok) {
    const tables = tablesNamed(sql, catalog)
    return tables.length > 0 && /\bfrom\b/i.test(sql)
      ? { ok: true, sql: sql.replace(/[;\s]+$/, ''), tables }
      : { ok: false, reason: `not completed: ${completed.message}` }
  }
  if (completed.repeatedSums.length > 0) {
    return { ok: false, reason: 'a sum would count rows more than once' }
  }
  return { ok: true, sql: completed.sql, tables: completed.tables }
}

function tablesNamed(sql: string, { tables }: Catalog): readonly string[] {
  const names = (tokensIfReadable(sql) ?? []).flatMap((token) =>
    token.kind === 'name' ? [token.name.toLowerCase()] : [],
  )
  return tables.map(({ name }) => name).filter((name) => names.includes(name.toLowerCase()))
}

export interface CheckSettings {
  /** Whether the SQL is run, and not only bound. */
  readonly run: boolean
  readonly timeoutMs: number
  readonly signal: AbortSignal
}

export type Checked =
  | { readonly ok: true; readonly rows?: number; readonly empty: boolean }
  | { readonly ok: false; readonly reason: string; readonly isCancelled: boolean }

/** The guard and the binder see every statement; what it finds is looked at only when it is run. */
export async function checkSql(
  sql: string,
  database: Pick<Database, 'explain' | 'query'>,
  { run, timeoutMs, signal }: CheckSettings,
): Promise<Checked> {
  if (!run) {
    const failure = await database.explain(sql, signal)
    return failure ? rejected(failure) : { ok: true, empty: false }
  }
  const outcome = await database.query(sql, { maxRows: mostCheckedRows, timeoutMs, signal })
  if (!outcome.ok) return rejected(outcome.failure)
  const { rows, rowCount } = outcome.result
  return { ok: true, rows: rowCount, empty: !findsSomething(rows) }
}

/** While it runs, an engine quotes the cell that it stumbles over, and reasons stand in logs and prompts. */
function rejected({ code, message }: { readonly code: string; readonly message: string }) {
  const [line = ''] = message.split('\n')
  const told = code === 'sql_failed' ? (line.split(/[:'"`\d]/)[0] ?? '').trim() : line
  return { ok: false, reason: `${code}: ${told}`, isCancelled: code === 'cancelled' } as const
}
