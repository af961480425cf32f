/** Execution accuracy as BIRD's official evaluator counts it: equal sets of rows, columns in the same order. */
import { type CellRules, exactCells } from './compare-cells.js'
import type { Rows } from './compare-results.js'
import { eachRowIn } from './compare-rows.js'

/** Duplicates and the order of rows do not count. */
export function equalByBird(predicted: Rows, gold: Rows, cells: CellRules = exactCells): boolean {
  const found = predicted.map((row) => row.map(cells.toCell))
  const wanted = gold.map((row) => row.map(cells.toCell))
  return eachRowIn(wanted, found, cells) && eachRowIn(found, wanted, cells)
}
