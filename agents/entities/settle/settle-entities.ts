/** Settles every name of a draft on columns: first what is measured, then what stands around it. */
import type { ColumnReference } from '../../../data/catalog.js'
import { oneToOneWith } from '../../../data/relationship-graph.js'
import { stem } from '../../../rag/words.js'
import type { Draft } from '../draft.js'
import type { Entities, Filter, Measure } from '../entities.js'
import { identifierStems } from '../schema/schema-terms.js'
import { type AskedMeasures, askMeasures } from './ask-measures.js'
import { datedExistence } from './dated-existence.js'
import { impliedBase, subjectOf } from './find-subject.js'
import { resolveBands } from './resolve-bands.js'
import type { Surroundings } from './resolve-columns.js'
import { columnOfConcept } from './resolve-concept.js'
import { type ResolvedConditions, resolveConditions } from './resolve-conditions.js'
import { resolveDimensions } from './resolve-dimensions.js'
import { resolveExistence } from './resolve-existence.js'
import { rankingColumn, resolveLimit, resolveListed, resolveOrder } from './resolve-listing.js'
import { resolveTimeColumn } from './resolve-time.js'
import { resolveMatches, resolveValues } from './resolve-values.js'
import { periodsOf, presentationOf, rankedPhrases, shapeResult } from './shape-result.js'

/** `previousBase`: the base of the turn before, for a follow-up that names none. */
export function settleEntities(
  draft: Draft,
  given: Surroundings,
  asOf: string,
  previousBase?: string,
): Entities {
  const footing = findFooting(draft, given, previousBase)
  const { asked, ranked, measures, conditions, around } = footing
  const values = resolveValues(draft.values, around)
  const existence = resolveExistence(draft, around)
  const dated = datedExistence(draft, existence.existence, around)
  // "joined in 2023 and in 2024" happened once: either time is meant.
  const either = !dated && draft.certainSets.length === 0
  if (either) draft.periods.push(...draft.periodSets.splice(0).map(({ period }) => period))
  const timeColumn = isTimed(draft) ? resolveTimeColumn(draft, around) : undefined
  const groupsSubject = groupsBySubject(draft, footing, values.filters)
  const grouped = resolveDimensions(draft, around, values.filters, timeColumn, groupsSubject)
  const bands = resolveBands(draft, around)
  const shape = shapeResult(draft, grouped.dimensions, measures)
  const listing = measures.length === 0 && !footing.bounded
  if (listing) doubtAsked(draft, around)
  return {
    base: around.base,
    ...shape,
    listed: listing ? listedColumns(draft, asked.measures, around, ranked) : [],
    filters: [
      ...values.filters,
      ...conditions.filters,
      ...draft.filters,
      ...existence.filters,
      ...resolveMatches(draft, around),
    ],
    existence: dated ?? existence.existence,
    timeColumn,
    periods: periodsOf(draft),
    weekend: draft.weekend,
    timeless: isTimed(draft) && timeColumn === undefined,
    having: conditions.having,
    order: ranked
      ? { by: 'dimension', direction: rankDirection(draft, ranked), column: ranked }
      : resolveOrder(draft, around, shape.measures, shape.dimensions),
    limit: resolveLimit(draft, rankedPhrases(draft)),
    offset: draft.offset,
    distinct: draft.distinct,
    presentation: presentationOf(draft),
    bands: bands.bands,
    relation: draft.relation,
    countsGroups: draft.countsGroups,
    ambiguities: [
      ...asked.ambiguities,
      ...grouped.ambiguities,
      ...values.ambiguities,
      ...conditions.ambiguities,
      ...bands.ambiguities,
    ],
    unknownWords: [
      ...draft.unknown,
      ...(dated ? [] : draft.periodSets.map(({ period }) => period.label)),
      ...conditions.unresolved,
      ...bands.unresolved,
      ...asked.unresolved,
    ],
    asOf,
  }
}

/** "How long does it take": no column tells, and a list of names would be no answer. */
function doubtAsked(draft: Draft, around: Surroundings): void {
  if (!draft.asked || draft.askedAs === undefined || draft.listed.length > 0) return
  const told = columnOfConcept(draft.asked, around, ['number', 'date', 'timestamp', 'text'])
  if (!told) draft.unused.push(draft.askedAs)
}

/** What is measured or listed, and the base that everything else settles around. */
interface Footing {
  readonly asked: AskedMeasures
  /** The column a listing is ranked by. */
  readonly ranked?: ColumnReference
  readonly measures: readonly Measure[]
  readonly conditions: ResolvedConditions
  /** Groups are kept by a bound alone: "regions with more than 10 stores". */
  readonly bounded: boolean
  readonly around: Surroundings
}

function findFooting(draft: Draft, given: Surroundings, previousBase: string | undefined): Footing {
  const subject = subjectOf(draft, given.catalog)
  const bare: Surroundings = { ...given, subject }
  const asked = askMeasures(draft, bare, previousBase)
  const asIs = asked.measures[0]?.table ?? subject ?? previousBase ?? impliedBase(draft, bare)
  const ranked = listingRank(draft, asked.measures, bare, subject ?? (draft.rank?.concept && asIs))
  const measures = ranked === undefined ? asked.measures : []
  const conditions = resolveConditions(draft, measures, { ...bare, base: asIs })
  const bound = measures.length === 0 ? conditions.having[0]?.measure : undefined
  // "names of customers with more than 2 orders" are rows of customers.
  const listsRows = subject !== undefined && draft.listed.length > 0 && bound?.table !== subject
  const base = (listsRows ? undefined : bound?.table) ?? asIs
  const namedTables = new Set([...bare.namedTables, ...(base === undefined ? [] : [base])])
  const around: Surroundings = { ...bare, base, namedTables }
  return { asked, ranked, measures, conditions, bounded: bound !== undefined && !listsRows, around }
}

/** Values being compared are the groups themselves; else the subject is, where the measure is wanted for each of it. */
function groupsBySubject(draft: Draft, footing: Footing, values: readonly Filter[]): boolean {
  if (footing.bounded) return true
  const comparesValues = draft.compare && values.some((filter) => filter.values.length > 1)
  return !comparesValues && subjectGroups(draft, footing.measures, footing.around.subject)
}

function isTimed(draft: Draft): boolean {
  return (
    draft.periods.length > 0 ||
    draft.trend ||
    draft.cumulative ||
    draft.weekend ||
    draft.dimensions.some((d) => 'grain' in d)
  )
}

/** "The size of the smallest store" shows the size, not the store. */
function listedColumns(
  draft: Draft,
  measures: readonly Measure[],
  around: Surroundings,
  ranked: ColumnReference | undefined,
): readonly ColumnReference[] {
  const [first] = draft.measures
  const before =
    draft.listed.length === 0 &&
    (first?.mention?.from ?? Number.POSITIVE_INFINITY) < (draft.subject?.from ?? 0)
  const shown = ranked && (before || ranksItself(draft)) ? measures[0]?.column : undefined
  return shown ? [shown] : resolveListed(draft, around)
}

/** The oldest has the earliest date but the greatest age. */
function rankDirection({ rank }: Draft, { column }: ColumnReference): 'asc' | 'desc' {
  const direction = rank?.direction ?? 'desc'
  const byAge = /^(oldest|youngest)$/i.test(rank?.phrase ?? '')
  if (!byAge || !identifierStems(column).includes(stem('age'))) return direction
  return direction === 'asc' ? 'desc' : 'asc'
}

/** "The top 3 highest fees": the column's own values in order. */
function ranksItself({ rank, limit = 1, offset, measures, listed, subject }: Draft): boolean {
  const plain = measures.length === 1 && measures[0]?.aggregate === undefined
  const alone = subject === undefined && listed.length === 0
  return (
    rank !== undefined &&
    (limit > 1 || offset > 0) &&
    plain &&
    !measures[0]?.mention?.money &&
    alone
  )
}

/** "Top 5 products by list price": rows of the subject in order, nothing to add up. */
function listingRank(
  draft: Draft,
  measures: readonly Measure[],
  around: Surroundings,
  subject: string | undefined,
): ColumnReference | undefined {
  if (!draft.rank || draft.dimensions.length > 0) return undefined
  if (subject === undefined) return ranksItself(draft) ? measures[0]?.column : undefined
  const column = rankingColumn(draft, measures, { ...around, base: subject })
  const one = column && oneToOneWith(around.catalog, subject).has(column.table)
  return one ? column : undefined
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
  // "the type of the order with the highest amount": the type is what was asked for.
  const shown = draft.dimensions.some((d) => 'mention' in d && d.mention.owner === subject)
  if (draft.rank && shown) return false
  const kept = /[<>]|beside/.test(draft.relation ?? '')
  if (draft.rank || draft.compare || draft.keeps || kept) return true
  const first = draft.measures[0]?.mention?.from ?? Number.POSITIVE_INFINITY
  return (draft.asksWhich || draft.lists) && draft.subject.from < first
}
