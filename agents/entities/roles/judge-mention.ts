/** What stands around a name and what it is stored as tell whether it is a date's verb, a modifier, or already known. */
import { findColumn } from '../../../data/catalog.js'
import { parentsOf } from '../../../data/relationship-graph.js'
import type { Draft } from '../draft.js'
import type { Item, MentionItem } from '../items/item.js'
import { said } from '../items/item-words.js'
import { tradeNouns, tradeVerbs } from '../words/business-words.js'
import { grainOfWord } from '../words/read-periods.js'
import { isDateColumn, isNumeric, isTable, type Reading } from './reading.js'

/** A date's verb says what a period is about; a date named as such is asked for. */
export function isTimeHint(reading: Reading, mention: MentionItem): boolean {
  if (!isDateColumn(reading, mention)) return false
  const { items, role } = reading
  const at = items.indexOf(mention)
  const next = items[at + 1]
  if (isUnitOf(items, at)) return true
  const named =
    /date|day|time/i.test(mention.phrase) || (next?.kind === 'word' && next.word === 'date')
  if (named) return role === 'measure' || role === 'rank' || role === 'absent'
  const happened = /ed$/i.test(mention.phrase) || tradeVerbs.has(mention.phrase.toLowerCase())
  if (happened && items.some((item) => item.kind === 'period')) return true
  const lasts = /^(open|ongoing)$/i.test(mention.phrase) && reading.draft.subject !== undefined
  return lasts || !['group', 'list', 'order'].includes(role)
}

/** "by year of joined_on": the date that the years are of. */
function isUnitOf(items: readonly Item[], at: number): boolean {
  const [unit, of] = items.slice(Math.max(at - 2, 0), at)
  const counts = unit?.kind === 'grain' || grainOfWord(said(unit)) !== undefined
  return counts && said(of) === 'of'
}

/** "store targets", "discount given in sales": the name only says whose figure it is. */
export function isModifier(reading: Reading, mention: MentionItem): boolean {
  const { items, aggregates, draft, role } = reading
  if (role !== 'measure' || !isTable(mention)) return false
  const at = items.indexOf(mention)
  const next = items[at + 1]
  const before = items[at - 1]
  // "number of people injured", where a column holds how many.
  if (aggregates.includes('count') && holdsNumber(reading, next)) {
    // "in order of the number of people injured".
    if (draft.order && !draft.order.mention && draft.listed.length > 0) {
      reading.aggregates = []
      draft.counts = false
      reading.role = 'order'
      return true
    }
    if (draft.averagesCount) reading.aggregates = ['avg']
    draft.averagesCount = false
    return true
  }
  const summed = aggregates.length > 0 && !aggregates.includes('count')
  if (summed && next?.kind === 'mention' && isNumeric(reading, next)) return true
  const within = before?.kind === 'word' && ['in', 'from', 'on'].includes(before.word)
  return within && mention.money && draft.measures.some((m) => m.aggregate !== undefined)
}

function holdsNumber(reading: Reading, next: Item | undefined): boolean {
  return next?.kind === 'mention' && /ed$/i.test(next.phrase) && isNumeric(reading, next)
}

/** "stores with their region": every store has one, so it is to be shown. */
export function alwaysHas({ draft, catalog }: Reading, mention: MentionItem): boolean {
  const subject = draft.subject?.candidates[0]?.table
  const link = catalog.relationships.find(
    (r) => r.from.table === subject && r.to.table === mention.candidates[0]?.table,
  )
  return link !== undefined && findColumn(catalog, link.from)?.nullable === false
}

/** "When did Ann become a customer?": named again, not asked for again. */
export function isSubject({ subject, values }: Draft, mention: MentionItem): boolean {
  return values.length > 0 && subject?.candidates[0]?.table === mention.candidates[0]?.table
}

/** "names of customers" are about customers. */
export function ownerOf(mention: MentionItem): MentionItem | undefined {
  const { owner, ownerAt, phrase, to } = mention
  if (owner === undefined || ownerAt === undefined) return undefined
  const candidates = [{ kind: 'table' as const, table: owner, weight: 1 }]
  const last = phrase.split(' ').at(-1) ?? phrase
  const span = { from: ownerAt, to, phrase: last }
  return { kind: 'mention', ...span, candidates, money: false, verb: false }
}

/** "products not sold in May": a sale is what is missing; "stores not opened" is about the stores' own date. */
export function isDoneElsewhere({ subject }: Draft, table: string): boolean {
  return subject !== undefined && subject.candidates[0]?.table !== table
}

/** "average refund category", typed as keywords: what stands right behind the figure groups it. */
export function isBareGroup({ items, draft, catalog }: Reading, mention: MentionItem): boolean {
  const at = items.indexOf(mention)
  const last = draft.measures.at(-1)
  const told = last?.mention !== undefined && last.mention === items[at - 1]
  const figure = last?.aggregate !== undefined && last.aggregate !== 'count'
  const [before, best] = [last?.mention?.candidates[0], mention.candidates[0]]
  const apart = best?.kind === 'table' && best.weight >= 0.75 && best.table !== before?.table
  const next = items[at + 1]
  const ends = next === undefined || next.kind === 'period' || next.kind === 'value'
  const near = before
    ? parentsOf(catalog, before.table).has(best?.table ?? '')
    : last?.mention?.money
  return told && figure && !mention.verb && apart && ends && near === true
}

/** "number of buyers and revenue": sales can be counted, revenue cannot. */
export function isOnlyMoney({ money, phrase }: MentionItem): boolean {
  return money && !tradeNouns.has(phrase.toLowerCase())
}

/** "most returned product": what was done to the product is counted. */
export function isParticiple({ items }: Reading, mention: MentionItem): boolean {
  const next = items[items.indexOf(mention) + 1]
  return /ed$/i.test(mention.phrase) && next?.kind === 'mention'
}

/** "languages of the countries of players": whose they are is not shown. */
export function isOwner(reading: Reading, mention: MentionItem, numeric: boolean): boolean {
  const { draft } = reading
  const about = draft.listed.length > 0 || draft.subject !== undefined
  if (isTable(mention) || mention.money || numeric || !about || mention.owner !== undefined)
    return false
  return wordBefore(reading, mention, articles) === 'of'
}

const places = new Set(['in', 'on', 'from', 'for', 'at', 'of', 'among'])
const articles = new Set(['the', 'all'])
const determiners = new Set([...articles, 'any', 'our', 'their', 'its'])

/** "in orders", "for students": where what is listed was found. */
export function isPlace(reading: Reading, mention: MentionItem): boolean {
  const { draft } = reading
  if (!isTable(mention) || mention.money || draft.subject === undefined) return false
  const before = wordBefore(reading, mention)
  // "documents belonging to projects", but not "how do products relate to categories".
  return places.has(before) || (before === 'to' && draft.lists)
}

/** "by region in orders": the rows that are grouped, and no second group. */
export function isWhereGroupsAre(reading: Reading, mention: MentionItem): boolean {
  if (!isTable(mention) || reading.draft.dimensions.length === 0) return false
  return ['in', 'from'].includes(wordBefore(reading, mention))
}

/** That in front of a name, those in `skipped` aside; empty where something else stands there. */
function wordBefore(
  { items }: Reading,
  mention: MentionItem,
  skipped: ReadonlySet<string> = determiners,
): string {
  const before = items
    .slice(0, items.indexOf(mention))
    .findLast((item) => item.kind !== 'word' || !skipped.has(item.word))
  return before?.kind === 'word' ? before.word : ''
}
