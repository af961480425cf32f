/** Execution accuracy: whether a predicted result says the same as the gold result. */
import type { Value } from '../catalog.js'
import { assignColumns } from './assign-columns.js'
import { type Cell, type CellRules, tolerantCells } from './compare-cells.js'
import { rowBagContains, rowsEqual } from './compare-rows.js'

export type Rows = readonly (readonly Value[])[]

export interface CompareOptions {
  /** Row order counts. */
  readonly ordered: boolean
  /** The prediction may have columns that the gold lacks. Default false: the official rule. */
  readonly extraColumns?: boolean
  /** Default: tolerant. */
  readonly cells?: CellRules
}

/**
 * The rules of Spider's official evaluator (github.com/taoyds/test-suite-sql-eval, `result_eq`): equal bags
 * of rows under some order of columns, equally many columns, two empty results are equal. How cells compare
 * is up to `cells`; the official evaluator's own way is `exactCells`.
 */
export function compareResults(predicted: Rows, gold: Rows, options: CompareOptions): boolean {
  if (predicted.length === 0 && gold.length === 0) return true
  if (predicted.length !== gold.length) return false
  const { ordered, extraColumns = false, cells = tolerantCells } = options
  const from = toCells(predicted, cells)
  const to = toCells(gold, cells)
  const test = ordered ? rowsEqual : rowBagContains
  return someColumnOrder(from, to, { extraColumns, cells }, (chosen) => test(to, chosen, cells))
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
  const cells = tolerantCells
  const groups = gold.groups.map((group) => toCells(group, cells))
  const from = toCells(predicted, cells)
  const options = { extraColumns: false, cells }
  return someColumnOrder(from, groups.flat(), options, (chosen) => followsGroups(chosen, groups))
}

function followsGroups(rows: readonly Cell[][], groups: readonly Cell[][][]): boolean {
  let start = 0
  for (const group of groups) {
    const segment = rows.slice(start, start + group.length)
    if (!rowBagContains(group, segment, tolerantCells)) return false
    start += segment.length
    if (start >= rows.length) return true
  }
  return true
}

function someColumnOrder(
  predicted: readonly Cell[][],
  gold: readonly Cell[][],
  { extraColumns, cells }: { readonly extraColumns: boolean; readonly cells: CellRules },
  accepts: (rows: readonly Cell[][]) => boolean,
): boolean {
  const from = predicted[0]?.length ?? 0
  const to = gold[0]?.length ?? 0
  if (from < to || (from > to && !extraColumns)) return false
  for (const columns of assignColumns(predicted, gold, cells)) {
    if (accepts(predicted.map((row) => columns.map((column) => row[column] ?? null)))) return true
  }
  return false
}

function toCells(rows: Rows, { toCell }: CellRules): Cell[][] {
  return rows.map((row) => row.map(toCell))
}
