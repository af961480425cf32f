/** When two cells of two results say the same. */
import type { Value } from '../catalog.js'

/** Relative difference below which two numbers are the same number. */
const NUMBER_TOLERANCE = 1e-6

/** Plain decimal notation: numbers too long for a double travel as such text. */
const DECIMAL_TEXT = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/
const MIDNIGHT = /^(\d{4}-\d{2}-\d{2})[ T]00:00:00(?:\.0+)?(?:Z|\+00(?::?00)?)?$/

/** A cell reduced to what the comparison looks at; apply once to a whole result. */
export type Cell = string | number | null

export interface CellRules {
  toCell(value: Value): Cell
  equal(left: Cell, right: Cell): boolean
  /** What equal cells surely share; cells that may be equal without being the same share it too. */
  key(cell: Cell): string
}

/**
 * For results that reach us through an engine's own types: booleans are 1 and 0, decimal text is a number,
 * a timestamp at midnight its date, and numbers may differ a little.
 */
export const tolerantCells: CellRules = {
  toCell: (value) => {
    if (typeof value === 'boolean') return value ? 1 : 0
    if (typeof value !== 'string') return value
    if (DECIMAL_TEXT.test(value)) return Number(value)
    return MIDNIGHT.exec(value)?.[1] ?? value
  },
  equal: (left, right) => {
    if (typeof left !== 'number' || typeof right !== 'number') return left === right
    if (left === right) return true
    // Two whole numbers must be equal, so that large keys stay apart.
    if (Number.isInteger(left) && Number.isInteger(right)) return false
    return Math.abs(left - right) <= NUMBER_TOLERANCE * Math.max(Math.abs(left), Math.abs(right))
  },
  key: (cell) => (typeof cell === 'number' ? '0' : JSON.stringify(cell)),
}

/** As Python compares what SQLite gives: the text 1 is not the number 1, and 0.1 + 0.2 is not 0.3. */
export const exactCells: CellRules = {
  toCell: (value) => (typeof value === 'boolean' ? Number(value) : value),
  equal: (left, right) => left === right,
  key: (cell) => (typeof cell === 'number' ? String(cell) : JSON.stringify(cell)),
}

/** Orders NULL, then numbers, then text. */
export function compareCells(left: Cell, right: Cell): number {
  // Two infinities have no difference to sort by.
  if (typeof left === 'number' && typeof right === 'number') {
    return left < right ? -1 : left > right ? 1 : 0
  }
  const leftRank = rank(left)
  const rightRank = rank(right)
  if (leftRank !== rightRank) return leftRank - rightRank
  return String(left) < String(right) ? -1 : String(left) > String(right) ? 1 : 0
}

function rank(cell: Cell): number {
  if (cell === null) return 0
  return typeof cell === 'number' ? 1 : 2
}
