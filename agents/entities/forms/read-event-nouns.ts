/** "sign-ups per month", "store closures in 2024": rows counted by the date on which it happened to them. */
import type { Catalog, Column } from '../../../data/catalog.js'
import { stem } from '../../../rag/words.js'
import type { Item, MentionItem } from '../items/item.js'
import { said } from '../items/item-words.js'
import { identifierStems } from '../schema/schema-terms.js'

const arrivals = ['join', 'signed', 'register', 'enrolled', 'subscribed']
const events: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    signups: arrivals,
    registrations: arrivals,
    joiners: arrivals,
    openings: ['opened'],
    closures: ['closed'],
    closings: ['closed'],
    launches: ['launched'],
    hires: ['hired'],
  }).map(([noun, verbs]) => [noun, verbs.map(stem)] as const),
)

export function readEventNouns(items: readonly Item[], catalog: Catalog): readonly Item[] {
  for (let at = 0; at < items.length; at += 1) {
    const pair = `${said(items[at])}${said(items[at + 1])}`
    const length = events.has(pair) ? 2 : 1
    const dated = datedTable(events.get(length === 2 ? pair : said(items[at])), catalog)
    const item = items[at]
    if (!item || !dated || (item.kind === 'mention' && item.candidates[0]?.kind === 'table'))
      continue
    const owner = items[at - 1]
    // "store closures" name whose they are.
    const named = owner?.kind === 'mention' && owner.candidates[0]?.table === dated.table
    const from = named ? at - 1 : at
    const { phrase } = item
    const span = { phrase, from: item.from, to: item.to }
    const counting: Item = { kind: 'cue', cue: { kind: 'how_many' }, ...span }
    const rows = mention(span, { kind: 'table', table: dated.table, weight: 1 })
    const date = mention(
      { ...span, phrase: dated.column },
      { kind: 'column', table: dated.table, column: dated.column, weight: 1 },
    )
    const asked = items
      .slice(0, from)
      .some((each) => each.kind === 'cue' && each.cue.kind === 'how_many')
    const counted = asked ? [rows, date] : [counting, rows, date]
    return [...items.slice(0, from), ...counted, ...items.slice(at + length)]
  }
  return items
}

/** The one table with a date of that name. */
function datedTable(verbs: readonly string[] | undefined, catalog: Catalog) {
  if (!verbs) return undefined
  const isDated = ({ kind, name }: Column) =>
    (kind === 'date' || kind === 'timestamp') &&
    identifierStems(name).some((word) => verbs.includes(word))
  const found = catalog.tables.flatMap((table) => {
    const column = table.columns.find(isDated)
    return column ? [{ table: table.name, column: column.name }] : []
  })
  return found.length === 1 ? found[0] : undefined
}

type Spoken = Pick<MentionItem, 'phrase' | 'from' | 'to'>

function mention(span: Spoken, candidate: MentionItem['candidates'][number]): MentionItem {
  return { kind: 'mention', ...span, candidates: [candidate], money: false, verb: false }
}
