/** Settles what results are grouped by. */

import type { ColumnReference } from '../../../data/catalog.js'
import type { Draft, DraftDimension } from '../draft.js'
import type { Ambiguity, Dimension, Filter } from '../entities.js'
import type { MentionItem } from '../items/item.js'
import { doneBy } from '../roles/reading.js'
import { isKeyLike } from '../schema/schema-terms.js'
import { addUnits, daysBetween, grainFor } from '../words/calendar.js'
import { pointsAt, resolveColumn, type Surroundings } from './resolve-columns.js'
import { foreignKeyTo } from './resolve-existence.js'

export interface ResolvedDimensions {
  readonly dimensions: readonly Dimension[]
  readonly ambiguities: readonly Ambiguity[]
}

/** Dimensions named after "by" or "per", the ranked subject, values being compared, and time grains. */
export function resolveDimensions(
  draft: Draft,
  around: Surroundings,
  valueFilters: readonly Filter[],
  timeColumn: ColumnReference | undefined,
  subjectGroups: boolean,
): ResolvedDimensions {
  const dimensions: Dimension[] = []
  const ambiguities: Ambiguity[] = []
  const add = (mention: MentionItem, cue?: string) => {
    const { column, ambiguity } = resolveColumn(mention, around)
    const byValue = cue === 'occurs' ? { byValue: true } : {}
    if (column) dimensions.push({ column, phrase: mention.phrase, ...byValue })
    if (ambiguity) ambiguities.push(ambiguity)
  }
  const groups = draft.dimensions.filter(
    (d) => !isDoer(d, valueFilters) && !isWhole(d, draft, around),
  )
  for (const drafted of groups) {
    if ('mention' in drafted) add(drafted.mention, drafted.cue)
    else if (timeColumn)
      dimensions.push({ column: timeColumn, grain: drafted.grain, phrase: drafted.phrase })
  }
  if (subjectGroups && draft.subject) add(draft.subject)
  if (draft.compare) dimensions.push(...comparedValues(valueFilters))
  if (draft.presenceOf) {
    const column = foreignKeyTo(draft.presenceOf, around)
    if (column) dimensions.push({ column, grain: 'presence', phrase: draft.presenceOf.phrase })
  }
  const trend = trendDimension(draft, dimensions, timeColumn)
  const once = dimensions.filter(
    (d) => !dimensions.some((other) => pointsAt(d.column, other.column, around.catalog)),
  )
  return { dimensions: distinct([...(trend ? [trend] : []), ...once]), ambiguities }
}

/** "lessons taken by the customer Ann Lee": no group, the one who took them. */
function isDoer(drafted: DraftDimension, filters: readonly Filter[]): boolean {
  if (!('mention' in drafted) || drafted.cue !== doneBy) return false
  const [best] = drafted.mention.candidates
  return best?.kind === 'table' && filters.some((f) => f.column.table === best.table)
}

/** "total balance across accounts", where every account has one: a total, not the balance of each. */
function isWhole(
  drafted: DraftDimension,
  { measures }: Draft,
  { base, catalog }: Surroundings,
): boolean {
  if (!('mention' in drafted) || !['across', doneBy, 'list'].includes(drafted.cue.toLowerCase())) {
    return false
  }
  const [best] = drafted.mention.candidates
  const rows =
    best?.kind === 'table' ||
    (best?.column !== undefined && isKeyLike(catalog, { table: best.table, column: best.column }))
  if (rows && best?.table === base && drafted.cue === doneBy) return true
  return (
    rows &&
    best?.table === base &&
    measures.some(
      ({ aggregate, mention }) =>
        aggregate !== undefined &&
        aggregate !== 'count' &&
        (mention?.from ?? Number.POSITIVE_INFINITY) < drafted.mention.from,
    )
  )
}

/** "Compare North and South" groups by the column that holds both. */
function comparedValues(filters: readonly Filter[]): readonly Dimension[] {
  return filters
    .filter((filter) => filter.comparator === '=' && filter.values.length > 1)
    .map(({ column, phrase }) => ({ column, phrase }))
}

/** "Over time" without a unit: as fine as the period stays readable. */
function trendDimension(
  draft: Draft,
  dimensions: readonly Dimension[],
  column: ColumnReference | undefined,
): Dimension | undefined {
  if (!draft.trend || !column || dimensions.some((d) => d.grain)) return undefined
  const [period] = draft.periods
  const farAway = !period || period.start < '1000' || period.end > '9000'
  const grain = farAway
    ? 'month'
    : grainFor(daysBetween(period.start, addUnits(period.end, 0, 'day')))
  return { column, grain, phrase: 'over time' }
}

function distinct(dimensions: readonly Dimension[]): readonly Dimension[] {
  const key = (d: Dimension) => `${d.column.table}.${d.column.column}.${d.grain ?? ''}`
  return dimensions.filter((d, at) => dimensions.findIndex((other) => key(other) === key(d)) === at)
}

/** Tables the question groups or filters by, before the base is known: a sum must not repeat over them. */
export function neededTables(draft: Draft, around: Surroundings): readonly string[] {
  const mentions = [
    ...draft.dimensions.flatMap((d) => ('mention' in d ? [d.mention] : [])),
    ...(draft.rank || draft.asksWhich || draft.lists ? [draft.subject] : []),
  ]
  const grouped = mentions.flatMap((mention) => {
    const column = mention && resolveColumn(mention, around).column
    return column ? [column.table] : []
  })
  // "customers who bought in each month": the months are those of what they did.
  const timed = draft.dimensions.some((d) => 'grain' in d)
  const done = timed ? draft.presences.flatMap((m) => m.candidates[0]?.table ?? []) : []
  const filtered = draft.values.flatMap((value) => {
    const tables = new Set(value.links.map((link) => link.column.table))
    return tables.size === 1 ? [...tables] : []
  })
  return [...new Set([...grouped, ...done, ...filtered])]
}
