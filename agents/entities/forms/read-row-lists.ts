/** "list sales paid by card": the rows themselves are asked for, though their name stands for money elsewhere. */

import type { Item } from '../items/item.js'
import { pastDeterminers, said } from '../items/item-words.js'
import { daysBetween } from '../words/calendar.js'

export function readRowLists(items: readonly Item[]): readonly Item[] {
  const lists = /^(list|list all|show all)$/.test(said(items[0]))
  const at = lists ? pastDeterminers(items, 1) : 0
  const named = items[at]
  const table = named?.kind === 'mention' && named.money ? named.candidates[0] : undefined
  if (named?.kind !== 'mention' || table?.kind !== 'table' || table.weight < 1) return items
  // "sales paid by card on 24 December" are those of one day; of a year, their sum says more.
  const done = /^(paid|made|placed)$/.test(said(items[at + 1])) && items.some(isOneDay)
  if ((!lists && !done) || items.some(asksFigure)) return items
  const rows = { ...named, money: false, candidates: [table] }
  return items.map((item) => (item === named ? rows : item))
}

function isOneDay(item: Item): boolean {
  return item.kind === 'period' && daysBetween(item.period.start, item.period.end) === 1
}

/** Groups, ranks and aggregates are about the money. */
function asksFigure(item: Item): boolean {
  const figures = ['group', 'rank', 'aggregate', 'how_many', 'trend', 'compare', 'share', 'growth']
  return item.kind === 'grain' || (item.kind === 'cue' && figures.includes(item.cue.kind))
}
