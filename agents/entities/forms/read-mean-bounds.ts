/** "stores with more revenue than the average store", "above-average sales": groups held against the mean of all groups. */
import type { Comparator } from '../entities.js'
import type { Item, MentionItem } from '../items/item.js'
import { mentionAt, pastDeterminers, said, spanOf } from '../items/item-words.js'

const above = /^(more|higher|greater|better|larger|bigger)$/
const below = /^(less|lower|fewer|smaller|worse)$/

export function readMeanBounds(items: readonly Item[]): readonly Item[] {
  for (let at = 0; at < items.length; at += 1) {
    const turned = boundNamedFirst(items, at)
    if (turned) return turned
    const found =
      comparedToMean(items, at) ??
      (hasGroups(items, at) ? (beyondMean(items, at) ?? isBeyond(items, at)) : undefined)
    if (!found) continue
    const { mention, comparator, next } = found
    const bound: Item = { kind: 'mean_bound', ...spanOf(items, at, next), mention, comparator }
    return [...items.slice(0, at), bound, ...items.slice(next)]
  }
  return items
}

/** "sales above average" are rows; only what is named before can be groups. */
function hasGroups(items: readonly Item[], at: number): boolean {
  return items
    .slice(0, at)
    .some((item) => item.kind === 'mention' && item.candidates[0]?.kind === 'table')
}

/** "less revenue than 100": a bound, not the first hundred. */
function boundNamedFirst(items: readonly Item[], at: number): readonly Item[] | undefined {
  const comparator = comparatorOf(items[at])
  const [sign, named, than, number] = items.slice(at, at + 4)
  const bounds = named?.kind === 'mention' && said(than) === 'than' && number?.kind === 'number'
  if (!comparator || !sign || !named || !bounds) return undefined
  const bound: Item = { ...sign, kind: 'cue', cue: { kind: 'comparator', comparator } }
  return [...items.slice(0, at), named, bound, number, ...items.slice(at + 4)]
}

interface MeanBound {
  readonly mention: MentionItem
  readonly comparator: Comparator
  readonly next: number
}

/** "more revenue than (the) average store", "higher sales than average". */
function comparedToMean(items: readonly Item[], at: number): MeanBound | undefined {
  const comparator = comparatorOf(items[at])
  const mention = mentionAt(items, at + 1)
  if (!comparator || !mention || said(items[at + 2]) !== 'than') return undefined
  const mean = pastDeterminers(items, at + 3)
  if (!isAverage(items[mean])) return undefined
  const owner = mentionAt(items, mean + 1)
  return { mention, comparator, next: owner?.candidates[0]?.kind === 'table' ? mean + 2 : mean + 1 }
}

/** "above average revenue": only of money, which is summed; "above average price" is said of each row. */
function beyondMean(items: readonly Item[], at: number): MeanBound | undefined {
  const item = items[at]
  const mention = mentionAt(items, at + 2)
  if (item?.kind !== 'cue' || item.cue.kind !== 'comparator' || !isAverage(items[at + 1]))
    return undefined
  if (!mention?.money) return undefined
  return { mention, comparator: item.cue.comparator, next: at + 3 }
}

/** "whose revenue is above average". */
function isBeyond(items: readonly Item[], at: number): MeanBound | undefined {
  const mention = mentionAt(items, at)
  const is = /^(is|are|was|were)$/.test(said(items[at + 1])) ? 1 : 0
  const sign = items[at + 1 + is]
  const mean = pastDeterminers(items, at + 2 + is)
  const owner = mentionAt(items, mean + 1)
  const open = !owner || owner.candidates[0]?.kind === 'table'
  if (!mention?.money || sign?.kind !== 'cue' || sign.cue.kind !== 'comparator') return undefined
  if (!isAverage(items[mean]) || !open) return undefined
  return { mention, comparator: sign.cue.comparator, next: mean + (owner ? 2 : 1) }
}

function comparatorOf(item: Item | undefined): Comparator | undefined {
  if (above.test(said(item))) return '>'
  return below.test(said(item)) ? '<' : undefined
}

function isAverage(item: Item | undefined): boolean {
  return item?.kind === 'cue' && item.cue.kind === 'aggregate' && item.cue.aggregate === 'avg'
}
