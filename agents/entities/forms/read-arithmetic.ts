/** "list price minus unit cost", "difference between A and B", "quantity times price": one number made of two. */
import type { Catalog } from '../../../data/catalog.js'
import { stem } from '../../../rag/words.js'
import type { DraftMeasure } from '../draft.js'
import type { Item, MentionItem } from '../items/item.js'
import { mentionAt, pastDeterminers, replaceSpan, said, spanOf } from '../items/item-words.js'
import { columnsNamed, computedCandidates, type Operator } from '../schema/computed-column.js'
import type { Candidate } from '../schema/link-schema.js'
import { identifierStems, isKeyLike } from '../schema/schema-terms.js'

const operators: ReadonlyMap<string, Operator> = new Map([
  ['minus', '-'],
  ['less', '-'],
  ['plus', '+'],
  ['times', '*'],
  ['multiplied', '*'],
  ['divided by', '/'],
])

export const operatorWords: Readonly<Record<Operator, string>> = {
  '-': 'minus',
  '+': 'plus',
  '*': 'times',
  '/': 'divided by',
  days: 'to',
  days_with_last: 'to',
}

export function readArithmetic(items: readonly Item[], catalog: Catalog): readonly Item[] {
  for (let at = 0; at < items.length; at += 1) {
    if (isMultiple(items, at)) return withUnknown(items, at + 2)
    const apart = figuresAt(items, at)
    if (apart) return [...items.slice(0, at), apart.pair, ...items.slice(apart.next)]
    const compared = columnsCompared(items, at, catalog)
    if (compared) return compared
    const found = differenceAt(items, at) ?? operationAt(items, at)
    const read = found && combined(found, items, at, catalog)
    if (found && read) return placed(items, at, found.next, read)
  }
  return items
}

interface Operation {
  readonly operator: Operator
  readonly first: MentionItem
  readonly second: MentionItem
  readonly next: number
}

function operationAt(items: readonly Item[], at: number): Operation | undefined {
  const first = mentionAt(items, at)
  const operator = first && operators.get(said(items[at + 1]))
  if (!first || !operator) return undefined
  const by = said(items[at + 2]) === 'by' ? 1 : 0
  const next = pastDeterminers(items, at + 2 + by)
  const second = mentionAt(items, next)
  return second && { operator, first, second, next: next + 1 }
}

function differenceAt(items: readonly Item[], at: number): Operation | undefined {
  const gap = said(items[at]) === 'gap' && said(items[at + 1]) === 'between'
  if (said(items[at]) !== 'difference between' && !gap) return undefined
  const from = pastDeterminers(items, at + (gap ? 2 : 1))
  const first = mentionAt(items, from)
  if (!first || said(items[from + 1]) !== 'and') return undefined
  const next = pastDeterminers(items, from + 2)
  const second = mentionAt(items, next)
  return second && { operator: '-', first, second, next: next + 1 }
}

/** "less than 2 times the cost" has no reading yet; it must not become "less than 2". */
function isMultiple(items: readonly Item[], at: number): boolean {
  const sign = items[at]
  const bounds = sign?.kind === 'cue' && sign.cue.kind === 'comparator'
  const multiplied = items[at + 1]?.kind === 'number' && /^(times|x)$/.test(said(items[at + 2]))
  return bounds && multiplied && mentionAt(items, pastDeterminers(items, at + 3)) !== undefined
}

function withUnknown(items: readonly Item[], at: number): readonly Item[] {
  return items.map((item, index) =>
    index === at ? { ...spanOf(items, at, at + 1), kind: 'unknown' } : item,
  )
}

interface Figure {
  readonly measure: DraftMeasure
  readonly next: number
}

/** "average price minus average cost", "difference between total sales and total refunds": two figures, not row by row. */
function figuresAt(items: readonly Item[], at: number) {
  const between = said(items[at]) === 'difference between'
  const first = figureAt(items, between ? at + 1 : at)
  const word = first && said(items[first.next])
  if (!first || word === undefined) return undefined
  const operator = between ? (word === 'and' ? '-' : undefined) : operators.get(word)
  const second = operator && figureAt(items, first.next + 1)
  if (!second || !(operator === '-' || operator === '+')) return undefined
  const relation = operator === '-' ? ('difference' as const) : ('sum' as const)
  const span = spanOf(items, at, second.next)
  const pair: Item = {
    kind: 'pair',
    ...span,
    first: first.measure,
    second: second.measure,
    relation,
  }
  return { pair, next: second.next }
}

/** "the average price": an aggregate and what it is of. */
function figureAt(items: readonly Item[], start: number): Figure | undefined {
  const at = pastDeterminers(items, start)
  const cue = items[at]
  const named = pastDeterminers(items, at + 1)
  const mention = mentionAt(items, named)
  const counts = cue?.kind === 'cue' && cue.cue.kind === 'how_many'
  const aggregate =
    cue?.kind === 'cue' && cue.cue.kind === 'aggregate' ? cue.cue.aggregate : undefined
  if (!mention || !(aggregate || counts)) return undefined
  const measure = {
    aggregate: aggregate ?? 'count',
    distinct: false,
    mention,
    phrase: mention.phrase,
  }
  return { measure, next: named + 1 }
}

/** "where the price is below the cost": the one less the other is below 0. */
function columnsCompared(
  items: readonly Item[],
  at: number,
  catalog: Catalog,
): readonly Item[] | undefined {
  const first = mentionAt(items, at)
  const is = /^(is|are|was|were)$/.test(said(items[at + 1])) ? 1 : 0
  const sign = items[at + 1 + is]
  const next = pastDeterminers(items, at + 2 + is)
  const second = mentionAt(items, next)
  if (!first || !second || sign?.kind !== 'cue' || sign.cue.kind !== 'comparator') return undefined
  // "spread over" bounds nothing.
  if (said(sign) === 'over') return undefined
  const [left, right] = [first, second].map((mention) => numbersOf(mention, catalog))
  const candidates = computedCandidates(catalog, '-', left ?? [], right ?? []).filter(
    ({ computed }) => computed?.left.table === computed?.right.table,
  )
  if (candidates.length === 0) return undefined
  const span = spanOf(items, at, next + 1)
  const phrase = `${first.phrase} minus ${second.phrase}`
  const computed: MentionItem = {
    kind: 'mention',
    ...span,
    phrase,
    candidates,
    money: false,
    verb: false,
  }
  const zero: Item = { kind: 'number', from: span.to, to: span.to, phrase: '0', number: 0 }
  return [...items.slice(0, at), having(computed), computed, sign, zero, ...items.slice(next + 1)]
}

/** Numbers of one row are combined row by row; sums of different kinds of rows are set against each other. */
function combined(
  { operator, first, second, next }: Operation,
  items: readonly Item[],
  at: number,
  catalog: Catalog,
): Item | undefined {
  const span = spanOf(items, at, next)
  const phrase = `${first.phrase} ${operatorWords[operator]} ${second.phrase}`
  const [left, right] = [first, second].map((mention) => numbersOf(mention, catalog))
  const pairs = computedCandidates(catalog, operator, left ?? [], right ?? [])
  const candidates = pairs.filter((pair) => goTogether(pair, operator))
  if (candidates.length > 0) {
    return { kind: 'mention', ...span, phrase, candidates, money: false, verb: false }
  }
  const sums = (first.money || left?.length) && (second.money || right?.length)
  if (!sums || !(operator === '-' || operator === '+')) return undefined
  const relation = operator === '-' ? 'difference' : 'sum'
  return { kind: 'pair', ...span, first: summed(first), second: summed(second), relation }
}

function numbersOf({ candidates }: MentionItem, catalog: Catalog) {
  return columnsNamed(
    catalog,
    candidates,
    (kind, reference) => kind === 'number' && !isKeyLike(catalog, reference),
  )
}

const unitAmounts = ['price', 'cost', 'rate', 'fee'].map(stem)

/** Amounts of different tables do not belong to one row, even where keys connect them; prices of one piece do. */
function goTogether({ computed }: Candidate, operator: Operator): boolean {
  if (!computed || computed.left.table === computed.right.table || operator === '*') return true
  return [computed.left, computed.right].every(({ column }) =>
    identifierStems(column).some((word) => unitAmounts.includes(word)),
  )
}

function summed(mention: MentionItem) {
  return { aggregate: 'sum' as const, distinct: false, mention, phrase: mention.phrase }
}

/**
 * "earn less than 1 (price minus cost)" and "margin (price minus cost)": what stands last says what was meant by the
 * bound or the word before it.
 */
function placed(items: readonly Item[], at: number, next: number, read: Item): readonly Item[] {
  const before = items.slice(0, at)
  const profit = before.findIndex((item) => item.kind === 'mention' && item.profit === true)
  const told = profit === -1 ? before : before.filter((_, index) => index !== profit)
  const bound = told.findIndex(
    (item, index) =>
      item.kind === 'cue' && item.cue.kind === 'comparator' && told[index + 1]?.kind === 'number',
  )
  const bounded = bound > 0 && next === items.length && read.kind === 'mention'
  const owner = told[bound - 1]
  const open = owner?.kind !== 'mention' || owner.candidates[0]?.kind === 'table'
  if (!bounded || !open) return [...told, ...replaceSpan(items.slice(at), 0, next - at, [read])]
  return [...told.slice(0, bound), having(read), read, ...told.slice(bound)]
}

/** The cue that makes a name after it what the rows are known by. */
export function having({ from }: Item): Item {
  return { kind: 'cue', cue: { kind: 'possession' }, phrase: 'with', from, to: from }
}
