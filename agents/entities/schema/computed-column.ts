/** What two columns give together for each row: price less cost, days from order to delivery. */
import { type Catalog, type ColumnReference, findColumn } from '../../../data/catalog.js'
import { parentsOf } from '../../../data/relationship-graph.js'
import type { Candidate } from './link-schema.js'

/** `days` counts from `left` to `right`; `days_with_last` counts both ends. */
export type Operator = '+' | '-' | '*' | '/' | 'days' | 'days_with_last'

/** Stands where a column stands; `table` and `column` are those of the side that has a row for each result. */
export interface ComputedColumn extends ColumnReference {
  readonly operator: Operator
  readonly left: ColumnReference
  readonly right: ColumnReference
}

export interface WeightedColumn extends ColumnReference {
  readonly weight: number
}

const sameTableBonus = 0.3
/** No column is called what two give together, so that the nearer of two readings is taken without asking. */
const notLiteral = 0.69

export function isComputed(reference: ColumnReference): reference is ComputedColumn {
  return 'operator' in reference
}

/** Every pair of columns whose rows go together, likeliest first. */
export function computedCandidates(
  catalog: Catalog,
  operator: Operator,
  left: readonly WeightedColumn[],
  right: readonly WeightedColumn[],
): readonly Candidate[] {
  const pairs = left.flatMap((first) =>
    right.flatMap((second) => {
      const finer = finerOf(catalog, first, second)
      if (!finer || isSame(first, second)) return []
      const { table, column } = finer
      const computed = { table, column, operator, left: plain(first), right: plain(second) }
      const bonus = first.table === second.table ? sameTableBonus : 0
      const weight = ((first.weight + second.weight) / 2) * notLiteral + bonus
      return [{ kind: 'column' as const, table, column, weight, computed }]
    }),
  )
  const ranked = pairs.sort((a, b) => b.weight - a.weight)
  return ranked.filter(({ weight }) => weight >= (ranked[0]?.weight ?? 0) - sameTableBonus / 2)
}

/** The columns that names of a kind may mean. */
export function columnsNamed(
  catalog: Catalog,
  candidates: readonly Candidate[],
  accepts: (kind: string, reference: ColumnReference) => boolean,
): readonly WeightedColumn[] {
  return candidates.flatMap(({ table, column, weight }) => {
    const reference = { table, column: column ?? '' }
    const found = findColumn(catalog, reference)
    return found && accepts(found.kind, reference) ? [{ ...reference, weight }] : []
  })
}

/** The side of which one row determines the row of the other. */
function finerOf(
  catalog: Catalog,
  first: ColumnReference,
  second: ColumnReference,
): ColumnReference | undefined {
  if (parentsOf(catalog, first.table).has(second.table)) return first
  return parentsOf(catalog, second.table).has(first.table) ? second : undefined
}

function isSame(a: ColumnReference, b: ColumnReference): boolean {
  return a.table === b.table && a.column === b.column
}

function plain({ table, column }: ColumnReference): ColumnReference {
  return { table, column }
}
