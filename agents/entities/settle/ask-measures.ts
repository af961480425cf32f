/** The measures a question asks for, and the ones that go without saying. */

import { humanise } from '../../text/humanise.js'
import type { Draft, DraftMeasure } from '../draft.js'
import type { Ambiguity, Measure } from '../entities.js'
import { principalAmount } from '../schema/principal-amount.js'
import type { Surroundings } from './resolve-columns.js'
import { columnOfConcept } from './resolve-concept.js'
import { neededTables } from './resolve-dimensions.js'
import { tableOfListed } from './resolve-listing.js'
import { profitOf, resolveMeasure } from './resolve-measures.js'

export interface AskedMeasures {
  readonly measures: readonly Measure[]
  readonly ambiguities: readonly Ambiguity[]
  /** Words for a measure that this data has no column for. */
  readonly unresolved: readonly string[]
}

/** `previousBase`: what a "how many is that" counts. */
export function askMeasures(
  draft: Draft,
  around: Surroundings,
  previousBase: string | undefined,
): AskedMeasures {
  const needed = neededTables(draft, around)
  const resolved = draft.measures.map((measure) =>
    resolveMeasure(addsUp(draft, measure), around, needed),
  )
  const ambiguities = resolved.flatMap((r) => r.ambiguity ?? [])
  const unresolved = draft.measures.flatMap((drafted, at) =>
    resolved[at]?.measure || !drafted.mention?.money ? [] : [drafted.phrase],
  )
  const named = distinctMeasures(resolved.flatMap((r) => r.measure ?? []))
  if (named.length > 0) {
    const alone = draft.rank && !draft.subject && draft.dimensions.length === 0
    return {
      measures: alone ? named.map((m) => extreme(draft, m)) : named,
      ambiguities,
      unresolved,
    }
  }
  return { measures: impliedMeasures(draft, around, needed, previousBase), ambiguities, unresolved }
}

/** Shares, growth and running totals are of sums. */
function addsUp(draft: Draft, measure: DraftMeasure): DraftMeasure {
  const whole = draft.share || draft.growth || draft.cumulative
  return whole && measure.aggregate === undefined && !measure.mention?.profit
    ? { ...measure, aggregate: 'sum' }
    : measure
}

/** "revenue from sales" asks once. */
function distinctMeasures(measures: readonly Measure[]): readonly Measure[] {
  const key = (m: Measure) =>
    `${m.aggregate} ${m.table} ${JSON.stringify(m.column)} ${m.costs !== undefined}`
  return measures.filter((m, at) => measures.findIndex((other) => key(other) === key(m)) === at)
}

/** "Highest amount" with nothing to rank is the largest value itself. */
function extreme(draft: Draft, measure: Measure): Measure {
  const explicit = draft.measures.some((m) => m.aggregate !== undefined)
  if (explicit || !measure.column) return measure
  return { ...measure, aggregate: draft.rank?.direction === 'asc' ? 'min' : 'max' }
}

function impliedMeasures(
  draft: Draft,
  around: Surroundings,
  needed: readonly string[],
  previousBase: string | undefined,
): readonly Measure[] {
  const { subject } = around
  const grouped = draft.dimensions.length > 0 || draft.trend || draft.share || draft.compare
  const listed = grouped ? listedNumbers(draft, around, needed) : []
  if (listed.length > 0) return listed
  const extreme = rankedInGroups(draft, around)
  if (extreme) return [extreme]
  const amount = impliedAmount(draft, around, needed)
  if (amount) return [amount]
  const groups = draft.rank || draft.spread
  const rankedTable = groups && draft.dimensions.length > 0 ? rankedBy(draft) : undefined
  const counted = draft.counts ? (previousBase ?? tableOfListed(draft, around)) : undefined
  // "cities with more than one store" are groups of what is counted.
  const bounded = draft.conditions.some((condition) => condition.counts)
  const meant =
    grouped && !bounded && draft.values.length > 0 ? tableOfListed(draft, around) : undefined
  const table = subject ?? rankedTable ?? counted ?? meant
  if (table === undefined || !(grouped || draft.counts)) return []
  return [{ aggregate: 'count', table, phrase: draft.subject?.phrase ?? table }]
}

/** "most expensive product in each category": each product's price, to be ranked inside its category. */
function rankedInGroups(draft: Draft, around: Surroundings): Measure | undefined {
  const { rank, dimensions } = draft
  const { subject } = around
  if (!rank?.concept || subject === undefined || dimensions.length === 0) return undefined
  const column = columnOfConcept(rank.concept, { ...around, base: subject })
  const aggregate = rank.direction === 'asc' ? 'min' : 'max'
  return column && { aggregate, column, table: subject, phrase: humanise(column.column) }
}

/** "most used payment method" ranks by the rows of the column's own table. */
function rankedBy(draft: Draft): string | undefined {
  const [first] = draft.dimensions
  return first && 'mention' in first ? first.mention.candidates[0]?.table : undefined
}

function listedNumbers(draft: Draft, around: Surroundings, needed: readonly string[]) {
  return draft.listed.flatMap((mention) => {
    const drafted = { mention, distinct: false, phrase: mention.phrase }
    const { measure } = resolveMeasure(drafted, around, needed)
    return measure?.column ? [measure] : []
  })
}

/** How things went (by period, for the best of something) is told in money, or in how often it happened. */
function impliedAmount(
  draft: Draft,
  { catalog, subject }: Surroundings,
  needed: readonly string[],
): Measure | undefined {
  const { rank } = draft
  if ((draft.keeps || (rank && !rank.concept)) && subject !== undefined) {
    if (rank?.profit)
      return profitOf({ distinct: false, phrase: 'profit' }, catalog, [...needed, subject])
    const amount = principalAmount(catalog, [...needed, subject])
    const done = draft.presences[0]?.candidates[0]?.table
    if (rank?.often && (done ?? amount)) {
      return { aggregate: 'count', table: done ?? amount?.table ?? '', phrase: 'times' }
    }
    return amount && { aggregate: 'sum', column: amount, table: amount.table, phrase: 'sales' }
  }
  const trade =
    rank?.often && draft.dimensions.length > 0 ? principalAmount(catalog, needed) : undefined
  if (trade) return { aggregate: 'count', table: trade.table, phrase: 'times' }
  const inMoney =
    rank && /best|worst|top|bottom|valuable|strongest|weakest|leading/.test(rank.phrase)
  const performance =
    draft.periods.length > 1 ||
    draft.compare ||
    draft.growth ||
    draft.difference ||
    draft.cumulative ||
    draft.trend ||
    draft.dimensions.length > 0 ||
    draft.presences.length > 0
  const howMuch = draft.bareAggregate === 'sum' || draft.performs
  const told =
    howMuch || (inMoney && draft.dimensions.length > 0) || (draft.periods.length > 0 && performance)
  if (subject !== undefined || !told || draft.counts) return undefined
  const amount = principalAmount(catalog, needed)
  return amount && { aggregate: 'sum', column: amount, table: amount.table, phrase: 'sales' }
}
