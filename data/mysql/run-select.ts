/** Runs one SELECT that the guard let through, and reads its rows until a limit is reached. */
import type { Value } from '../catalog.js'
import type { ResultColumn } from '../database.js'
import type { ReadOutcome } from '../read-all.js'
import { type Reading, type ResultLimits, takeRow } from '../result-limits.js'
import type { SelectedRows, WholeReading } from '../servers/server-engine.js'
import { cellValue, exactValue } from './cell-value.js'
import { type ColumnField, fieldType } from './column-kind.js'
import type { CellRow, Session } from './sessions.js'

/** Binds without running. */
export async function explainSelect(session: Session, sql: string): Promise<void> {
  await session.run(`EXPLAIN ${sql}`)
}

/** Of Parley's own SQL, the cells as a result would show them, in words. */
export async function readTexts(session: Session, sql: string): Promise<(string | null)[][]> {
  const { fields, rows } = await session.run(sql)
  return rows.map((row) =>
    row.map((cell, at) => {
      const value = cellValue(fields[at]!, cell)
      return value === null ? null : String(value)
    }),
  )
}

/** The server ends a result behind the row after the last one that is shown, unless the SQL has a limit of its own. */
export async function runSelect(
  session: Session,
  sql: string,
  limits: ResultLimits,
): Promise<SelectedRows> {
  await session.run(`SET SESSION sql_select_limit = ${limits.maxRows + 1}`)
  const reading: Reading = { rows: [], bytes: 0, truncated: false }
  let wasCut = false
  const fields = await streamRows(session, sql, (row, found) => {
    const shown = found.slice(0, limits.maxColumns)
    const cells = shown.map((field, at) => cellValue(field, row[at] ?? null))
    const isTaken = takeRow(reading, cells, limits)
    // The one row too many is the last, and the connection is good for more, unless the SQL has a limit of its own.
    const isLast = !isTaken && !wasCut && reading.rows.length === limits.maxRows
    wasCut ||= !isTaken
    return isTaken || isLast
  })
  const columns = describe(fields.slice(0, limits.maxColumns))
  return {
    columns,
    rows: reading.rows,
    truncated: reading.truncated || wasCut || fields.length > columns.length,
  }
}

/** Cells handed over at a time, and characters. */
const batchRows = 2_000
const batchCharacters = 1_000_000

/** Row after row into batches, of which the next is read when the one before was taken. */
export async function readSelect(
  session: Session,
  sql: string,
  { limits, batches, read }: WholeReading,
): Promise<ReadOutcome> {
  let waiting: Value[][] = []
  let characters = 0
  const give = async () => {
    const rows = waiting
    waiting = []
    characters = 0
    return batches.give({ columns: read.columns, rows })
  }
  await session.run(`SET SESSION sql_select_limit = ${limits.maxRows + 1}`)
  const fields = await streamRows(session, sql, (row, found) => {
    const shown = found.slice(0, limits.maxColumns)
    if (read.columns.length === 0) read.columns = describe(shown)
    waiting.push(shown.map((field, at) => exactValue(field, row[at] ?? null)))
    characters += row.reduce((sum, cell) => sum + (cell?.length ?? 0), 0)
    return waiting.length < batchRows && characters < batchCharacters ? true : give()
  })
  if (read.columns.length === 0) read.columns = describe(fields.slice(0, limits.maxColumns))
  await give()
  return batches.outcome(read.columns, fields.length > limits.maxColumns ? 'columns' : undefined)
}

/** Rejects where a text was cut by the server: a list, or a median made of one, would be wrong without a word. */
async function streamRows(
  session: Session,
  sql: string,
  take: (row: CellRow, fields: readonly ColumnField[]) => boolean | Promise<boolean>,
): Promise<readonly ColumnField[]> {
  const fields = await session.stream(sql, take)
  if (!/group_concat/i.test(sql) || session.stopped) return fields
  const { rows } = await session.run('SHOW WARNINGS')
  const cut = rows.find(([, code]) => String(code) === cutConcat)
  if (cut) throw Object.assign(new Error(String(cut[2])), { errno: Number(cutConcat) })
  return fields
}

/** ER_CUT_VALUE_GROUP_CONCAT */
const cutConcat = '1260'

function describe(fields: readonly ColumnField[]): ResultColumn[] {
  return fields.map((field) => ({ name: field.name, ...fieldType(field) }))
}
