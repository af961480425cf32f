/** Reads words that reckon ("average", "total", "how much"): a figure, a bound, or a count. */
import { findTable } from '../../../data/catalog.js'
import type { Aggregate } from '../entities.js'
import { hasNames } from '../schema/schema-terms.js'
import type { Cue } from '../words/cue.js'
import { releaseBounded } from './read-number.js'
import { ranksByExtreme, readRank } from './read-rank.js'
import { isNumeric, type Reading } from './reading.js'

/** "above the average price" is a bound, "min, max and average price" are three measures. */
export function readAggregate(
  reading: Reading,
  cue: Extract<Cue, { kind: 'aggregate' }>,
  phrase: string,
): void {
  const { draft, comparator } = reading
  if (cue.aggregate === 'avg' && comparator) {
    const { lastMention: mention } = reading
    const { comparator: sign, concept } = comparator
    const bound = { comparator: sign, concept, mention, counts: false, phrase: 'average' }
    if (mention) releaseBounded(draft, mention)
    draft.conditions.push(bound)
    reading.openBound = bound
    reading.comparator = undefined
    reading.open.comparator = undefined
    reading.role = 'none'
    return
  }
  if (ranksByExtreme(reading, cue.aggregate)) {
    readRank(reading, { kind: 'rank', direction: cue.aggregate === 'min' ? 'asc' : 'desc' }, phrase)
    return
  }
  if (applyToLast(reading, cue.aggregate)) return
  if (isManyOf(reading, phrase)) {
    startCounting(reading)
    return
  }
  reading.aggregates =
    reading.role === 'measure' ? [...reading.aggregates, cue.aggregate] : [cue.aggregate]
  reading.role = 'measure'
}

/** "how much shop do we have", by those who learn English: things that are no money are counted. */
function isManyOf({ items, at, catalog }: Reading, phrase: string): boolean {
  const next = items[at + 1]
  if (!/^how much$/i.test(phrase) || next?.kind !== 'mention' || next.money || next.verb)
    return false
  const [best] = next.candidates
  const table = best?.kind === 'table' && best.weight >= 0.75 && findTable(catalog, best.table)
  return table ? hasNames(table) : false
}

/** "sales count", "refund total", "spend on average": said after what it is of. */
function applyToLast(reading: Reading, aggregate: Aggregate): boolean {
  const { draft, lastMention, items, at } = reading
  const shown =
    lastMention && isNumeric(reading, lastMention) ? draft.listed.indexOf(lastMention) : -1
  const last = draft.measures.at(-1)
  const next = items[at + 1]
  const free = last?.aggregate === undefined || (last.aggregate === 'sum' && aggregate === 'avg')
  const opensNext = next?.kind === 'mention' || (next?.kind === 'word' && next.word === 'of')
  if (shown !== -1 && lastMention && !opensNext) {
    draft.listed.splice(shown, 1)
    draft.measures.push({
      aggregate,
      distinct: false,
      mention: lastMention,
      phrase: lastMention.phrase,
    })
    return true
  }
  if (!last?.mention || last.mention !== lastMention || !free || opensNext) return false
  draft.measures.splice(-1, 1, { ...last, aggregate })
  return true
}

/** "how many": what is named next is counted. */
export function startCounting(reading: Reading): void {
  reading.draft.averagesCount = reading.aggregates.includes('avg')
  reading.aggregates = ['count']
  reading.draft.counts = true
  reading.role = 'measure'
}
