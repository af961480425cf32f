/** Execution accuracy: whether a predicted result says the same as the gold result. */
import type { Value } from '../catalog.js'
import { assignColumns } from './assign-columns.js'
import { type Cell, toCell } from './compare-cells.js'
import { rowBagContains, rowsEqual } from './compare-rows.js'

export type Rows = readonly (readonly Value[])[]

export interface CompareOptions {
  /** Row order counts. */
  readonly ordered: boolean
  /** The prediction may have columns that the gold lacks. Default false: the official rule. */
  readonly extraColumns?: boolean
}

/**
 * The rules of Spider's official evaluator (github.com/taoyds/test-suite-sql-eval, `result_eq`): equal bags
 * of rows under some order of columns, equally many columns, two empty results are equal. DISTINCT is never
 * stripped, which is that evaluator's `--keep_distinct`. Looser than it in how cells compare: see `compare-cells.ts`.
 */
export function compareResults(predicted: Rows, gold: Rows, options: CompareOptions): boolean {
  if (predicted.length === 0 && gold.length === 0) return true
  if (predicted.length !== gold.length) return false
  const from = toCells(predicted)
  const to = toCells(gold)
  const test = options.ordered ? rowsEqual : rowBagContains
  return someColumnOrder(from, to, options.extraColumns ?? false, (chosen) => test(to, chosen))
}

/** Rows of the gold that tie in its ORDER BY; groups come in order. */
export interface TiedGold {
  /** All rows of the gold without its LIMIT. */
  readonly groups: readonly Rows[]
  readonly limit?: number
}

/**
 * The same rules where the order among tied rows, and which tied rows a LIMIT keeps, is open.
 */
export function compareWithTies(predicted: Rows, gold: TiedGold): boolean {
  const all = gold.groups.flat()
  const wanted = Math.min(gold.limit ?? all.length, all.length)
  if (predicted.length !== wanted) return false
  if (wanted === 0) return true
  const groups = gold.groups.map(toCells)
  const from = toCells(predicted)
  return someColumnOrder(from, groups.flat(), false, (chosen) => followsGroups(chosen, groups))
}

function followsGroups(rows: readonly Cell[][], groups: readonly Cell[][][]): boolean {
  let start = 0
  for (const group of groups) {
    const segment = rows.slice(start, start + group.length)
    if (!rowBagContains(group, segment)) return false
    start += segment.length
    if (start >= rows.length) return true
  }
  return true
}

function someColumnOrder(
  predicted: readonly Cell[][],
  gold: readonly Cell[][],
  extraColumns: boolean,
  accepts: (rows: readonly Cell[][]) => boolean,
): boolean {
  const from = predicted[0]?.length ?? 0
  const to = gold[0]?.length ?? 0
  if (from < to || (from > to && !extraColumns)) return false
  for (const columns of assignColumns(predicted, gold)) {
    if (accepts(predicted.map((row) => columns.map((column) => row[column] ?? null)))) return true
  }
  return false
}

function toCells(rows: Rows): Cell[][] {
  return rows.map((row) => row.map(toCell))
}
