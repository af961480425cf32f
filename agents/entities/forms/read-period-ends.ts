/** "at the end of 2020", "at the beginning of May": one day, not the whole period. */

import type { Item } from '../items/item.js'
import { said } from '../items/item-words.js'
import { addUnits } from '../words/calendar.js'

export function readPeriodEnds(items: readonly Item[]): readonly Item[] {
  const at = items.findIndex((item) => item.kind === 'period')
  const period = items[at]
  if (period?.kind !== 'period') return items
  const words = items.slice(Math.max(at - 4, 0), at)
  const phrase = [...words, period].map(said).join(' ')
  const match = /\b(?:at|by|as of) the (end|close|start|beginning) of\b/.exec(phrase)
  if (!match) return items
  const opening = words.findIndex((item) => /^(at|by|as of)( the)?/.test(said(item)))
  if (opening === -1) return items
  const { start, end } = period.period
  const last = /^(end|close)$/.test(match[1] ?? '')
  const day = last ? addUnits(end, -1, 'day') : start
  const meant = { start: day, end: addUnits(day, 1, 'day'), label: day }
  const before = items.slice(0, at - words.length + opening)
  return [...before, { ...period, phrase: `on ${day}`, period: meant }, ...items.slice(at + 1)]
}
