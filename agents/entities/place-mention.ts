/** Gives a named table or column its role, from the cue before it. */
import { findColumn } from '../../data/catalog.js'
import { tradeNouns, tradeVerbs } from './business-words.js'
import type { Draft } from './draft.js'
import type { Aggregate } from './entities.js'
import type { Item, MentionItem } from './item.js'
import { isDateColumn, isNumeric, isTable, type Reading, type Role } from './reading.js'

export function readMention(reading: Reading, mention: MentionItem): void {
  const { draft } = reading
  reading.lastMention = mention
  if (reading.openBound) {
    reading.openBound.mention = mention
    reading.openBound = undefined
    return
  }
  // "split over its products": no number follows, so nothing is bounded.
  if (reading.comparator && reading.cue === 'over') {
    reading.comparator = undefined
    reading.open.comparator = undefined
    reading.role = 'group'
  }
  if (reading.role === 'absent') {
    draft.absences.push(mention)
    reading.open.negation = undefined
    reading.role = 'none'
    return
  }
  const done = isTable(mention) && /ed$/i.test(mention.phrase) && draft.subject !== undefined
  if (mention.verb || (done && reading.role !== 'rank' && reading.role !== 'measure')) {
    if (reading.negated) {
      draft.absences.push(mention)
      reading.open.negation = undefined
    } else draft.presences.push(mention)
    reading.negated = false
    return
  }
  // "not used in any transaction" is about a missing row; "not in the North" about a value.
  if (reading.negated && isTable(mention) && draft.subject && draft.subject !== mention) {
    draft.absences.push(mention)
    reading.negated = false
    reading.open.negation = undefined
    return
  }
  if (isTimeHint(reading, mention)) readHint(reading, mention)
  else placeMention(reading, mention)
}

/** A date's verb says what a period is about; a date named as such is asked for. */
function isTimeHint(reading: Reading, mention: MentionItem): boolean {
  if (!isDateColumn(reading, mention)) return false
  const { items, role } = reading
  const next = items[items.indexOf(mention) + 1]
  const named =
    /date|day|time/i.test(mention.phrase) || (next?.kind === 'word' && next.word === 'date')
  if (named) return role === 'measure' || role === 'rank' || role === 'absent'
  const happened = /ed$/i.test(mention.phrase) || tradeVerbs.has(mention.phrase.toLowerCase())
  if (happened && items.some((item) => item.kind === 'period')) return true
  const lasts = /^(open|ongoing)$/i.test(mention.phrase) && reading.draft.subject !== undefined
  return lasts || !['group', 'list', 'order'].includes(role)
}

/** "not closed" negates the value, whatever the date of closing. */
function readHint({ draft, negated, open }: Reading, mention: MentionItem): void {
  const links = mention.values
  if (negated && links) {
    open.negation = undefined
    draft.values.push({ links, negated, phrase: mention.phrase, at: mention.from })
  } else draft.timeHints.push(mention)
}

function placeMention(reading: Reading, mention: MentionItem): void {
  const { draft } = reading
  const { aggregates } = reading
  if (isModifier(reading, mention)) return
  if (aggregates.length > 0 && reading.role === 'measure') {
    for (const aggregate of aggregates) addMeasure(reading, mention, aggregate)
    reading.aggregates = []
    return
  }
  const numeric = mention.money || isNumeric(reading, mention)
  if (
    reading.scoped &&
    !mention.money &&
    !['rank', 'order', 'group', 'measure'].includes(reading.role)
  ) {
    placeScope(draft, mention)
    return
  }
  placers[reading.role]({ reading, draft, mention, numeric })
}

/** "cities that have a park", "people who are on a list": what must be there, or must hold. */
function placeScope(draft: Draft, mention: MentionItem): void {
  if (!isTable(mention)) draft.scopes.push(mention)
  else if (mention.candidates[0]?.table !== draft.subject?.candidates[0]?.table)
    draft.presences.push(mention)
}

/** "store targets", "discount given in sales": the name only says whose figure it is. */
function isModifier(reading: Reading, mention: MentionItem): boolean {
  const { items, aggregates, draft, role } = reading
  if (role !== 'measure' || !isTable(mention)) return false
  const at = items.indexOf(mention)
  const next = items[at + 1]
  const before = items[at - 1]
  // "number of people injured", where a column holds how many.
  if (aggregates.includes('count') && holdsNumber(reading, next)) {
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

interface Placing {
  readonly reading: Reading
  readonly draft: Draft
  readonly mention: MentionItem
  readonly numeric: boolean
}

const placers: Readonly<Record<Role, (placing: Placing) => void>> = {
  measure: (placing) => {
    // "number of sales and returns" counts both.
    const counted = placing.draft.measures.at(-1)?.aggregate === 'count' && followsAnd(placing)
    if (counted && isTable(placing.mention))
      return addMeasure(placing.reading, placing.mention, 'count')
    if (placing.numeric || placing.draft.share) addMeasure(placing.reading, placing.mention)
    else placeSubject(placing)
  },
  group: ({ reading, draft, mention, numeric }) => {
    const ordersRows = draft.subject && draft.measures.length === 0 && !draft.counts && !draft.rank
    if (ordersRows && draft.lists && (numeric || isDateColumn(reading, mention))) {
      draft.order = { direction: draft.order?.direction ?? 'asc', mention }
      return
    }
    const ranks = draft.rank !== undefined || draft.compare || draft.limit !== undefined
    const single =
      isTable(mention) &&
      /[^s]$/.test(mention.phrase) &&
      tradeNouns.has(mention.phrase.toLowerCase())
    if ((mention.money && !single) || (numeric && (ranks || reading.follows))) {
      addMeasure(reading, mention, reading.aggregates[0])
    } else draft.dimensions.push({ mention, cue: reading.cue })
  },
  rank: placeRanked,
  order: ({ draft, mention }) => {
    draft.order = { ...draft.order, mention }
  },
  which: (placing) => {
    const { reading, draft, mention } = placing
    if (mention.money) addMeasure(reading, mention)
    else if (isTable(mention) && !draft.subject) draft.subject = mention
    else draft.dimensions.push({ mention, cue: 'which' })
  },
  attribute: ({ reading, draft, mention, numeric }) => {
    if (numeric && !mention.money && draft.subject && draft.dimensions.length === 0) {
      draft.listed.push(mention)
    } else if (numeric) addMeasure(reading, mention)
    else if (isTable(mention) && !alwaysHas(reading, mention)) draft.presences.push(mention)
    else draft.listed.push(mention)
  },
  list: placeNamed,
  absent: placeNamed,
  none: placeNamed,
}

function followsAnd({ reading, mention }: Placing): boolean {
  const before = reading.items[reading.items.indexOf(mention) - 1]
  return before?.kind === 'word' && before.word === 'and'
}

/** "stores with their region": every store has one, so it is to be shown. */
function alwaysHas({ draft, catalog }: Reading, mention: MentionItem): boolean {
  const subject = draft.subject?.candidates[0]?.table
  const link = catalog.relationships.find(
    (r) => r.from.table === subject && r.to.table === mention.candidates[0]?.table,
  )
  return link !== undefined && findColumn(catalog, link.from)?.nullable === false
}

function placeNamed(placing: Placing): void {
  const { reading, mention, numeric } = placing
  if (mention.money || (numeric && reading.role === 'none')) addMeasure(reading, mention)
  else placeSubject(placing)
}

function placeSubject({ draft, mention }: Placing): void {
  if (isTable(mention) && !draft.subject) draft.subject = mention
  else if (!isTable(mention) || !isSubject(draft, mention)) {
    draft.listed.push(mention)
    draft.subject ??= ownerOf(mention)
  }
}

/** "When did Ann become a customer?": named again, not asked for again. */
function isSubject({ subject, values }: Draft, mention: MentionItem): boolean {
  return values.length > 0 && subject?.candidates[0]?.table === mention.candidates[0]?.table
}

/** "names of customers" are about customers. */
function ownerOf(mention: MentionItem): MentionItem | undefined {
  const { owner, ownerAt, phrase, to } = mention
  if (owner === undefined || ownerAt === undefined) return undefined
  const candidates = [{ kind: 'table' as const, table: owner, weight: 1 }]
  const last = phrase.split(' ').at(-1) ?? phrase
  const span = { from: ownerAt, to, phrase: last }
  return { kind: 'mention', ...span, candidates, money: false, verb: false }
}

/** After "top" or "most" stands what is ranked, or, once that is known, what it is ranked by. */
function placeRanked(placing: Placing): void {
  const { reading, draft, mention, numeric } = placing
  const { concept, direction } = draft.rank ?? {}
  const known = draft.subject !== undefined || draft.dimensions.length > 0 || reading.ranksListed
  if (isTable(mention) && concept && !known) draft.subject = mention
  else if (isTable(mention) && concept)
    addMeasure(reading, mention, direction === 'asc' ? 'min' : 'max')
  else if (numeric || known) addMeasure(reading, mention, numeric ? undefined : 'count')
  else if (isTable(mention) && isParticiple(reading, mention)) addMeasure(reading, mention, 'count')
  else if (isTable(mention)) draft.subject = mention
  else draft.dimensions.push({ mention, cue: 'rank' })
}

/** "most returned product": what was done to the product is counted. */
function isParticiple({ items }: Reading, mention: MentionItem): boolean {
  const next = items[items.indexOf(mention) + 1]
  return /ed$/i.test(mention.phrase) && next?.kind === 'mention'
}

function addMeasure(reading: Reading, mention: MentionItem, aggregate?: Aggregate): void {
  const { distinct } = reading
  reading.distinct = false
  reading.draft.measures.push({ aggregate, distinct, mention, phrase: mention.phrase })
}
