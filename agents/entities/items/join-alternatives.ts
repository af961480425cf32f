/** Marks conditions that "or" joins: on different columns of one table, either may hold. */
import type { Filter } from '../entities.js'
import type { Item } from './item.js'

/** Only where "or" joins all the conditions there are: with others beside them, what "or" spans is a guess. */
export function joinAlternatives(
  items: readonly Item[],
  filters: readonly Filter[],
): readonly Filter[] {
  const joined = items.flatMap((item, at) => {
    if (item.kind !== 'word' || item.word !== 'or') return []
    const before = items.slice(0, at).findLast(isCondition)
    const after = items.slice(at + 1).find(isCondition)
    return before && after ? [before.phrase, after.phrase] : []
  })
  const [first] = filters
  const all =
    filters.length > 1 &&
    filters.every(
      (filter) =>
        filter.column.table === first?.column.table &&
        filter.comparator !== '<>' &&
        joined.includes(filter.phrase),
    )
  return all ? filters.map((filter) => ({ ...filter, alternative: true })) : filters
}

/** What a condition is read from. */
export function isCondition({ kind }: Item): boolean {
  return ['value', 'number', 'period', 'part'].includes(kind)
}
