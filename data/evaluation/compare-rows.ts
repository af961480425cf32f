/** Comparing lists of rows whose columns already correspond. */
import { type Cell, cellsEqual } from './compare-cells.js'

type Row = readonly Cell[]

/** Same rows in the same order. */
export function rowsEqual(gold: readonly Row[], predicted: readonly Row[]): boolean {
  return gold.length === predicted.length && gold.every((row, at) => sameRow(row, predicted[at]))
}

/** Every predicted row has its own counterpart in the gold; with equal lengths the bags are equal. */
export function rowBagContains(gold: readonly Row[], predicted: readonly Row[]): boolean {
  const unused = new Map<string, Row[]>()
  for (const row of gold) {
    const key = textKey(row)
    const bucket = unused.get(key)
    if (bucket) bucket.push(row)
    else unused.set(key, [row])
  }
  return predicted.every((row) => takeMatch(unused.get(textKey(row)), row))
}

function takeMatch(bucket: Row[] | undefined, row: Row): boolean {
  const found = bucket?.findIndex((candidate) => sameRow(candidate, row)) ?? -1
  if (!bucket || found < 0) return false
  bucket.splice(found, 1)
  return true
}

/** What must be exactly equal: numbers stay out, since they match within a tolerance. */
function textKey(row: Row): string {
  return JSON.stringify(row.map((cell) => (typeof cell === 'number' ? 0 : cell)))
}

function sameRow(left: Row, right: Row | undefined): boolean {
  if (!right || left.length !== right.length) return false
  return left.every((cell, at) => cellsEqual(cell, right[at] ?? null))
}
