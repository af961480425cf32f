/** How measures are shown: spread over units, limited within groups, against other periods. */

import type { Draft } from '../draft.js'
import type { Dimension, Measure, Period, Presentation } from '../entities.js'
import type { MentionItem } from '../items/item.js'
import { addUnits, daysBetween, unitAround } from '../words/calendar.js'

export interface ResultShape {
  readonly dimensions: readonly Dimension[]
  readonly measures: readonly Measure[]
  readonly limitWithin?: Dimension
}

export function shapeResult(
  draft: Draft,
  dimensions: readonly Dimension[],
  measures: readonly Measure[],
): ResultShape {
  return spreadAverage(draft, limitGroups(draft, dimensions, measures))
}

/** "Top 3 products per category" limits within each category. */
function limitGroups(
  draft: Draft,
  dimensions: readonly Dimension[],
  measures: readonly Measure[],
): ResultShape {
  const subjectPhrase = draft.subject?.phrase
  const within =
    draft.rank && subjectPhrase !== undefined && dimensions.length > 1
      ? dimensions.find(({ phrase }) => phrase !== subjectPhrase && !isListed(draft, phrase))
      : undefined
  return { dimensions, measures, limitWithin: within }
}

/** "Which customer has the most orders? Show the name": shown along, not a group to rank in. */
function isListed({ dimensions }: Draft, phrase: string): boolean {
  return dimensions.some((d) => 'mention' in d && d.cue === 'list' && d.mention.phrase === phrase)
}

/** "Average sales per store" and "average number of sales per day": the total over the number of stores or days. */
function spreadAverage(draft: Draft, shape: ResultShape): ResultShape {
  const [drafted] = draft.measures
  const [measure] = shape.measures
  const [dimension] = shape.dimensions
  const average =
    draft.averagesCount ||
    (drafted?.aggregate === 'avg' && drafted.mention?.money && !isOfOneRow(drafted.phrase))
  const perUnit =
    draft.dimensions.length === 1 && ['per', 'each'].includes(draft.dimensions[0]?.cue ?? '')
  if (!average || !perUnit || !measure || !dimension || draft.rank) return shape
  const counted = draft.averagesCount && (!measure.column || measure.aggregate === 'count')
  const total: Measure = { ...measure, aggregate: counted ? 'count' : 'sum', per: dimension }
  return { ...shape, dimensions: [], measures: [total] }
}

/** "basket size" is an average already. */
function isOfOneRow(phrase: string): boolean {
  return /(size|value)s?$/i.test(phrase)
}

/** Both ends of a range when growth between them is asked for. */
export function periodsOf(draft: Draft): readonly Period[] {
  const split = draft.growth || draft.compare || draft.difference
  const periods = draft.periods.flatMap((p) => (split && p.ends ? p.ends : [p]))
  const [only] = periods
  const timed = draft.dimensions.some((d) => 'grain' in d)
  return draft.growth && only && periods.length === 1 && !timed ? [before(only), only] : periods
}

/** The stretch just before, as long as the one given; growth in 2025 is growth over 2024. */
function before({ start, end }: Period): Period {
  const days = daysBetween(start, end)
  if (days >= 365) return unitAround(addUnits(start, -1, 'year'), 'year')
  if (days >= 89) return unitAround(addUnits(start, -1, 'quarter'), 'quarter')
  if (days >= 28) return unitAround(addUnits(start, -1, 'month'), 'month')
  const from = addUnits(start, -days, 'day')
  return { start: from, end: start, label: `${days} days before` }
}

export function presentationOf(draft: Draft): Presentation {
  if (draft.spread && draft.listed.length > 0) return 'distribution'
  if (draft.keeps) return draft.keeps
  if (draft.growth) return 'growth'
  if (draft.difference) return 'difference'
  if (draft.cumulative) return 'cumulative'
  return draft.share ? 'share' : 'plain'
}

/** "the most common type of ships" is one type. */
function nameAlone({ phrase, ownerAt }: MentionItem): string {
  return ownerAt === undefined ? phrase : phrase.replace(/( (of|for|the|all))* \S+$/i, '')
}

/** Phrases whose number says whether one or several are asked for. */
export function rankedPhrases(draft: Draft): readonly string[] {
  const grouped = draft.dimensions.flatMap((d) =>
    'grain' in d || d.cue === 'rank' || d.cue === 'which' || d.cue === 'list'
      ? ['grain' in d ? d.phrase : nameAlone(d.mention)]
      : [],
  )
  return draft.subject ? [draft.subject.phrase] : grouped
}
