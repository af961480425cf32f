/** "blocked cards", "users who are not verified": rows by a column of yes and no. */
import { type Catalog, findColumn } from '../../../data/catalog.js'
import type { Item } from '../items/item.js'
import { isNegation, said } from '../items/item-words.js'

export function readFlags(items: readonly Item[], catalog: Catalog): readonly Item[] {
  return items.flatMap((item, at): readonly Item[] => {
    const column = flagOf(item, catalog)
    const negated = isNegation(items[at - 1])
    if (isNegation(item) && flagOf(items[at + 1], catalog) && chooses(items, at + 1)) return []
    if (!column || !chooses(items, at)) return [item]
    const { phrase, from, to } = item
    const filter = { column, comparator: '=', values: [!negated], phrase } as const
    return [{ kind: 'filters' as const, phrase, from, to, filters: [filter] }]
  })
}

function flagOf(item: Item | undefined, catalog: Catalog) {
  const best = item?.kind === 'mention' ? item.candidates[0] : undefined
  if (best?.kind !== 'column' || best.column === undefined) return undefined
  const column = { table: best.table, column: best.column }
  return findColumn(catalog, column)?.kind === 'boolean' ? column : undefined
}

/** Said of rows: "blocked cards", "cards that are blocked"; "by blocked" groups instead. */
function chooses(items: readonly Item[], at: number): boolean {
  const next = items[at + 1]
  const flag = items[at]
  const own = flag?.kind === 'mention' ? flag.candidates[0]?.table : undefined
  const before = isNegation(items[at - 1]) ? items[at - 2] : items[at - 1]
  const adjective = next?.kind === 'mention' && next.candidates[0]?.table === own
  const grouped = before?.kind === 'cue' && ['group', 'list', 'order'].includes(before.cue.kind)
  return (adjective && !grouped) || /^(is|are|was|were|that are|who are)$/.test(said(before))
}
