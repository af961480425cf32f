/** "promotion_id is null", "with a null closing date", "where the end is not null": rows by whether a column holds anything. */
import { type Catalog, findColumn } from '../../../data/catalog.js'
import type { Item, MentionItem } from '../items/item.js'
import { isNegation, mentionAt, said, spanOf } from '../items/item-words.js'

export function readNullTests(items: readonly Item[], catalog: Catalog): readonly Item[] {
  const at = items.findIndex(
    (item) => item.kind !== 'value' && /^(null|unknown|blank|empty)$/.test(said(item)),
  )
  if (at === -1) return items
  const negated = isNegation(items[at - 1])
  const opens = negated ? at - 1 : at
  const after = nullable(mentionAt(items, at + 1), catalog)
  const before = pastBack(items, opens)
  const named = after ?? nullable(mentionAt(items, before), catalog)
  if (!named) return items
  const from = after ? opens : before
  const to = after ? at + 2 : at + 1
  const span = spanOf(items, from, to)
  const comparator = negated ? 'is not null' : 'is null'
  const filter = { column: named, comparator, values: [], phrase: span.phrase } as const
  return [
    ...items.slice(0, from),
    { kind: 'filters', ...span, filters: [filter] },
    ...items.slice(to),
  ]
}

/** Position of the name before "is". */
function pastBack(items: readonly Item[], at: number): number {
  let before = at - 1
  while (before > 0 && /^(is|are|was|were|that|which|=)$/.test(said(items[before]))) before -= 1
  return before
}

/** The column among those a name may mean that can lack a value. */
function nullable(mention: MentionItem | undefined, catalog: Catalog) {
  for (const { kind, table, column } of mention?.candidates ?? []) {
    if (kind !== 'column' || column === undefined) continue
    if (findColumn(catalog, { table, column })?.nullable) return { table, column }
  }
  return undefined
}
