/** "the orders table", "column amount": the words beside a name only say what it is the name of. */
import type { Candidate } from '../schema/link-schema.js'
import type { Item } from './item.js'
import { said } from './item-words.js'

const kinds: ReadonlyMap<string, Candidate['kind']> = new Map([
  ['table', 'table'],
  ['tables', 'table'],
  ['column', 'column'],
  ['columns', 'column'],
])

export function dropKindWords(items: readonly Item[]): readonly Item[] {
  return items.filter(
    (item, at) => !saysKindOf(item, items[at - 1]) && !saysKindOf(item, items[at + 1]),
  )
}

function saysKindOf(item: Item, named: Item | undefined): boolean {
  const kind = kinds.get(said(item))
  if (item.kind !== 'unknown' || named?.kind !== 'mention' || kind === undefined) return false
  return named.candidates[0]?.kind === kind
}
