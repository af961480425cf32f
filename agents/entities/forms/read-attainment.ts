/** "missed their target", "above its budget": what came in against what was planned, each summed by itself. */
import type { Catalog, ColumnReference } from '../../../data/catalog.js'
import type { DraftMeasure } from '../draft.js'
import type { Relation } from '../entities.js'
import type { Item } from '../items/item.js'
import {
  isNegation,
  mentionAt,
  pastDeterminers,
  replaceSpan,
  said,
  spanOf,
} from '../items/item-words.js'
import { actualOf, columnMeasure, plannedColumn, plannedTime } from './planned-amount.js'

const relations: ReadonlyMap<string, Relation> = new Map([
  ...wordsFor('<', 'missed miss misses missing below under behind short undershot'),
  ...wordsFor(
    '>',
    'beat beats beaten exceeded exceed exceeds exceeding surpassed surpass above over',
  ),
  ...wordsFor('>', 'outperformed topped'),
  ...wordsFor('>=', 'reached reach reaches met meet meets hit hits achieved achieve achieves made'),
  ...wordsFor('>=', 'make attained attain fulfilled fulfil'),
])

function wordsFor(relation: Relation, words: string): readonly (readonly [string, Relation])[] {
  return words.split(' ').map((word) => [word, relation])
}

const opposites: Readonly<Record<Relation, Relation>> = {
  '<': '>=',
  '>=': '<',
  '>': '<=',
  '<=': '>',
  beside: 'beside',
  ratio: 'ratio',
  difference: 'difference',
  sum: 'sum',
}

/** Replaces what names a plan and what it is set against by both measures; the rest of the question is left as read. */
export function readAttainment(items: readonly Item[], catalog: Catalog): readonly Item[] {
  for (let at = 0; at < items.length; at += 1) {
    const found =
      held(items, at, catalog) ??
      beside(items, at, catalog) ??
      against(items, at, catalog) ??
      reversed(items, at, catalog) ??
      rate(items, at, catalog)
    if (!found) continue
    const { from, next, actual, planned, relation } = found
    const span = spanOf(items, at, next)
    const first = withSpan(actual, span)
    const second = withSpan(planMeasure(planned), span)
    const pair: Item = { kind: 'pair', ...span, first, second, relation }
    const timed = items.some((item) => item.kind === 'period')
    const limits = timed ? [] : plannedTime(catalog, planned.column.table)
    const periods = limits.map((period): Item => ({ kind: 'period', period, ...span }))
    return replaceSpan(items, from, next, [pair, ...periods])
  }
  return items
}

interface Attainment {
  readonly from: number
  readonly next: number
  readonly actual: DraftMeasure
  readonly planned: Planned
  readonly relation: Relation
}

/** "missed their target", "was above its budget". */
function held(items: readonly Item[], at: number, catalog: Catalog): Attainment | undefined {
  const relation = relations.get(said(items[at]))
  const planned = relation && plannedAfter(items, at + 1, catalog)
  const actual = planned && (planned.said ?? actualOf(catalog, planned.column))
  if (!relation || !planned || !actual) return undefined
  const from = startOf(items, at)
  const negated = items.slice(from, at).some((item) => isNegation(item) || /^fail/.test(said(item)))
  return {
    from,
    next: planned.next,
    actual,
    planned,
    relation: negated ? opposites[relation] : relation,
  }
}

/** "revenue and budget", "sales vs plan". */
function beside(items: readonly Item[], at: number, catalog: Catalog): Attainment | undefined {
  const mention = mentionAt(items, at)
  const joins = /^(and|vs|versus|against|compared (to|with))$/.test(said(items[at + 1]))
  const averaged = items[at - 1]?.kind === 'cue' && said(items[at - 1]) === 'average'
  if (!mention?.money || !joins || averaged) return undefined
  const planned = plannedAfter(items, at + 2, catalog)
  if (!planned || planned.said) return undefined
  const actual: DraftMeasure = {
    aggregate: 'sum',
    distinct: false,
    mention,
    phrase: mention.phrase,
  }
  return { from: at, next: planned.next, actual, planned, relation: 'beside' }
}

/** "how did stores do against target": what came in goes without saying. */
function against(items: readonly Item[], at: number, catalog: Catalog): Attainment | undefined {
  const sets = /^(vs|versus|against|compared (to|with))$/.test(said(items[at]))
  if (!sets || items.slice(0, at).some((item) => item.kind === 'mention' && item.money))
    return undefined
  const planned = plannedAfter(items, at + 1, catalog)
  const actual = planned && !planned.said && actualOf(catalog, planned.column)
  const named =
    items[at - 1]?.kind === 'mention' && mentionAt(items, at - 1)?.candidates[0]?.kind !== 'table'
  if (!planned || !actual || named) return undefined
  return { from: at, next: planned.next, actual, planned, relation: 'beside' }
}

/** "target vs actual". */
function reversed(items: readonly Item[], at: number, catalog: Catalog): Attainment | undefined {
  const joins = /^(and|vs|versus|against|compared (to|with))$/.test(said(items[at + 1]))
  const next = pastDeterminers(items, at + 2)
  if (!joins || !/^actuals?$/.test(said(items[next]))) return undefined
  const planned = plannedAfter(items, at, catalog)
  const actual = planned && !planned.said && actualOf(catalog, planned.column)
  return planned && actual
    ? { from: at, next: next + 1, actual, planned, relation: 'beside' }
    : undefined
}

/** "budget attainment". */
function rate(items: readonly Item[], at: number, catalog: Catalog): Attainment | undefined {
  if (!/^(attainment|achievement|fulfilment|fulfillment)$/.test(said(items[at + 1])))
    return undefined
  const planned = plannedAfter(items, at, catalog)
  const actual = planned && !planned.said && actualOf(catalog, planned.column)
  return planned && actual
    ? { from: at, next: planned.next + 1, actual, planned, relation: 'ratio' }
    : undefined
}

/** "did not reach", "failed to reach", "fell short": where the verb's own words begin. */
function startOf(items: readonly Item[], at: number): number {
  let from = at
  const leads =
    /^(did|do|does|has|have|to|fell|fall|falls|fallen|fail|fails|failed|was|were|is|are)$/
  while (leads.test(said(items[from - 1])) || isNegation(items[from - 1])) from -= 1
  return from
}

interface Planned {
  readonly column: ColumnReference
  readonly phrase: string
  /** What the plan is of, when the question says so: "sales target". */
  readonly said?: DraftMeasure
  readonly next: number
}

function plannedAfter(
  items: readonly Item[],
  start: number,
  catalog: Catalog,
): Planned | undefined {
  let at = pastDeterminers(items, start)
  while (isTotal(items[at]) || items[at]?.kind === 'grain') at = pastDeterminers(items, at + 1)
  const first = mentionAt(items, at)
  const own = first && plannedColumn(first, catalog)
  if (own) return { column: own, phrase: first.phrase, next: at + 1 }
  const second = mentionAt(items, at + 1)
  const column = second && plannedColumn(second, catalog)
  if (!first || !second || !column) return undefined
  const measure = { mention: first, distinct: false, phrase: first.phrase }
  return { column, phrase: second.phrase, said: measure, next: at + 2 }
}

function isTotal(item: Item | undefined): boolean {
  return item?.kind === 'cue' && item.cue.kind === 'aggregate' && item.cue.aggregate === 'sum'
}

type Span = Pick<Item, 'from' | 'to'>

function withSpan(measure: DraftMeasure, { from, to }: Span): DraftMeasure {
  return measure.mention ? { ...measure, mention: { ...measure.mention, from, to } } : measure
}

function planMeasure({ column, phrase }: Planned): DraftMeasure {
  return columnMeasure(column, phrase)
}
