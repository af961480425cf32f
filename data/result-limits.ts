/** How much of a result is delivered. */
import type { Value } from './catalog.js'

export interface ResultLimits {
  readonly maxRows: number
  readonly maxColumns: number
  /** UTF-8 bytes of all cells together; a number or boolean counts as 8. */
  readonly maxBytes: number
  /** Longer cells are cut and end in an ellipsis. */
  readonly maxCellCharacters: number
}

const plainCellBytes = 8

export function cutCell(value: Value, maxCharacters: number): Value {
  return typeof value === 'string' ? cutText(value, maxCharacters) : value
}

export function cutText(text: string, maxCharacters: number): string {
  return text.length <= maxCharacters ? text : `${text.slice(0, maxCharacters - 1)}…`
}

export function byteLength(value: Value): number {
  return typeof value === 'string' ? Buffer.byteLength(value) : plainCellBytes
}

export interface Reading {
  readonly rows: Value[][]
  bytes: number
  truncated: boolean
}

/** Takes a row in as far as the limits allow; false when one of them left it out. */
export function takeRow(reading: Reading, row: readonly Value[], limits: ResultLimits): boolean {
  if (reading.rows.length >= limits.maxRows) return false
  const cut = row.map((value) => cutCell(value, limits.maxCellCharacters))
  if (cut.some((value, column) => value !== row[column])) reading.truncated = true
  reading.bytes += cut.reduce<number>((sum, value) => sum + byteLength(value), 0)
  if (reading.bytes > limits.maxBytes) return false
  reading.rows.push(cut)
  return true
}
