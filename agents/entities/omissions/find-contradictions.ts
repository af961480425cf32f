/** Finds conditions that a row cannot meet, or that are joined in a way the reading does not keep. */
import type { Entities, Filter } from '../entities.js'
import type { Item } from '../items/item.js'
import { isCondition } from '../items/join-alternatives.js'

/** Conditions are joined by "and"; only values of one column are alternatives. */
export function alternatives(items: readonly Item[], { filters }: Entities): readonly string[] {
  if (filters.some(({ alternative }) => alternative)) return []
  return items.flatMap((item, at) => {
    if (item.kind !== 'word' || item.word !== 'or') return []
    const before = items.slice(0, at).findLast(isCondition)
    const after = items.slice(at + 1).find(isCondition)
    if (!before || !after || (before.kind === 'period' && after.kind === 'period')) return []
    const values = [before, after].flatMap((each) => (each.kind === 'value' ? each.links : []))
    const together = filters.some(
      (f) =>
        f.comparator === '=' &&
        [before, after].every(
          (each) =>
            each.kind === 'value' &&
            each.links.some(
              ({ column, value }) =>
                column.table === f.column.table &&
                column.column === f.column.column &&
                f.values.includes(value),
            ),
        ),
    )
    return together && values.length > 0
      ? []
      : [`Only values of one column can be alternatives: “${before.phrase} or ${after.phrase}”.`]
  })
}

/** No row is both above 50 and below 20, nor of two cities: other rows of the same thing are meant. */
export function contradictions(
  items: readonly Item[],
  filters: readonly Filter[],
): readonly string[] {
  const both = items.some((item) => item.kind === 'word' && item.word === 'both')
  if (both && filters.length === 0) return ['It is not clear what “both” is about.']
  const twice = filters.filter(
    (f) => f.comparator === '=' && (f.values.length > 1 ? both : isBoundTwice(f, filters)),
  )
  if (filters.some(({ alternative }) => alternative)) return []
  const crossed = filters.filter((lower) =>
    filters.some(
      (upper) =>
        sameColumn(lower, upper) &&
        /^>/.test(lower.comparator) &&
        /^</.test(upper.comparator) &&
        Number(lower.values[0]) > Number(upper.values[0]),
    ),
  )
  return [...twice, ...crossed].map(
    ({ column }) => `One row cannot have two values of ${column.column} at once.`,
  )
}

function isBoundTwice(filter: Filter, filters: readonly Filter[]): boolean {
  return filters.some(
    (other) =>
      other !== filter &&
      sameColumn(filter, other) &&
      other.comparator === '=' &&
      other.values[0] !== filter.values[0],
  )
}

function sameColumn(a: Filter, b: Filter): boolean {
  return a.column.table === b.column.table && a.column.column === b.column.column
}
