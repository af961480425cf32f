/** Finds figures that a question asks for and its reading drops, or mistakes for a count. */
import type { Draft } from '../draft.js'
import type { Entities } from '../entities.js'
import type { Item } from '../items/item.js'

export function findLostFigures(
  items: readonly Item[],
  draft: Draft,
  entities: Entities,
): readonly string[] {
  return [
    ...lostAggregates(items, draft, entities),
    ...rankedTwice(items, draft, entities),
    ...rankedByText(draft, entities),
    ...lostInListing(draft, entities),
  ]
}

/** "the largest amount of claim in a claim": by the one figure or by the other, not by both. */
function rankedTwice(items: readonly Item[], draft: Draft, entities: Entities): readonly string[] {
  // A ratio ranks by itself.
  if (!draft.rank || draft.relation || entities.measures.length < 2) return []
  const [first, second] = draft.measures.flatMap(({ mention }) => mention ?? [])
  if (!first || !second) return []
  const joined = items.some(
    (item) =>
      item.kind === 'word' &&
      ['and', 'plus', 'with', 'or'].includes(item.word) &&
      item.from >= Math.min(first.to, second.to) &&
      item.from < Math.max(first.from, second.from),
  )
  return joined ? [] : [`It is not clear whether “${first.phrase}” or “${second.phrase}” ranks.`]
}

/** "the wrestler with the most days held", stored as text: counting them would rank nothing. */
function rankedByText({ rank, subject, measures }: Draft, entities: Entities): readonly string[] {
  const [best] = measures[0]?.mention?.candidates ?? []
  const own = best?.kind === 'column' && best.table === subject?.candidates[0]?.table
  const counts = entities.measures[0]?.aggregate === 'count'
  return rank && own && counts ? [`It is not clear how “${measures[0]?.phrase}” ranks.`] : []
}

/** "the total population of the top 3 districts" is no list of three. */
function lostInListing({ measures }: Draft, { listed }: Entities): readonly string[] {
  const lost = listed.length > 0 && measures.find(({ aggregate }) => aggregate !== undefined)
  return lost ? [`It is not clear what to do with “${lost.phrase}”.`] : []
}

const aggregateCues: Readonly<Record<string, RegExp>> = {
  sum: /^(how much|sum|sum of|total amount of)$/i,
  avg: /^(average|avg|mean|average of)$/i,
  max: /^max(imum)?$/i,
  min: /^min(imum)?$/i,
}

/** "the total amount of settlements" is no count of them. */
function lostAggregates(
  items: readonly Item[],
  draft: Draft,
  entities: Entities,
): readonly string[] {
  const { measures, filters, having, listed } = entities
  const told = [...measures, ...having.map(({ measure }) => measure)]
  const counted = draft.measures.find(
    ({ aggregate, phrase }) =>
      aggregate !== undefined &&
      ['max', 'min', 'avg', 'median'].includes(aggregate) &&
      measures.some((m) => m.phrase === phrase && m.aggregate === 'count'),
  )
  if (counted) return [`Nothing of “${counted.phrase}” can be reckoned with.`]
  const figure = draft.measures.some(
    (drafted) =>
      drafted.aggregate === undefined &&
      measures.some((m) => m.phrase === drafted.phrase && m.column),
  )
  const summed = draft.measures.find(
    ({ aggregate, phrase }) =>
      aggregate === 'sum' && measures.some((m) => m.phrase === phrase && m.aggregate === 'count'),
  )
  // "the total checking and saving balance" counts no accounts.
  if (figure && summed) return [`Nothing of “${summed.phrase}” can be added up.`]
  const divided = told.some((m) => m.per) || filters.some((f) => f.average) || listed.length > 0
  return items.flatMap((item) => {
    if (item.kind !== 'cue' || item.cue.kind !== 'aggregate') return []
    if (draft.counts && /^how much$/i.test(item.phrase)) return []
    const { aggregate } = item.cue
    if (!aggregateCues[aggregate]?.test(item.phrase)) return []
    const kept = told.some(
      (m) =>
        m.aggregate === aggregate || (aggregate === 'sum' && m.column && m.aggregate !== 'count'),
    )
    return kept || divided ? [] : [`It is not clear what “${item.phrase}” is of.`]
  })
}
