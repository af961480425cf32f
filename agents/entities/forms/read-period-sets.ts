/** "bought in November but not in December", "in both years": the same rows are asked for in each of two periods. */
import type { PeriodSet } from '../draft.js'
import type { Item } from '../items/item.js'
import { isNegation, said, spanOf } from '../items/item-words.js'

export function readPeriodSets(items: readonly Item[]): readonly Item[] {
  const places = items.flatMap((item, at) => (item.kind === 'period' ? [at] : []))
  const [first, second] = places
  if (first === undefined || second === undefined || places.length > 2) return items
  const between = items.slice(first + 1, second)
  const negated = between.some((item) => isNegation(item) || isAbsence(item))
  const both = items.findIndex((item) => said(item) === 'both')
  const repeated = repeats(items.slice(first + 1, second + 1))
  if (!negated && both === -1 && !repeated) return items
  if (!between.every((item) => connects(item))) return items
  const periodOf = (at: number) => (items[at]?.kind === 'period' ? items[at].period : undefined)
  const [one, other] = [periodOf(first), periodOf(second)]
  if (!one || !other) return items
  const sets: readonly PeriodSet[] = [
    { period: one, exists: true },
    { period: other, exists: !negated },
  ]
  const span = spanOf(items, first, second + 1)
  const read: Item = { kind: 'period_sets', ...span, sets, certain: negated || both !== -1 }
  return [...items.slice(0, first), read, ...items.slice(second + 1)].filter(
    (item) => said(item) !== 'both',
  )
}

/** "and in February", "and again February": said as another time, not as the other end of one. */
function repeats(items: readonly Item[]): boolean {
  return /^and (also |again |then )*(in|during|on)\b|^and (also|again|then)\b/.test(
    items.map(said).join(' '),
  )
}

/** Small words, and the verb said again. */
function connects(item: Item): boolean {
  return (
    item.kind === 'word' ||
    isNegation(item) ||
    isAbsence(item) ||
    (item.kind === 'mention' && item.verb)
  )
}

function isAbsence(item: Item): boolean {
  return item.kind === 'cue' && item.cue.kind === 'absent'
}
