/** "Is X still open?", "Is Y a premium client?": asks for the state that a row is in, which an empty answer would not tell. */
import { type Catalog, type ColumnReference, findTable } from '../../../data/catalog.js'
import { stem } from '../../../rag/words.js'
import type { Item, MentionItem } from '../items/item.js'
import { pastDeterminers, said } from '../items/item-words.js'
import { displayColumn, identifierStems } from '../schema/schema-terms.js'
import { dateRangeOf } from './date-ranges.js'

export function readStates(items: readonly Item[], catalog: Catalog): readonly Item[] {
  const [opening] = items
  const at = pastDeterminers(items, 1)
  const named = items[at]
  if (!/^(is|are|was|were)$/.test(said(opening)) || named?.kind !== 'value') return items
  const link = named.links.find(({ column }) => isName(column, catalog))
  if (!opening || !link) return items
  const { table } = link.column
  const rest = items.slice(at + 1).filter(({ kind }) => kind !== 'word')
  const state = rest.map((item) => stateColumn(item, table, catalog)).find((column) => column)
  const known = rest.every((item) => stateColumn(item, table, catalog) || namesTable(item, table))
  if (!state || !known) return items
  const span = { from: opening.from, to: opening.to, phrase: state.column }
  const candidates = [{ kind: 'column' as const, ...state, weight: 2 }]
  const asked: MentionItem = { kind: 'mention', ...span, candidates, money: false, verb: false }
  return [{ kind: 'cue', cue: { kind: 'list' }, ...span, phrase: 'show' }, asked, named]
}

function isName({ table, column }: ColumnReference, catalog: Catalog): boolean {
  const found = findTable(catalog, table)
  return found !== undefined && displayColumn(found)?.name === column
}

/** The column of the named row that holds the state asked about. */
function stateColumn(item: Item, table: string, catalog: Catalog): ColumnReference | undefined {
  const links = item.kind === 'value' ? item.links : item.kind === 'mention' ? item.values : []
  const held = links?.find(({ column }) => column.table === table && !isName(column, catalog))
  if (held) return { table, column: held.column.column }
  if (!/^(open|opened|closed|active|running|valid|ongoing|live)$/.test(said(item))) return undefined
  const states = ['status', 'state'].map(stem)
  const status = findTable(catalog, table)?.columns.find(
    ({ kind, name }) =>
      kind === 'text' && identifierStems(name).some((word) => states.includes(word)),
  )
  return status ? { table, column: status.name } : dateRangeOf(catalog, table)?.end
}

function namesTable(item: Item, table: string): boolean {
  return (
    item.kind === 'mention' &&
    item.candidates[0]?.kind === 'table' &&
    item.candidates[0].table === table
  )
}
