/** Which column of a prediction may stand for which column of the gold. */
import { type Cell, type CellRules, compareCells } from './compare-cells.js'

/** Results with many alike columns have factorially many orders; past this many the search gives up. */
const MAX_ORDERS = 5_000

/**
 * Yields one predicted column per gold column, in the gold's order, no column twice. Columns are only
 * paired when every predicted value occurs in the gold column, so few orders are ever tried.
 */
export function* assignColumns(
  predicted: readonly (readonly Cell[])[],
  gold: readonly (readonly Cell[])[],
  cells: CellRules,
): Generator<readonly number[]> {
  const goldColumns = sortedColumns(gold)
  const predictedColumns = sortedColumns(predicted)
  const choices = goldColumns.map((column) =>
    predictedColumns.flatMap((candidate, at) => (isWithin(candidate, column, cells) ? [at] : [])),
  )
  let left = MAX_ORDERS
  for (const order of injections(choices, [])) {
    yield order
    left -= 1
    if (left === 0) return
  }
}

function* injections(
  choices: readonly (readonly number[])[],
  chosen: readonly number[],
): Generator<readonly number[]> {
  const next = choices[chosen.length]
  if (!next) {
    yield chosen
    return
  }
  for (const column of next) {
    if (!chosen.includes(column)) yield* injections(choices, [...chosen, column])
  }
}

function sortedColumns(rows: readonly (readonly Cell[])[]): Cell[][] {
  const width = rows[0]?.length ?? 0
  return Array.from({ length: width }, (_, at) =>
    rows.map((row) => row[at] ?? null).sort(compareCells),
  )
}

/** Both sorted: every value of the first has its own counterpart in the second. */
function isWithin(values: readonly Cell[], of: readonly Cell[], cells: CellRules): boolean {
  let at = 0
  for (const value of values) {
    while (at < of.length && !cells.equal(value, of[at] ?? null)) {
      if (compareCells(of[at] ?? null, value) > 0) return false
      at += 1
    }
    if (at >= of.length) return false
    at += 1
  }
  return true
}
