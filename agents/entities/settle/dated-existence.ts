/** Settles what must have happened in one period and must, or must not, have happened in another. */
import type { Catalog } from '../../../data/catalog.js'
import { childrenOf, parentsOf } from '../../../data/relationship-graph.js'
import type { Draft } from '../draft.js'
import type { Existence } from '../entities.js'
import type { Surroundings } from './resolve-columns.js'
import { nearestDate } from './resolve-time.js'

/** Undefined where nothing that happened can be told apart by period. */
export function datedExistence(
  { periodSets, timeHints }: Draft,
  existence: readonly Existence[],
  { catalog, base }: Surroundings,
): readonly Existence[] | undefined {
  if (periodSets.length === 0) return existence
  const told = existence.find(({ exists, period }) => exists && !period)
  const hinted = timeHints.flatMap(({ candidates }) => candidates[0]?.table ?? [])
  const table = told?.table ?? childReaching(hinted, base, catalog)
  const column = table === undefined ? undefined : nearestDate(catalog, table)
  if (table === undefined || !column) return undefined
  const phrase = told?.phrase ?? table
  const sets = periodSets.map(({ period, exists }) => ({ table, exists, phrase, period, column }))
  return [...existence.filter((each) => each !== told), ...sets]
}

/** The nearest detail table of the base that is, or that leads to, what a date's verb points at. */
function childReaching(
  tables: readonly string[],
  base: string | undefined,
  catalog: Catalog,
): string | undefined {
  if (base === undefined) return undefined
  const own = parentsOf(catalog, base)
  const apart = tables.filter((name) => !own.has(name))
  const children = [...childrenOf(catalog, base)].sort((a, b) => a[1] - b[1])
  return children
    .map(([child]) => child)
    .find((child) => child !== base && apart.some((name) => parentsOf(catalog, child).has(name)))
}
