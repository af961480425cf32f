/** Drops names that only say whose value a value is: "the business segment", "a first name of Ann". */
import { type Catalog, findTable } from '../../../data/catalog.js'
import { displayColumn } from '../schema/schema-terms.js'
import type { Item, MentionItem } from './item.js'

/** "business segment" and "category Electronics" are the value; the name beside it only says whose value it is. */
export function absorbColumnNames(items: readonly Item[], catalog: Catalog): readonly Item[] {
  const absorbed = new Set<number>()
  const settled = items.map((item, at) => {
    if (item.kind !== 'value') return item
    for (const beside of [at + 1, nameBefore(items, at)]) {
      const mention = items[beside]
      if (mention?.kind !== 'mention' || absorbed.has(beside)) continue
      const links = item.links.filter((link) => namesColumnOf(mention, link.column, catalog))
      if (links.length === 0) continue
      absorbed.add(beside)
      return { ...item, links }
    }
    if (isKind(items[at + 1])) absorbed.add(at + 1)
    return item
  })
  return settled.filter((_, at) => !absorbed.has(at))
}

/** "in cancelled state": a word for what kind of thing the value is. */
function isKind(item: Item | undefined): boolean {
  const named = item?.kind === 'mention' || item?.kind === 'unknown'
  return named && /^(state|status|condition)$/i.test(item.phrase)
}

const connectingWords = new Set([
  'is',
  'are',
  'was',
  'were',
  'be',
  'as',
  'of',
  'the',
  'a',
  'an',
  'that',
])
/** "headquartered in Oslo": what was done somewhere. */
const placingWords = new Set(['in', 'at', 'on', 'by'])

/** Position of the name that "is", "is not", "as", "of" or nothing at all connects with the value. */
function nameBefore(items: readonly Item[], at: number): number {
  let before = at - 1
  for (; before >= 0; before -= 1) {
    const item = items[before]
    const connects =
      (item?.kind === 'word' && connectingWords.has(item.word)) ||
      (item?.kind === 'word' && placingWords.has(item.word) && isDone(items[before - 1])) ||
      (item?.kind === 'word' && item.word === 'in' && isNamed(items[before - 1], placeNames)) ||
      (item?.kind === 'cue' && item.cue.kind === 'match' && item.cue.pattern === 'contains') ||
      (item?.kind === 'cue' && item.cue.kind === 'negate') ||
      (item?.kind === 'cue' &&
        item.cue.kind === 'comparator' &&
        /^(=|<>)$/.test(item.cue.comparator))
    if (!connects) break
  }
  const negated = items
    .slice(before + 1, at)
    .some((item) => item.kind === 'cue' && item.cue.kind === 'negate' && item.phrase !== 'not')
  const linked = items.slice(before + 1, at).some((item) => item.kind === 'word')
  // "by client excluding Alma" groups by client; "whose client is not Alma" does not.
  return negated && !linked ? -1 : before
}

/** "an address in Oslo": the address is a row of the table that tells the town. */
function standsFor(mention: MentionItem, other: string, { relationships }: Catalog): boolean {
  const [best] = mention.candidates
  if (!best || !isNamed(mention, placeNames)) return false
  if (best.kind === 'table') return best.table === other
  return relationships.some(
    (r) => r.from.table === best.table && r.from.column === best.column && r.to.table === other,
  )
}

const placeNames = /address|location/i

function isNamed(item: Item | undefined, words: RegExp): boolean {
  return item?.kind === 'mention' && words.test(item.phrase)
}

function isDone(item: Item | undefined): boolean {
  return item?.kind === 'mention' && /ed$/i.test(item.phrase)
}

function namesColumnOf(
  mention: MentionItem,
  column: { readonly table: string; readonly column: string },
  catalog: Catalog,
): boolean {
  return mention.candidates.some((candidate) => {
    if (candidate === mention.candidates[0] && standsFor(mention, column.table, catalog))
      return true
    if (candidate.table !== column.table) return false
    if (candidate.kind === 'column') return candidate.column === column.column
    const table = findTable(catalog, candidate.table)
    return table !== undefined && displayColumn(table)?.name === column.column
  })
}
