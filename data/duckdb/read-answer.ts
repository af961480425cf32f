/** Turns the rows that came from the process into a result, within the limits. */
import type { Value } from '../catalog.js'
import type { QueryResult } from '../database.js'
import { type Reading, type ResultLimits, takeRow } from '../result-limits.js'
import { decimalValue, integerValue } from '../written-number.js'
import { columnKind } from './column-kind.js'
import type { Cell, SelectedRows } from './duckdb-program.js'

/** `truncated` when rows, columns or parts of cells are missing. */
export function readAnswer(
  { columns, columnCount, rows }: SelectedRows,
  limits: ResultLimits,
): Omit<QueryResult, 'elapsedMs'> {
  const reading: Reading = { rows: [], bytes: 0, truncated: columnCount > columns.length }
  for (const row of rows) {
    const values = row.map((cell, index) => readCell(cell, columns[index]?.[1] ?? ''))
    if (takeRow(reading, values, limits)) continue
    reading.truncated = true
    break
  }
  return {
    columns: columns.map(([name, type]) => ({ name, type, kind: columnKind(type) })),
    rows: reading.rows,
    rowCount: reading.rows.length,
    truncated: reading.truncated,
  }
}

const wholeNumber = /^(U?BIGINT|U?HUGEINT|BIGNUM)$/
const decimal = /^DECIMAL\(\d+, ?\d+\)$/

/** Numbers become numbers again where a double holds them exactly. */
export function readCell(cell: Cell, type: string): Value {
  if (typeof cell !== 'string') return cell
  if (decimal.test(type)) return decimalValue(cell)
  return wholeNumber.test(type) ? integerValue(cell) : cell
}
