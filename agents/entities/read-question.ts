/** Reads a question against a catalog: words → items → roles → entities. No model, no database call. */
import type { Catalog, ColumnReference } from '../../data/catalog.js'
import { childrenOf, parentsOf } from '../../data/relationship-graph.js'
import type { ValueLink } from '../../rag/knowledge.js'
import { stem } from '../../rag/words.js'
import { assignRoles } from './assign-roles.js'
import { correctSpelling } from './correct-spelling.js'
import type { Draft } from './draft.js'
import type { Dimension, Entities, Measure, Period, Presentation } from './entities.js'
import { isFollowUp, mergeFollowUp, settleSteps } from './follow-up.js'
import { personTables } from './lexicon.js'
import { mergeMentions } from './merge-mentions.js'
import { principalAmount } from './principal-amount.js'
import { type MentionItem, readItems } from './read-items.js'
import type { Surroundings } from './resolve-columns.js'
import { neededTables, resolveDimensions } from './resolve-dimensions.js'
import {
  columnOfConcept,
  resolveConditions,
  resolveExistence,
  resolveMatches,
  resolveValues,
} from './resolve-filters.js'
import {
  rankingColumn,
  resolveLimit,
  resolveListed,
  resolveOrder,
  tableOfListed,
} from './resolve-listing.js'
import { resolveMeasure } from './resolve-measures.js'
import { resolveTimeColumn } from './resolve-time.js'
import { identifierStems } from './schema-terms.js'
import { tokenize } from './tokens.js'

export interface ReadingInput {
  readonly question: string
  readonly catalog: Catalog
  readonly valueLinks: readonly ValueLink[]
  /** ISO date that relative dates count from. */
  readonly asOf: string
  /** Earlier answers to "which one did you mean?", by lower-case phrase. */
  readonly resolutions?: Readonly<Record<string, ColumnReference>>
  /** What the turn before asked for, when the question may lean on it. */
  readonly previous?: Entities
}

export interface Reading {
  readonly entities: Entities
  /** True when parts were taken over from the turn before. */
  readonly followsUp: boolean
}

export function readQuestion(input: ReadingInput): Reading {
  const { catalog, previous } = input
  const question = previous ? settleSteps(input.question, previous) : input.question
  const tokens = correctSpelling(tokenize(question), catalog, input.valueLinks)
  const items = mergeMentions(readItems(tokens, catalog, input.valueLinks, input.asOf), catalog)
  const draft = releaseWhich(releaseHints(assignRoles(items, catalog)))
  const around: Surroundings = {
    catalog,
    namedTables: namedTables(draft),
    resolutions: input.resolutions ?? {},
  }
  if (!previous || !isFollowUp(question, draft)) {
    return { entities: settle(draft, around, input.asOf), followsUp: false }
  }
  const now = settle(draft, around, input.asOf, previous.base)
  return { entities: mergeFollowUp(question, previous, now), followsUp: true }
}

/** A date word without any period to apply it to was a value ("closed stores") or asks for the date. */
function releaseHints(draft: Draft): Draft {
  const timed = draft.periods.length > 0 || draft.dimensions.some((d) => 'grain' in d)
  if (timed || draft.trend) return draft
  for (const hint of draft.timeHints.splice(0)) {
    const links = hint.values
    if (links && !draft.when)
      draft.values.push({ links, negated: false, phrase: hint.phrase, at: hint.from })
    else draft.listed.push(hint)
  }
  return draft
}

/** "Which city is it in" asks for the city; only with something to measure does "which" group by it. */
function releaseWhich(draft: Draft): Draft {
  const measures = draft.measures.length > 0 || draft.counts || draft.rank !== undefined
  const bounds = draft.conditions.some((condition) => condition.counts)
  if (measures || bounds || draft.compare || draft.share || draft.growth || draft.trend)
    return draft
  const asked = draft.dimensions.filter((d) => d.cue === 'which')
  for (const dimension of asked) {
    draft.dimensions.splice(draft.dimensions.indexOf(dimension), 1)
    if ('mention' in dimension) draft.listed.push(dimension.mention)
  }
  return draft
}

function namedTables(draft: Draft): ReadonlySet<string> {
  const mentions = [
    draft.subject,
    ...draft.measures.map((measure) => measure.mention),
    ...draft.presences,
    ...draft.dimensions.map((d) => ('mention' in d ? d.mention : undefined)),
  ]
  const named = mentions.flatMap((mention) => {
    const best = mention?.candidates[0]
    return best?.kind === 'table' && best.weight >= 0.5 ? [best.table] : []
  })
  const hinted = draft.timeHints.flatMap(({ candidates }) => candidates[0]?.table ?? [])
  const valued = draft.values.flatMap(({ links }) => {
    const tables = new Set(links.map((link) => link.column.table))
    return tables.size === 1 && named.length === 0 ? [...tables] : []
  })
  return new Set([...named, ...hinted, ...valued])
}

function settle(draft: Draft, bare: Surroundings, asOf: string, previousBase?: string): Entities {
  groupByListed(draft)
  const subject = subjectOf(draft, bare.catalog)
  const asked = askedMeasures(draft, { ...bare, subject }, subject)
  const asIs = asked.measures[0]?.table ?? subject ?? previousBase ?? rankedTable(draft, bare)
  const ranked = listingRank(draft, asked.measures, bare, subject ?? (draft.rank?.concept && asIs))
  const measures = ranked === undefined ? asked.measures : []
  const conditions = resolveConditions(draft, measures, { ...bare, base: asIs, subject })
  const bounded = measures.length === 0 ? conditions.having[0]?.measure : undefined
  const base = bounded?.table ?? asIs
  const listing = measures.length === 0 && !bounded
  const around: Surroundings = { ...bare, base }
  const values = resolveValues(draft.values, around)
  const existence = resolveExistence(draft, around)
  const timed =
    draft.periods.length > 0 || draft.trend || draft.dimensions.some((d) => 'grain' in d)
  const timeColumn = timed ? resolveTimeColumn(draft, around) : undefined
  const grouped = resolveDimensions(
    draft,
    around,
    values.filters,
    timeColumn,
    bounded !== undefined || subjectGroups(draft, measures, subject),
  )
  const parts = spreadAverage(draft, limitParts(draft, grouped.dimensions, measures))
  return {
    base,
    measures: parts.measures,
    dimensions: parts.dimensions,
    listed: listing ? resolveListed(draft, around) : [],
    filters: [
      ...values.filters,
      ...conditions.filters,
      ...existence.filters,
      ...resolveMatches(draft, around),
    ],
    existence: existence.existence,
    timeColumn,
    periods: periodsOf(draft),
    having: conditions.having,
    order: ranked
      ? { by: 'dimension', direction: rankDirection(draft, ranked), column: ranked }
      : resolveOrder(draft, around, parts.measures, parts.dimensions),
    limit: resolveLimit(draft, rankedPhrases(draft)),
    limitWithin: parts.limitWithin,
    distinct: draft.distinct,
    presentation: presentationOf(draft),
    ambiguities: [...asked.ambiguities, ...grouped.ambiguities, ...values.ambiguities],
    unknownWords: [...draft.unknown, ...conditions.unresolved],
    asOf,
  }
}

/** "The card types and the number of transactions": what is shown beside an aggregate is what it is grouped by. */
function groupByListed(draft: Draft): void {
  const aggregated = draft.measures.some((m) => m.aggregate !== undefined || m.mention?.money)
  if (!aggregated || draft.dimensions.length > 0) return
  for (const mention of draft.listed.splice(0)) draft.dimensions.push({ mention, cue: 'list' })
}

/** The table that is listed, counted or ranked; "who" stands for the table of people in reach. */
function subjectOf(draft: Draft, catalog: Catalog): string | undefined {
  const named = draft.subject?.candidates.find((c) => c.kind === 'table')?.table
  if (named !== undefined || !draft.asksWho) return named
  const mentioned = [...draft.measures.map((m) => m.mention), ...draft.presences, ...draft.listed]
  const tables = mentioned.flatMap((mention) => mention?.candidates.map((c) => c.table) ?? [])
  const trade = principalAmount(catalog, [])?.table
  const near = [...(trade ? [trade] : []), ...tables].flatMap((table) => [
    ...parentsOf(catalog, table).keys(),
  ])
  const people = personTables.flatMap((word) =>
    near.filter((table) => identifierStems(table).includes(word)),
  )
  const [table] = people
  if (table !== undefined) draft.subject = personMention(table)
  return table
}

function personMention(table: string): MentionItem {
  const candidates = [{ kind: 'table' as const, table, weight: 1 }]
  return { kind: 'mention', from: 0, to: 0, phrase: table, candidates, money: false, verb: false }
}

/** The measures asked for, or the ones that go without saying: a count of the subject, its sales when ranked. */
function askedMeasures(draft: Draft, around: Surroundings, subject: string | undefined) {
  const needed = neededTables(draft, around)
  const resolved = draft.measures.map((measure) => resolveMeasure(measure, around, needed))
  const ambiguities = resolved.flatMap((r) => r.ambiguity ?? [])
  const named = distinctMeasures(resolved.flatMap((r) => r.measure ?? []))
  if (named.length > 0 && !listsThem(draft)) {
    const alone = draft.rank && !draft.subject && draft.dimensions.length === 0
    return { measures: alone ? named.map((m) => extreme(draft, m)) : named, ambiguities }
  }
  return { measures: impliedMeasures(draft, around, subject, needed), ambiguities }
}

/** "names and prices of …" shows the prices; it does not average them. */
function listsThem(draft: Draft): boolean {
  const plain = draft.measures.every((m) => m.aggregate === undefined && !m.mention?.money)
  const listing = draft.listed.length > 0 && draft.dimensions.length === 0 && !draft.trend
  if (!plain || !listing || draft.rank || draft.share || draft.growth) return false
  draft.listed.push(...draft.measures.splice(0).flatMap((m) => m.mention ?? []))
  return true
}

/** "revenue from sales" asks once. */
function distinctMeasures(measures: readonly Measure[]): readonly Measure[] {
  const key = (m: Measure) => `${m.aggregate} ${m.table} ${m.column?.column ?? ''}`
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
  subject: string | undefined,
  needed: readonly string[],
): readonly Measure[] {
  const grouped = draft.dimensions.length > 0 || draft.trend || draft.share || draft.compare
  if (grouped) {
    const numbers = draft.listed.flatMap(
      (mention) =>
        resolveMeasure({ mention, distinct: false, phrase: mention.phrase }, around, needed)
          .measure ?? [],
    )
    if (numbers.some((n) => n.column)) return numbers.filter((n) => n.column)
  }
  const performance = subject === undefined && draft.periods.length > 0
  if (
    performance &&
    (draft.periods.length > 1 ||
      draft.compare ||
      draft.growth ||
      draft.difference ||
      draft.presences.length > 0 ||
      draft.trend ||
      draft.dimensions.length > 0)
  ) {
    const amount = principalAmount(around.catalog, needed)
    if (amount) return [{ aggregate: 'sum', column: amount, table: amount.table, phrase: 'sales' }]
  }
  if (draft.rank && !draft.rank.concept && subject !== undefined) {
    const amount = principalAmount(around.catalog, [...needed, subject])
    if (amount)
      return [{ aggregate: 'sum', column: amount, table: amount.table, phrase: draft.rank.phrase }]
  }
  const table = subject ?? (draft.counts ? tableOfListed(draft, around) : undefined)
  if (table === undefined || !(grouped || draft.counts)) return []
  return [{ aggregate: 'count', table, phrase: draft.subject?.phrase ?? table }]
}

/** "The cheapest toys": a value can stand for rows below its table, where the thing measured is. */
function rankedTable(draft: Draft, around: Surroundings): string | undefined {
  const table = tableOfListed(draft, around)
  const concept = draft.rank?.concept ?? draft.conditions[0]?.concept ?? draft.asked
  if (table === undefined || !concept) return table
  const below = [...childrenOf(around.catalog, table).keys()]
  return below.find((base) => columnOfConcept(concept, { ...around, base })) ?? table
}

/** The oldest has the earliest date but the greatest age. */
function rankDirection({ rank }: Draft, { column }: ColumnReference): 'asc' | 'desc' {
  const direction = rank?.direction ?? 'desc'
  const byAge = /^(oldest|youngest)$/i.test(rank?.phrase ?? '')
  if (!byAge || !identifierStems(column).includes(stem('age'))) return direction
  return direction === 'asc' ? 'desc' : 'asc'
}

/** "Top 5 products by list price": rows of the subject in order, nothing to add up. */
function listingRank(
  draft: Draft,
  measures: readonly Measure[],
  around: Surroundings,
  subject: string | undefined,
): ColumnReference | undefined {
  if (!draft.rank || subject === undefined || draft.dimensions.length > 0) return undefined
  const column = rankingColumn(draft, measures, { ...around, base: subject })
  return column?.table === subject ? column : undefined
}

/** Whether the measure is wanted for each row of the subject rather than over all of them. */
function subjectGroups(
  draft: Draft,
  measures: readonly Measure[],
  subject: string | undefined,
): boolean {
  if (subject === undefined || !draft.subject || measures.length === 0) return false
  const counted = measures.some((m) => m.aggregate === 'count' && m.table === subject && !m.column)
  if (counted) return false
  if (draft.rank || draft.compare) return true
  const first = draft.measures[0]?.mention?.from ?? Number.POSITIVE_INFINITY
  return (draft.asksWhich || draft.lists) && draft.subject.from < first
}

/** "Top 3 products per category" limits within each category. */
function limitParts(draft: Draft, dimensions: readonly Dimension[], measures: readonly Measure[]) {
  const subjectPhrase = draft.subject?.phrase
  const within =
    draft.rank && subjectPhrase !== undefined && dimensions.length > 1
      ? dimensions.find((dimension) => dimension.phrase !== subjectPhrase)
      : undefined
  return { dimensions, measures, limitWithin: within }
}

/** "Average sales per store" and "average number of sales per day": the total over the number of stores or days. */
function spreadAverage(
  draft: Draft,
  parts: {
    dimensions: readonly Dimension[]
    measures: readonly Measure[]
    limitWithin?: Dimension
  },
) {
  const [drafted] = draft.measures
  const [measure] = parts.measures
  const [dimension] = parts.dimensions
  const average = draft.averagesCount || (drafted?.aggregate === 'avg' && drafted.mention?.money)
  const perUnit =
    draft.dimensions.length === 1 && ['per', 'each'].includes(draft.dimensions[0]?.cue ?? '')
  if (!average || !perUnit || !measure || !dimension || draft.rank) return parts
  const counted = draft.averagesCount && !measure.column
  const total: Measure = { ...measure, aggregate: counted ? 'count' : 'sum', per: dimension }
  return { ...parts, dimensions: [], measures: [total] }
}

/** Both ends of a range when growth between them is asked for. */
function periodsOf(draft: Draft): readonly Period[] {
  const split = draft.growth || draft.compare || draft.difference
  return draft.periods.flatMap((period) => (split && period.ends ? period.ends : [period]))
}

function presentationOf(draft: Draft): Presentation {
  if (draft.growth) return 'growth'
  if (draft.difference) return 'difference'
  return draft.share ? 'share' : 'plain'
}

function rankedPhrases(draft: Draft): readonly string[] {
  const grains = draft.dimensions.flatMap((d) => ('grain' in d ? [d.phrase] : []))
  return [...(draft.subject ? [draft.subject.phrase] : []), ...grains]
}
