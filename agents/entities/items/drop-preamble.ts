/** Drops what people say of themselves before they ask: "I hope you can help: I am preparing a talk and need to know …". */
import type { Cue } from '../words/cue.js'
import type { Item } from './item.js'
import { said } from './item-words.js'

const asking = /\b(know|tell|show|see|list|give|find|need|want|like|help|share|get|wondering)\b/
const selves = /^(i|we)$/
/** A word behind one of these says where or whose: it would choose rows. */
const choosing = /^(in|of|at|from|with|by|on|about|within|across|per|the)$/
/** What people ask for the sake of. */
const occasions =
  /^(reports?|presentations?|slides?|decks?|meetings?|analysis|paper|memo|board|boss|manager|colleagues?|team|newsletter|audit|homework|thesis)$/

export function dropPreamble(items: readonly Item[]): readonly Item[] {
  const opens = items.findIndex(isContent)
  const lead = opens === -1 ? [] : items.slice(0, opens)
  const idle = new Set<Item>()
  lead.forEach((item, at) => {
    const before = said(lead[at - 1])
    const asked = lead.slice(at + 1).some((next) => asking.test(said(next)))
    if (item.kind !== 'unknown' || !asked) return
    const ofSelf = lead.slice(0, at).some((word) => selves.test(said(word)))
    const occasion = /^(my|our|a|an|the)$/.test(before) && occasions.test(said(item))
    if (occasion || (ofSelf && !choosing.test(before))) idle.add(item)
  })
  return items.filter((item) => !idle.has(item))
}

const figures: ReadonlySet<Cue['kind']> = new Set<Cue['kind']>([
  'how_many',
  'aggregate',
  'rank',
  'group',
  'trend',
  'compare',
  'share',
  'growth',
])

function isContent(item: Item): boolean {
  if (item.kind === 'cue') return figures.has(item.cue.kind)
  return item.kind !== 'word' && item.kind !== 'unknown'
}
