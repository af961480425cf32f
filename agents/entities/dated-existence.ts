/** Settles what must have happened in one period and must, or must not, have happened in another. */
import { childrenOf } from '../../data/relationship-graph.js'
import type { Draft } from './draft.js'
import type { Existence } from './entities.js'
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
  const children = base === undefined ? new Map<string, number>() : childrenOf(catalog, base)
  const hinted = timeHints.flatMap(({ candidates }) => candidates[0]?.table ?? [])
  const table = told?.table ?? hinted.find((name) => name !== base && children.has(name))
  const column = table === undefined ? undefined : nearestDate(catalog, table)
  if (table === undefined || !column) return undefined
  const phrase = told?.phrase ?? table
  const sets = periodSets.map(({ period, exists }) => ({ table, exists, phrase, period, column }))
  return [...existence.filter((each) => each !== told), ...sets]
}
