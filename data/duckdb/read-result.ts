/** Reads a streamed result into plain values until a limit is reached. */
import type { DuckDBDataChunk, DuckDBResult } from '@duckdb/node-api'
import type { Value } from '../catalog.js'
import type { ResultColumn } from '../database.js'
import { toValue } from './cell-value.js'
import { columnKind } from './column-kind.js'

export interface ResultLimits {
  readonly maxRows: number
  readonly maxColumns: number
  /** UTF-8 bytes of all cells together; a number or boolean counts as 8. */
  readonly maxBytes: number
  /** Longer cells are cut and end in an ellipsis. */
  readonly maxCellCharacters: number
}

export interface ReadRows {
  readonly columns: readonly ResultColumn[]
  readonly rows: readonly (readonly Value[])[]
  /** True when rows, columns or parts of cells are missing. */
  readonly truncated: boolean
}

const plainCellBytes = 8

export async function readResult(
  result: DuckDBResult,
  limits: ResultLimits,
  stopped: () => boolean,
): Promise<ReadRows> {
  const columnCount = Math.min(result.columnCount, limits.maxColumns)
  const columns = Array.from({ length: columnCount }, (_, index) => describe(result, index))
  const reading = { rows: [] as Value[][], bytes: 0, truncated: columnCount < result.columnCount }
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

interface Reading {
  readonly rows: Value[][]
  bytes: number
  truncated: boolean
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
    const cut = row.map((value) => cutCell(value, limits.maxCellCharacters))
    if (cut.some((value, column) => value !== row[column])) reading.truncated = true
    reading.bytes += cut.reduce<number>((sum, value) => sum + byteLength(value), 0)
    if (reading.bytes > limits.maxBytes) return false
    reading.rows.push(cut)
  }
  return true
}

function cutCell(value: Value, maxCharacters: number): Value {
  if (typeof value !== 'string' || value.length <= maxCharacters) return value
  return `${value.slice(0, maxCharacters - 1)}…`
}

function byteLength(value: Value): number {
  return typeof value === 'string' ? Buffer.byteLength(value) : plainCellBytes
}

function describe(result: DuckDBResult, index: number): ResultColumn {
  const type = result.columnType(index).toString()
  return { name: result.columnName(index), type, kind: columnKind(type) }
}
