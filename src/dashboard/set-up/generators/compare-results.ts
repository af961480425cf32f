/** Whether two results are the same, whatever their columns are called. */
import type { Value } from '../../../../data/catalog.js'
import type { ResultColumn } from '../../../../data/database.js'

export interface ComparedResult {
  readonly columns: readonly Pick<ResultColumn, 'kind'>[]
  readonly rows: readonly (readonly Value[])[]
  readonly truncated: boolean
}

export type ResultComparison = {
  /** Rows that were left out may differ. */ readonly isPartial: boolean
} & (
  | { readonly kind: 'equal' }
  /** The same rows in another order. */
  | { readonly kind: 'reordered' }
  /** How many each has. */
  | { readonly kind: 'columns'; readonly left: number; readonly right: number }
  /** How many rows only one of them has. */
  | { readonly kind: 'rows'; readonly left: number; readonly right: number }
)

/** Sums differ in their last digits with the order of adding. */
const significantDigits = 10

export function compareResults(left: ComparedResult, right: ComparedResult): ResultComparison {
  const isPartial = left.truncated || right.truncated
  const columns = { left: left.columns.length, right: right.columns.length }
  if (columns.left !== columns.right) return { kind: 'columns', isPartial, ...columns }
  const lefts = rowTexts(left)
  const rights = rowTexts(right)
  if (lefts.length === rights.length && lefts.every((text, at) => text === rights[at])) {
    return { kind: 'equal', isPartial }
  }
  const only = { left: countMissing(lefts, rights), right: countMissing(rights, lefts) }
  if (only.left === 0 && only.right === 0) return { kind: 'reordered', isPartial }
  return { kind: 'rows', isPartial, ...only }
}

function rowTexts({ columns, rows }: ComparedResult): readonly string[] {
  return rows.map((row) =>
    JSON.stringify(row.map((value, at) => comparable(value, columns[at]?.kind))),
  )
}

/** Whole numbers beyond 2^53 arrive as text and are compared digit by digit. */
function comparable(value: Value, kind: ResultColumn['kind'] | undefined): Value {
  if (value === null || kind !== 'number') return value
  const number = Number(value)
  const isExact =
    typeof value === 'string' && !Number.isSafeInteger(number) && /^-?\d+$/.test(value)
  return isExact || Number.isNaN(number) ? value : Number(number.toPrecision(significantDigits))
}

/** How many of the first are not among the second, equal ones counted. */
function countMissing(texts: readonly string[], others: readonly string[]): number {
  const left = new Map<string, number>()
  for (const text of others) left.set(text, (left.get(text) ?? 0) + 1)
  return texts.filter((text) => {
    const count = left.get(text) ?? 0
    if (count > 0) left.set(text, count - 1)
    return count === 0
  }).length
}
