/** "average monthly revenue", "monthly average of orders": said as the average per month it is. */
import type { Grain } from '../entities.js'
import type { Item } from '../items/item.js'
import { said } from '../items/item-words.js'
import type { Cue } from '../words/cue.js'

const units: Readonly<Record<string, Grain>> = {
  daily: 'day',
  weekly: 'week',
  monthly: 'month',
  quarterly: 'quarter',
  yearly: 'year',
  annual: 'year',
}

export function readUnitAverages(items: readonly Item[]): readonly Item[] {
  const at = items.findIndex((item) => units[said(item)] !== undefined)
  const unit = items[at]
  const grain = units[said(unit)]
  const mean = [items[at - 1], items[at + 1]].find(isAverage)
  if (!unit || !grain || !mean) return items
  const rest = items.filter((item) => item !== unit && item !== mean)
  const measuredAt = rest.findIndex((item) => item.kind === 'mention' && item.from > unit.from)
  const measured = rest[measuredAt]
  if (measured?.kind !== 'mention' || isGrouped(items)) return items
  const counting = rest.slice(0, measuredAt).some(counts)
  // A price or a rate is averaged as it is: only what adds up has a total for each month.
  if (!measured.money && !counting && !isRows(measured)) return items
  const opening = rest.slice(0, measuredAt).filter((item) => !counts(item) && item.from < unit.from)
  const per: Item = {
    kind: 'grain',
    grain,
    phrase: `per ${grain}`,
    from: measured.to,
    to: measured.to,
  }
  const many = counting || !measured.money ? [cue({ kind: 'how_many' }, 'number of', measured)] : []
  return [...opening, mean, ...many, measured, per, ...rest.slice(measuredAt + 1)]
}

function isAverage(item: Item | undefined): boolean {
  return item?.kind === 'cue' && item.cue.kind === 'aggregate' && item.cue.aggregate === 'avg'
}

/** "by region" wants the average of each; which total it is divided by would be a guess. */
function isGrouped(items: readonly Item[]): boolean {
  return items.some(
    (item) => item.kind === 'cue' && ['group', 'compare', 'rank'].includes(item.cue.kind),
  )
}

function counts(item: Item): boolean {
  return item.kind === 'cue' && item.cue.kind === 'how_many'
}

function isRows(item: Item): boolean {
  return item.kind === 'mention' && item.candidates[0]?.kind === 'table'
}

function cue(meaning: Cue, phrase: string, { from }: Item): Item {
  return { kind: 'cue', cue: meaning, phrase, from, to: from }
}
