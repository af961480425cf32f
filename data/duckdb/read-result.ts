/** Reads a streamed result into plain values until a limit is reached. */
import type { DuckDBDataChunk, DuckDBResult } from '@duckdb/node-api'
import type { Value } from '../catalog.js'
import type { ResultColumn } from '../database.js'
import { type Reading, type ResultLimits, takeRow } from '../result-limits.js'
import { toValue } from './cell-value.js'
import { columnKind } from './column-kind.js'

export interface ReadRows {
  readonly columns: readonly ResultColumn[]
  readonly rows: readonly (readonly Value[])[]
  /** True when rows, columns or parts of cells are missing. */
  readonly truncated: boolean
}

export async function readResult(
  result: DuckDBResult,
  limits: ResultLimits,
  stopped: () => boolean,
): Promise<ReadRows> {
  const columnCount = Math.min(result.columnCount, limits.maxColumns)
  const columns = Array.from({ length: columnCount }, (_, index) => describe(result, index))
  const truncated = columnCount < result.columnCount
  const reading: Reading = { rows: [], bytes: 0, truncated }
  while (!stopped()) {
    const chunk = await result.fetchChunk()
    if (chunk === null || chunk.rowCount === 0) break
    if (!readChunk(chunk, columnCount, limits, reading)) {
      reading.truncated = true
      break
    }
  }
  return { columns, rows: reading.rows, truncated: reading.truncated }
}

/** False when a limit left rows of the chunk unread. */
function readChunk(
  chunk: DuckDBDataChunk,
  columnCount: number,
  limits: ResultLimits,
  reading: Reading,
): boolean {
  const vectors = Array.from({ length: columnCount }, (_, index) => chunk.getColumnVector(index))
  for (let index = 0; index < chunk.rowCount; index++) {
    if (reading.rows.length >= limits.maxRows) return false
    const row = vectors.map((vector) => toValue(vector.getItem(index)))
    if (!takeRow(reading, row, limits)) return false
  }
  return true
}

function describe(result: DuckDBResult, index: number): ResultColumn {
  const type = result.columnType(index).toString()
  return { name: result.columnName(index), type, kind: columnKind(type) }
}
