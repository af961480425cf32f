/** Runs one SELECT that the guard let through, and reads its rows until a limit is reached. */
import type { ResultColumn } from '../database.js'
import type { Batches, ReadLimits, ReadOutcome } from '../read-all.js'
import { type Reading, type ResultLimits, takeRow } from '../result-limits.js'
import { cellValue, exactValue } from './cell-value.js'
import { withinLimit } from './guard-sql.js'
import { readBatches, rowOf } from './read-batches.js'
import type { SparkSession } from './spark-session.js'

export interface SelectedRows {
  readonly columns: readonly ResultColumn[]
  readonly rows: Reading['rows']
  /** True when rows, columns or parts of cells are missing. */
  readonly truncated: boolean
}

/** One cell may have a gigabyte; what arrives for one piece of work may not. */
const mostBytes = 64_000_000
/** Rows that are handed over at a time. */
const rowsPerBatch = 1_000
/** Spark counts the rows of a LIMIT in 32 bits. */
const mostRows = 2_000_000_000

export async function runSelect(
  session: SparkSession,
  sql: string,
  limits: ResultLimits,
  signal: AbortSignal,
): Promise<SelectedRows> {
  const reading: Reading = { rows: [], bytes: 0, truncated: false }
  const responses = session.run(withinLimit(sql, limits.maxRows + 1), { signal })
  let columns: readonly ResultColumn[] = []
  for await (const batch of readBatches(responses, mostBytes)) {
    columns = batch.columns.slice(0, limits.maxColumns)
    reading.truncated ||= batch.columns.length > columns.length
    const shown = { ...batch, cells: batch.cells.slice(0, limits.maxColumns) }
    for (let row = 0; row < batch.rowCount; row++) {
      const isTaken = takeRow(reading, rowOf(shown, row, cellValue), limits)
      if (!isTaken) return { columns, rows: reading.rows, truncated: true }
    }
  }
  return { columns, rows: reading.rows, truncated: reading.truncated }
}

export interface ReadingAll {
  readonly limits: ReadLimits
  readonly batches: Batches
  readonly signal: AbortSignal
  /** Told as soon as they are known. */
  readonly read: { columns: readonly ResultColumn[] }
}

/** Reads all that it gives, a few rows at a time. */
export async function readSelect(
  session: SparkSession,
  sql: string,
  { limits, batches, signal, read }: ReadingAll,
): Promise<ReadOutcome> {
  const bounded = withinLimit(sql, Math.min(mostRows, limits.maxRows + 1))
  // What travels is longer than the cells.
  const responses = session.run(bounded, { signal })
  let isWide = false
  for await (const batch of readBatches(responses, limits.maxBytes * 2 + mostBytes)) {
    read.columns = batch.columns.slice(0, limits.maxColumns)
    isWide = batch.columns.length > read.columns.length
    const shown = { ...batch, cells: batch.cells.slice(0, limits.maxColumns) }
    for (let start = 0; start === 0 || start < batch.rowCount; start += rowsPerBatch) {
      const count = Math.min(rowsPerBatch, batch.rowCount - start)
      const rows = Array.from({ length: count }, (_, at) => rowOf(shown, start + at, exactValue))
      const isMore = await batches.give({ columns: read.columns, rows })
      if (!isMore) return batches.outcome(read.columns, isWide ? 'columns' : undefined)
    }
  }
  return batches.outcome(read.columns, isWide ? 'columns' : undefined)
}

/** Of Parley's own SQL, the cells as a result would show them, in words. */
export async function readTexts(
  session: SparkSession,
  sql: string,
  signal: AbortSignal,
): Promise<(string | null)[][]> {
  const rows: (string | null)[][] = []
  for await (const batch of readBatches(session.run(sql, { signal }), mostBytes)) {
    for (let row = 0; row < batch.rowCount; row++) {
      const cells = rowOf(batch, row, exactValue)
      rows.push(cells.map((cell) => (cell === null ? null : String(cell))))
    }
  }
  return rows
}
