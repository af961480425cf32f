/** Execution accuracy as BIRD's official evaluator counts it: equal sets of rows, columns in the same order. */
import { type CellRules, exactCells } from './compare-cells.js'
import type { Rows } from './compare-results.js'
import { rowKey } from './compare-rows.js'

/** Duplicates and the order of rows do not count. */
export function equalByBird(predicted: Rows, gold: Rows, cells: CellRules = exactCells): boolean {
  const found = keysOf(predicted, cells)
  const wanted = keysOf(gold, cells)
  return found.size === wanted.size && [...found].every((key) => wanted.has(key))
}

function keysOf(rows: Rows, cells: CellRules): ReadonlySet<string> {
  return new Set(rows.map((row) => rowKey(row.map(cells.toCell), cells)))
}
