/** "with its reason and date": whatever date the rows have, though no column is called so. */
import type { Catalog } from '../../../data/catalog.js'
import type { Item, MentionItem } from '../items/item.js'
import { mentionAt, said } from '../items/item-words.js'

export function readListedDates(items: readonly Item[], catalog: Catalog): readonly Item[] {
  const at = items.findIndex(
    (item, here) => item.kind === 'word' && /^dates?$/.test(said(item)) && isListed(items, here),
  )
  const word = items[at]
  const candidates = catalog.tables.flatMap((table) =>
    table.columns
      .filter(({ kind }) => kind === 'date' || kind === 'timestamp')
      .map(
        ({ name }) => ({ kind: 'column', table: table.name, column: name, weight: 0.6 }) as const,
      ),
  )
  if (!word || candidates.length === 0) return items
  const { phrase, from, to } = word
  const date: MentionItem = {
    kind: 'mention',
    phrase,
    from,
    to,
    candidates,
    money: false,
    verb: false,
  }
  return [...items.slice(0, at), date, ...items.slice(at + 1)]
}

/** Named in one breath with a column. */
function isListed(items: readonly Item[], at: number): boolean {
  const before = said(items[at - 1]) === 'and' && mentionAt(items, at - 2)
  const after = said(items[at + 1]) === 'and' && mentionAt(items, at + 2)
  return [before, after].some((named) => named && named.candidates[0]?.kind === 'column')
}
