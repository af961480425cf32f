/** "opened in 2022 or 2023": either time will do, so the two are one stretch. */
import type { Period } from '../entities.js'
import type { Item } from '../items/item.js'
import { said, spanOf } from '../items/item-words.js'

export function joinPeriods(items: readonly Item[]): readonly Item[] {
  for (let at = 1; at < items.length - 1; at += 1) {
    const [first, last] = [items[at - 1], items[at + 1]]
    if (said(items[at]) !== 'or' || first?.kind !== 'period' || last?.kind !== 'period') continue
    const period = joined(first.period, last.period)
    if (!period) continue
    const either: Item = { kind: 'period', ...spanOf(items, at - 1, at + 2), period }
    return joinPeriods([...items.slice(0, at - 1), either, ...items.slice(at + 2)])
  }
  return items
}

/** Only periods that follow on each other are one. */
function joined(first: Period, last: Period): Period | undefined {
  const [early, late] = first.start < last.start ? [first, last] : [last, first]
  if (early.end !== late.start) return undefined
  return { start: early.start, end: late.end, label: `${first.label} or ${last.label}` }
}
