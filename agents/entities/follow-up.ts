/** Completes a follow-up ("and in 2024?", "by month instead") from what the turn before asked for. */

import type { Draft } from './draft.js'
import type { Dimension, Entities, Filter } from './entities.js'
import { addUnits, type CalendarUnit, unitAround } from './words/calendar.js'

const opening =
  /^\W*(and|or|what about|how about|now|only|just|same|instead|also|then|but|ok|okay|exclude|excluding|without|except|sort|order|make (it|that)|as an? |break|split|group|drill|add|filter|limit|restrict|show (it|them|that|those|only|just)|do the same|again|plus|versus|vs|compare (it|that|this|them|with|to))\b/i
const pointing = /\b(it|them|those|these|that|ones|same|instead|this one|of these|of those)\b/i
const adding =
  /\b(also|as well|too|add|in addition|additionally|further|break|broken|split|drill)\b/i

/** True when the question leans on the one before: it opens like one, points back, or is only a fragment. */
export function isFollowUp(question: string, draft: Draft): boolean {
  const names = draft.measures.length > 0 || draft.subject !== undefined
  if (opening.test(question)) return true
  if (!names) return true
  return (
    pointing.test(question) && question.split(/\s+/).length <= 10 && draft.dimensions.length === 0
  )
}

const steps: Readonly<Record<string, number>> = {
  before: -1,
  previous: -1,
  prior: -1,
  preceding: -1,
  earlier: -1,
  after: 1,
  next: 1,
  following: 1,
  later: 1,
}
const stepPattern =
  /\b(?:the )?(?:(year|quarter|month|week|day) (before|after|earlier|later)|(previous|prior|preceding|next|following) (year|quarter|month|week|day))\b(?! (?:\w+ )?\d)/i

/** "the year before" counts from the period of the turn before, not from the newest data. */
export function settleSteps(question: string, before: Entities): string {
  const match = stepPattern.exec(question)
  const from = before.periods[0]
  const unit = (match?.[1] ?? match?.[4])?.toLowerCase() as CalendarUnit | undefined
  const step = steps[(match?.[2] ?? match?.[3] ?? '').toLowerCase()]
  if (!match || !from || !unit || step === undefined) return question
  const moved = unitAround(addUnits(from.start, step, unit), unit)
  return question.replace(match[0], `in ${moved.label}`)
}

/** New parts replace old ones of the same kind; everything else of the turn before stays. */
export function mergeFollowUp(
  question: string,
  draft: Draft,
  before: Entities,
  now: Entities,
): Entities {
  const replacesMeasure = now.measures.length > 0
  const aggregate = draft.bareAggregate
  const kept = aggregate
    ? before.measures.map((measure) => ({ ...measure, aggregate }))
    : before.measures
  const listsMore = !replacesMeasure && before.measures.length === 0
  return {
    ...now,
    base: replacesMeasure ? now.base : before.base,
    measures: replacesMeasure ? now.measures : kept,
    dimensions: mergeDimensions(question, before, now),
    listed: listsMore ? mergeListed(before, now) : [],
    filters: mergeFilters(before.filters, now.filters),
    existence: [...before.existence, ...now.existence],
    timeColumn: now.timeColumn ?? before.timeColumn,
    periods: mergePeriods(question, before, now),
    having: now.having.length > 0 ? now.having : before.having,
    order: now.order ?? before.order ?? usualOrder(now),
    limit: now.limit ?? (now.dimensions.length > 0 ? undefined : before.limit),
    limitWithin: now.limitWithin ?? before.limitWithin,
    distinct: now.distinct || before.distinct,
    bands: replacesMeasure ? now.bands : before.bands,
    relation: replacesMeasure ? now.relation : before.relation,
    countsGroups: replacesMeasure ? now.countsGroups : before.countsGroups,
    presentation: now.presentation === 'plain' ? before.presentation : now.presentation,
  }
}

/** Groups come largest first, stretches of time in their own order. */
function usualOrder({ dimensions }: Entities): Entities['order'] {
  if (dimensions.length === 0) return undefined
  return dimensions.some((dimension) => dimension.grain)
    ? { by: 'dimension', direction: 'asc' }
    : { by: 'measure', direction: 'desc' }
}

function mergeDimensions(question: string, before: Entities, now: Entities): readonly Dimension[] {
  if (now.dimensions.length === 0) return before.dimensions
  const adds = adding.test(question) && !/\binstead\b/i.test(question)
  return adds ? [...before.dimensions, ...now.dimensions] : now.dimensions
}

function mergeListed(before: Entities, now: Entities) {
  const known = before.listed
  const added = now.listed.filter(
    (column) => !known.some((k) => k.table === column.table && k.column === column.column),
  )
  return [...known, ...added]
}

function mergeFilters(before: readonly Filter[], now: readonly Filter[]): readonly Filter[] {
  const kept = before.filter(
    (filter) =>
      !now.some(
        (n) => n.column.table === filter.column.table && n.column.column === filter.column.column,
      ),
  )
  return [...kept, ...now]
}

/** "versus 2023" sets the new period beside the old one. */
function mergePeriods(question: string, before: Entities, now: Entities) {
  if (now.periods.length === 0) return before.periods
  const beside = /\b(vs|versus|compare|compared|against)\b/i.test(question)
  return beside && now.periods.length === 1 ? [...before.periods, ...now.periods] : now.periods
}
