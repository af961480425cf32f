/** Settles numeric bounds: on a column they keep rows, on a count or an aggregate they keep groups. */
import { type ColumnReference, findTable } from '../../../data/catalog.js'
import type { Draft, DraftCondition } from '../draft.js'
import type { Ambiguity, Filter, Having, Measure } from '../entities.js'
import type { MentionItem } from '../items/item.js'
import { keyColumn } from '../schema/schema-terms.js'
import { size } from '../words/concepts.js'
import { obviousNumber } from './obvious-number.js'
import {
  isMeasurable,
  type ResolvedColumn,
  resolveColumn,
  type Surroundings,
} from './resolve-columns.js'
import { columnOfConcept } from './resolve-concept.js'
import { countedCandidate, resolveMeasure } from './resolve-measures.js'

export interface ResolvedConditions {
  readonly filters: readonly Filter[]
  /** Bounds that no column could be found for. */
  readonly unresolved: readonly string[]
  readonly having: readonly Having[]
  readonly ambiguities: readonly Ambiguity[]
}

/** A bound on a column keeps rows; a bound on a count or on an aggregate keeps groups. */
export function resolveConditions(
  draft: Draft,
  measures: readonly Measure[],
  around: Surroundings,
): ResolvedConditions {
  const filters: Filter[] = []
  const having: Having[] = []
  const unresolved: string[] = []
  const ambiguities: Ambiguity[] = []
  for (const condition of draft.conditions) {
    const group = groupMeasure(condition, draft, measures, around)
    if (group && condition.number !== undefined) {
      having.push({ measure: group, comparator: condition.comparator, value: condition.number })
      continue
    }
    const { column, ambiguity } = boundColumn(condition, around)
    if (ambiguity) ambiguities.push(ambiguity)
    if (column) filters.push(toFilter(condition, column))
    else unresolved.push(condition.phrase)
  }
  for (const { mention, comparator } of draft.meanBounds) {
    const drafted = { mention, distinct: false, phrase: mention.phrase }
    const { measure } = resolveMeasure(drafted, around, around.subject ? [around.subject] : [])
    if (measure) having.push({ measure, comparator, value: 0, mean: true })
    else unresolved.push(mention.phrase)
  }
  return { filters, having, unresolved, ambiguities }
}

/**
 * The aggregate a bound is about, when it is about one: a count ("more than 10 stores"), or a sum where there are
 * groups to bound ("stores with sales over 1 million"). Without groups the bound is on each row.
 */
function groupMeasure(
  { mention, counts }: DraftCondition,
  draft: Draft,
  measures: readonly Measure[],
  around: Surroundings,
): Measure | undefined {
  if (!mention) return undefined
  const best = countedCandidate(mention)
  if (counts && best?.kind === 'table' && best.table !== around.subject) {
    const counted = {
      aggregate: 'count' as const,
      mention: { ...mention, candidates: [best] },
      distinct: false,
      phrase: mention.phrase,
    }
    return resolveMeasure(counted, around, []).measure
  }
  const grouped = around.subject !== undefined || draft.dimensions.length > 0
  const asked = draft.measures.findIndex((measure) => measure.mention === mention)
  const aggregated = draft.measures[asked]?.aggregate !== undefined || mention.money
  if (!grouped || !aggregated) return undefined
  const drafted = draft.measures[asked] ?? { mention, distinct: false, phrase: mention.phrase }
  return (
    measures[asked] ?? resolveMeasure(drafted, around, around.base ? [around.base] : []).measure
  )
}

/** The column that a bound names, else the number its rows are obviously known by. */
export function boundColumn(condition: DraftCondition, around: Surroundings): ResolvedColumn {
  const column = conditionColumn(condition, around)
  return column ? { column } : obviousNumber(condition, around)
}

function conditionColumn(
  { mention, concept, comparator }: DraftCondition,
  around: Surroundings,
): ColumnReference | undefined {
  const named = mention && measuredColumn(mention, around)
  if (named) return named
  // "the share count is bigger than 100", where it is stored as text: no other number is meant.
  const [best] = mention?.candidates ?? []
  const isText = concept === size && best?.kind === 'column' && best.weight >= 1
  if (concept) return isText ? undefined : columnOfConcept(concept, around)
  return mention && comparator === '=' ? keyOf(mention, around) : undefined
}

function measuredColumn(mention: MentionItem, around: Surroundings): ColumnReference | undefined {
  const { column } = resolveColumn(mention, around, (found, reference) =>
    isMeasurable(around.catalog, found, reference),
  )
  const sure = (mention.candidates[0]?.weight ?? 0) >= 0.75
  if (!mention.money || (column && sure)) return column
  return resolveMeasure({ mention, distinct: false, phrase: mention.phrase }, around, []).measure
    ?.column
}

/** "store 12": the number is the key. */
function keyOf(mention: MentionItem, { catalog }: Surroundings): ColumnReference | undefined {
  const named = mention.owner ?? mention.candidates.find((c) => c.kind === 'table')?.table
  const table = named === undefined ? undefined : findTable(catalog, named)
  const key = table && keyColumn(table)
  return table && key?.kind === 'number' ? { table: table.name, column: key.name } : undefined
}

export function toFilter(
  { comparator, number, phrase }: DraftCondition,
  column: ColumnReference,
): Filter {
  return number === undefined
    ? { column, comparator, values: [], average: true, phrase }
    : { column, comparator, values: [number], phrase }
}
