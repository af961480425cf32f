/** Reads all that one SELECT gives which the guard let through, a few rows at a time. */
import type { QueryFailure, ResultColumn } from '../database.js'
import {
  type Batches,
  createBatches,
  type ReadLimits,
  type ReadOptions,
  type ReadOutcome,
} from '../read-all.js'
import { exactValue } from './cell-value.js'
import { describe, type TypeNames } from './run-select.js'
import type { Session, SessionRows } from './sessions.js'
import type { WatchedLimits } from './watch-work.js'

/** Rows asked for first; afterwards so many that about `fetchBytes` come at a time. */
const firstRows = 10
const mostRows = 2_000
const fetchBytes = 1_000_000

type Attempt = (
  limits: Partial<WatchedLimits>,
  work: (session: Session) => Promise<ReadOutcome>,
) => Promise<{ readonly ok: true; readonly result: ReadOutcome } | Failed>
type Failed = { readonly ok: false; readonly failure: QueryFailure }

/** `attempt` guards the SQL and has it worked on. */
export async function readSelect(
  attempt: Attempt,
  sql: string,
  options: ReadOptions,
  types: TypeNames,
): Promise<ReadOutcome> {
  const { signal, limits } = options
  const batches = createBatches(options)
  const read = { columns: [] as readonly ResultColumn[] }
  // What travels is longer than the cells: each has a length before it.
  const watched = { signal, timeoutMs: limits.timeoutMs, maxReceivedBytes: limits.maxBytes * 2 }
  const done = await attempt(watched, (session) =>
    readRows(session, sql, { limits, types, batches, read }),
  )
  if (done.ok) return done.result
  const isLate = done.failure.code === 'sql_timeout' && batches.rowCount > 0
  return isLate ? batches.outcome(read.columns, 'time') : done
}

interface Reading {
  readonly limits: ReadLimits
  readonly types: TypeNames
  readonly batches: Batches
  /** Told as soon as they are known. */
  readonly read: { columns: readonly ResultColumn[] }
}

async function readRows(
  session: Session,
  sql: string,
  { limits, types, batches, read }: Reading,
): Promise<ReadOutcome> {
  await session.run(`DECLARE parley NO SCROLL CURSOR FOR ${sql}`)
  let isWide = false
  let wanted = firstRows
  for (let isMore = true; isMore && !session.stopped; ) {
    const fetched = await session.run(`FETCH FORWARD ${wanted} FROM parley`)
    const fields = fetched.fields.slice(0, limits.maxColumns)
    if (read.columns.length === 0) read.columns = await describe(session, fields, types)
    isWide = fetched.fields.length > fields.length
    const rows = fetched.rows.map((row) =>
      fields.map((field, at) => exactValue(field, row[at] ?? null)),
    )
    isMore = rows.length === wanted
    wanted = rowsFor(wanted, fetched.rows)
    if (!(await batches.give({ columns: read.columns, rows }))) break
  }
  return batches.outcome(read.columns, isWide ? 'columns' : undefined)
}

function rowsFor(fetched: number, rows: SessionRows['rows']): number {
  const characters = rows.flat().reduce((sum, cell) => sum + (cell?.length ?? 0), 0)
  const fitting = Math.floor((fetched * fetchBytes) / Math.max(1, characters))
  return Math.min(mostRows, Math.max(1, fitting))
}
