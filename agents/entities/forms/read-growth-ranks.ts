/** "grew fastest", "the slowest growing category": ranks by growth. */
import type { Item } from '../items/item.js'
import { said } from '../items/item-words.js'

const directions: Readonly<Record<string, 'asc' | 'desc'>> = {
  fastest: 'desc',
  quickest: 'desc',
  strongest: 'desc',
  slowest: 'asc',
  weakest: 'asc',
}

export function readGrowthRanks(items: readonly Item[]): readonly Item[] {
  const at = items.findIndex((item) => directions[said(item)] !== undefined)
  const item = items[at]
  const direction = directions[said(item)]
  const grows = [items[at - 1], items[at + 1], items[at - 2]].find(isGrowth)
  if (!item || !direction || !grows) return items
  const { phrase, from, to } = item
  const rank: Item = { kind: 'cue', cue: { kind: 'rank', direction }, phrase, from, to }
  return items.map((each) => (each === item ? rank : each === grows ? asGrowth(each) : each))
}

function isGrowth(item: Item | undefined): boolean {
  const cue = item?.kind === 'cue' && item.cue.kind === 'growth'
  return cue || /^(growing|rising|growth|falling|shrinking)$/.test(said(item))
}

function asGrowth({ phrase, from, to }: Item): Item {
  return { kind: 'cue', cue: { kind: 'growth' }, phrase, from, to }
}
