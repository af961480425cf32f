/** When two cells of two results say the same. */
import type { Value } from '../catalog.js'

/** Relative difference below which two numbers are the same number. */
export const NUMBER_TOLERANCE = 1e-6

/** Plain decimal notation: numbers too long for a double travel as such text. */
const DECIMAL_TEXT = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/
const MIDNIGHT = /^(\d{4}-\d{2}-\d{2})[ T]00:00:00(?:\.0+)?(?:Z|\+00(?::?00)?)?$/

/** A cell reduced to what the comparison looks at; apply once to a whole result. */
export type Cell = string | number | null

/** Booleans become 1 and 0, decimal text a number, a timestamp at midnight its date. */
export function toCell(value: Value): Cell {
  if (typeof value === 'boolean') return value ? 1 : 0
  if (typeof value !== 'string') return value
  if (DECIMAL_TEXT.test(value)) return Number(value)
  return MIDNIGHT.exec(value)?.[1] ?? value
}

/** NULL equals NULL only; two whole numbers must be equal, so that large keys stay apart. */
export function cellsEqual(left: Cell, right: Cell): boolean {
  if (typeof left !== 'number' || typeof right !== 'number') return left === right
  if (left === right) return true
  if (Number.isInteger(left) && Number.isInteger(right)) return false
  return Math.abs(left - right) <= NUMBER_TOLERANCE * Math.max(Math.abs(left), Math.abs(right))
}

/** Orders NULL, then numbers, then text. */
export function compareCells(left: Cell, right: Cell): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right
  const leftRank = rank(left)
  const rightRank = rank(right)
  if (leftRank !== rightRank) return leftRank - rightRank
  return String(left) < String(right) ? -1 : String(left) > String(right) ? 1 : 0
}

function rank(cell: Cell): number {
  if (cell === null) return 0
  return typeof cell === 'number' ? 1 : 2
}
