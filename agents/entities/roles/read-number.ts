/** What a number is for: a limit, a bound, or the value of what stands beside it. */

import { findTable } from '../../../data/catalog.js'
import type { Draft } from '../draft.js'
import type { Item, MentionItem } from '../items/item.js'
import { unitConcepts } from '../words/concepts.js'
import { isNumeric, isTable, type Reading } from './reading.js'

/** Returns how many following items were read along. */
export function readNumber(reading: Reading, number: number, phrase: string, at: number): number {
  const { draft, items } = reading
  // "without one" stands for what was named before.
  if (reading.role === 'absent' && phrase.toLowerCase() === 'one') return 0
  const next = items[at + 1]
  if (next?.kind === 'cue' && next.cue.kind === 'comparator' && /^or /.test(next.phrase)) {
    const alternative = items[at + 2]?.kind === 'word' && items[at + 2]?.phrase === 'than'
    if (alternative) draft.unknown.push(`${next.phrase} than`)
    reading.comparator = next.cue
    return 1 + addCondition(reading, number, phrase, at + 1)
  }
  if (reading.comparator) return addCondition(reading, number, phrase, at)
  if (countsExactly(reading, number, next)) {
    reading.comparator = { comparator: '=' }
    return addCondition(reading, number, phrase, at)
  }
  const countsRows = reading.role === 'rank' || (next?.kind === 'cue' && next.cue.kind === 'rank')
  const opensListing = next?.kind === 'mention' && ['list', 'none', 'which'].includes(reading.role)
  if (draft.limit === undefined && Number.isInteger(number) && (countsRows || opensListing)) {
    draft.limit = number
  } else if (reading.lastMention) addEquality(reading, reading.lastMention, number, phrase)
  else draft.unknown.push(phrase)
  return 0
}

/** "teams with 2 players" have exactly so many. */
function countsExactly(reading: Reading, number: number, next: Item | undefined): boolean {
  const { role } = reading
  if (role !== 'attribute' || !Number.isInteger(number) || next?.kind !== 'mention') return false
  return (isTable(next) || isNumeric(reading, next)) && !next.verb && !next.money
}

function addEquality(reading: Reading, mention: MentionItem, number: number, phrase: string): void {
  if (isNumeric(reading, mention)) releaseBounded(reading.draft, mention)
  const comparator = reading.negated ? '<>' : '='
  if (reading.negated) reading.open.negation = undefined
  reading.draft.conditions.push({ mention, comparator, number, counts: false, phrase })
}

/** "more than 10 stores", "price above 50", "between 10 and 20": what is measured stands after or before. */
function addCondition(reading: Reading, number: number, phrase: string, at: number): number {
  const { draft, items, comparator } = reading
  reading.comparator = undefined
  reading.open.comparator = undefined
  if (!comparator) return 0
  const second = secondBound(items, at)
  const after = at + (second === undefined ? 1 : 3)
  const next = skipJoining(items, after)
  const unit = next?.kind === 'mention' && !next.verb ? next : measuredIn(reading, after)
  const repeated = next?.kind === 'word' && next.word === 'times'
  const times = repeated ? (draft.presences.at(-1) ?? occurring(reading)) : undefined
  const counted = unit ?? times
  const mention = counted ?? reading.lastMention
  const concept = comparator.concept ?? unitConcepts.get(next?.phrase.toLowerCase() ?? '')
  const counts = counted !== undefined && counted !== measuredIn(reading, after)
  const ofTime = /^(day|week|month|quarter|year|hour|minute)s?$/i.test(items[after]?.phrase ?? '')
  const condition = { mention, concept, counts, phrase, band: at, ofTime }
  if (mention) releaseBounded(draft, mention)
  draft.conditions.push({ ...condition, comparator: comparator.comparator, number })
  if (second !== undefined)
    draft.conditions.push({ ...condition, comparator: '<=', number: second })
  return (unit ? items.indexOf(unit) : after - 1) - at
}

/** "names that occur more than 5 times": the rows of each value are counted. */
function occurring({ draft, lastMention, catalog }: Reading): MentionItem | undefined {
  const [best] = lastMention?.candidates ?? []
  if (!lastMention || best?.kind !== 'column' || draft.measures.length > 0) return undefined
  const owner = findTable(catalog, best.table)
  if (!owner) return undefined
  const shown = [draft.listed, draft.scopes].find((names) => names.includes(lastMention))
  shown?.splice(shown.indexOf(lastMention), 1)
  const asked = draft.dimensions.findIndex((d) => 'mention' in d && d.mention === lastMention)
  if (asked !== -1) draft.dimensions.splice(asked, 1)
  draft.dimensions.push({ mention: lastMention, cue: 'occurs' })
  if (draft.subject?.candidates[0]?.table === owner.name) draft.subject = undefined
  const candidates = [{ kind: 'table' as const, table: owner.name, weight: 1 }]
  return { ...lastMention, candidates, owner: undefined, ownerAt: undefined, values: undefined }
}

/** "2000 dollars outstanding": the unit stands between the number and what it measures. */
function measuredIn(reading: Reading, at: number): MentionItem | undefined {
  const unit = reading.items[at]
  const named = reading.items[at + 1]
  if (unit?.kind !== 'word' || !unitConcepts.has(unit.word)) return undefined
  return named?.kind === 'mention' && isNumeric(reading, named) ? named : undefined
}

/** "more than 30000 in salary": the name may stand behind a small word. */
function skipJoining(items: readonly Item[], at: number): Item | undefined {
  const item = items[at]
  const joins = item?.kind === 'word' && ['in', 'of'].includes(item.word)
  return joins ? items[at + 1] : item
}

/** What only bounds rows ("with a price over 50") is neither shown nor added up. */
export function releaseBounded({ measures, listed, scopes }: Draft, mention: MentionItem): void {
  const measured = measures.findIndex(
    (m) => m.mention === mention && m.aggregate === undefined && !mention.money,
  )
  if (measured !== -1) measures.splice(measured, 1)
  const shown = listed.indexOf(mention)
  if (shown !== -1) listed.splice(shown, 1)
  const scoped = scopes.indexOf(mention)
  if (scoped !== -1) scopes.splice(scoped, 1)
}

function secondBound(items: readonly Item[], at: number): number | undefined {
  const opened = items[at - 1]
  const joined = items[at + 1]
  const bound = items[at + 2]
  const between = opened?.kind === 'cue' && opened.cue.kind === 'between'
  const and = joined?.kind === 'word' && (joined.word === 'and' || joined.word === 'to')
  return between && and && bound?.kind === 'number' ? bound.number : undefined
}
