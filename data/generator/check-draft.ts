/** Completes what a writer proposed, and has the database judge it. */
import type { Catalog } from '../catalog.js'
import type { Database } from '../database.js'
import { completeJoinFree } from '../join-free/complete-join-free.js'
import { forDialect } from '../join-free/dialect-target.js'
import { findsSomething } from './finds-something.js'
import { mostCheckedRows } from './pair.js'

export type Completed =
  | { readonly ok: true; readonly sql: string; readonly tables: readonly string[] }
  | { readonly ok: false; readonly reason: string }

/** Whole SQL of the catalog's dialect. */
export function completeDraft(sql: string, catalog: Catalog): Completed {
  const completed = completeJoinFree(forDialect(sql, catalog.dialect), catalog)
  if (!completed.ok) return { ok: false, reason: `not completed: ${completed.message}` }
  if (completed.repeatedSums.length > 0) {
    return { ok: false, reason: 'a sum would count rows more than once' }
  }
  return { ok: true, sql: completed.sql, tables: completed.tables }
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

function rejected({ code, message }: { readonly code: string; readonly message: string }) {
  return {
    ok: false,
    reason: `${code}: ${message.split('\n')[0]}`,
    isCancelled: code === 'cancelled',
  } as const
}
