/** "how many orders does a customer make on average", "orders per customer on average": said as the average it is. */
import type { Catalog } from '../../../data/catalog.js'
import { parentsOf } from '../../../data/relationship-graph.js'
import type { Item, MentionItem } from '../items/item.js'
import { said } from '../items/item-words.js'
import { principalAmount } from '../schema/principal-amount.js'
import type { Cue } from '../words/cue.js'

export function readAverages(items: readonly Item[], catalog: Catalog): readonly Item[] {
  const average = items.find((item) => /^(on average|typically|usually)$/.test(said(item)))
  const spread = items.some(
    (item) => item.kind === 'grain' && /^(per|each|every|a) /i.test(item.phrase),
  )
  // "sales per day on average" is the average number of sales per day.
  if (average && spread) return [average, ...items.filter((item) => item !== average)]
  const unitAt = items.findIndex(
    (item, at) =>
      item.kind === 'mention' && /^(a|an|each|every|per|one)$/.test(said(items[at - 1])),
  )
  const unit = items[unitAt]
  const measured = items.find((item) => item.kind === 'mention' && item !== unit)
  if (!average || unit?.kind !== 'mention' || measured?.kind !== 'mention') return items
  const opens = items.slice(0, unitAt).find((item) => asksHowMuch(item))
  const counted = !measured.money || said(opens) === 'how many'
  if (counted ? !determines(measured, unit, catalog) : !isTable(unit)) return items
  const used = new Set<Item | undefined>([average, opens, measured, unit, items[unitAt - 1]])
  const rest = items.filter((item) => !used.has(item))
  // Another name in between would be read in a place it was not said in.
  if (!opens && said(items[unitAt - 1]) !== 'per') return items
  const counting = counted ? [cue({ kind: 'how_many' }, 'number of', measured)] : []
  const mean = cue({ kind: 'aggregate', aggregate: 'avg' }, 'average', measured)
  return [mean, ...counting, measured, cue({ kind: 'group' }, 'per', unit), unit, ...rest]
}

function asksHowMuch(item: Item): boolean {
  return /^(how many|how much|how much does|how much do)$/.test(said(item))
}

function isTable({ candidates }: MentionItem): boolean {
  return candidates[0]?.kind === 'table'
}

/** "who spends more per order on average": what an order comes to is what its row holds. */
export function readRowAverages(items: readonly Item[], catalog: Catalog): readonly Item[] {
  const average = items.find((item) => /^(on average|typically|usually)$/.test(said(item)))
  const at = items.findIndex((item) => said(item) === 'per')
  const [per, unit] = items.slice(at, at + 2)
  const measured = items.find((item) => item.kind === 'mention' && item.money)
  if (!average || at === -1 || unit?.kind !== 'mention' || !measured || unit === measured)
    return items
  if (!isRowOf(unit, catalog)) return items
  const used = new Set<Item | undefined>([average, measured, per, unit])
  const mean = cue({ kind: 'aggregate', aggregate: 'avg' }, 'average', measured)
  return [mean, measured, ...items.filter((item) => !used.has(item))]
}

/** Rows that hold the money themselves. */
function isRowOf({ candidates }: MentionItem, catalog: Catalog): boolean {
  const [best] = candidates
  return best?.kind === 'table' && principalAmount(catalog, [], best.table)?.table === best.table
}

/** Whether each of what is counted belongs to one of the units. */
function determines(counted: MentionItem, unit: MentionItem, catalog: Catalog): boolean {
  const [rows, owner] = [counted, unit].map(
    ({ candidates }) => candidates.find(({ kind }) => kind === 'table')?.table,
  )
  return (
    rows !== undefined &&
    owner !== undefined &&
    rows !== owner &&
    parentsOf(catalog, rows).has(owner)
  )
}

function cue(meaning: Cue, phrase: string, { from }: Item): Item {
  return { kind: 'cue', cue: meaning, phrase, from, to: from }
}
