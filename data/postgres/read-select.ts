/** Reads all that one SELECT gives which the guard let through, a few rows at a time. */
import type { ReadOutcome } from '../read-all.js'
import type { WholeReading } from '../servers/server-engine.js'
import { exactValue } from './cell-value.js'
import { describe, type TypeNames } from './run-select.js'
import type { Session, SessionRows } from './sessions.js'

/** Rows asked for first; afterwards so many that about `fetchBytes` come at a time. */
const firstRows = 10
const mostRows = 2_000
const fetchBytes = 1_000_000

export async function readSelect(
  session: Session,
  sql: string,
  { limits, batches, read }: WholeReading,
  types: TypeNames,
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
