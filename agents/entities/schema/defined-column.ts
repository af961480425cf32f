/** What a term of the business stands for, where a column could stand. */
import type { ColumnReference } from '../../../data/catalog.js'
import type { CatalogTerm, TermAggregate } from '../../../data/defined-term.js'
import type { ComputedColumn } from './computed-column.js'

/** Perhaps computed of two columns; `usually` is how it is aggregated unless a question says otherwise. */
export type DefinedColumn = (ColumnReference | ComputedColumn) & {
  readonly usually?: TermAggregate
  readonly distinct?: boolean
}

/** Undefined for what rules cannot use: values, and expressions that are not simple enough. */
export function definedColumn({
  table,
  column,
  value,
  read,
}: CatalogTerm): DefinedColumn | undefined {
  if (value !== undefined) return undefined
  if (column !== undefined) return { table, column }
  if (!read) return undefined
  const { aggregate, distinct, left, operator, right } = read
  const usually = aggregate && { usually: aggregate, ...(distinct && { distinct }) }
  if (operator === undefined || right === undefined) return { ...left, ...usually }
  return { ...left, operator, left, right, ...usually }
}

/** Stands for a number of rows or of different values, and so is a number whatever its column holds. */
export function isCount(defined: DefinedColumn | undefined): boolean {
  return defined?.usually === 'count'
}

export function usualOf(reference: ColumnReference): TermAggregate | undefined {
  return 'usually' in reference ? (reference as DefinedColumn).usually : undefined
}
