/** Comparing lists of rows whose columns already correspond. */
import type { Cell, CellRules } from './compare-cells.js'

type Row = readonly Cell[]

/** Same rows in the same order. */
export function rowsEqual(
  gold: readonly Row[],
  predicted: readonly Row[],
  cells: CellRules,
): boolean {
  return (
    gold.length === predicted.length && gold.every((row, at) => sameRow(row, predicted[at], cells))
  )
}

/** Every predicted row has its own counterpart in the gold; with equal lengths the bags are equal. */
export function rowBagContains(
  gold: readonly Row[],
  predicted: readonly Row[],
  cells: CellRules,
): boolean {
  const unused = bucketsOf(gold, cells)
  return predicted.every((row) => takeMatch(unused.get(rowKey(row, cells)), row, cells))
}

/** Every one of `rows` is among `others`, however often. */
export function eachRowIn(others: readonly Row[], rows: readonly Row[], cells: CellRules): boolean {
  const buckets = bucketsOf(others, cells)
  return rows.every((row) =>
    buckets.get(rowKey(row, cells))?.some((other) => sameRow(other, row, cells)),
  )
}

function bucketsOf(rows: readonly Row[], cells: CellRules): Map<string, Row[]> {
  const buckets = new Map<string, Row[]>()
  for (const row of rows) {
    const key = rowKey(row, cells)
    const bucket = buckets.get(key)
    if (bucket) bucket.push(row)
    else buckets.set(key, [row])
  }
  return buckets
}

function takeMatch(bucket: Row[] | undefined, row: Row, cells: CellRules): boolean {
  const found = bucket?.findIndex((candidate) => sameRow(candidate, row, cells)) ?? -1
  if (!bucket || found < 0) return false
  bucket.splice(found, 1)
  return true
}

/** Equal rows have equal keys. */
function rowKey(row: Row, cells: CellRules): string {
  return row.map(cells.key).join(',')
}

function sameRow(left: Row, right: Row | undefined, cells: CellRules): boolean {
  if (!right || left.length !== right.length) return false
  return left.every((cell, at) => cells.equal(cell, right[at] ?? null))
}
