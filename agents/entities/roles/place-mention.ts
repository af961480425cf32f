/** Gives a named table or column its role, from the cue before it. */

import type { Draft } from '../draft.js'
import type { Aggregate } from '../entities.js'
import type { MentionItem } from '../items/item.js'
import { isKeyLike } from '../schema/schema-terms.js'
import { tradeNouns } from '../words/business-words.js'
import {
  alwaysHas,
  isBareGroup,
  isDoneElsewhere,
  isModifier,
  isOnlyMoney,
  isOwner,
  isParticiple,
  isPlace,
  isSubject,
  isTimeHint,
  isWhereGroupsAre,
  ownerOf,
} from './judge-mention.js'
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
  // "all accounts except the account named Brown": the name that follows is what is left out.
  if (reading.negated && isTable(mention) && sameTable(mention, draft.subject)) return
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

/** "not closed" negates the value, whatever the date of closing. */
function readHint({ draft, negated, open, scoped }: Reading, mention: MentionItem): void {
  const links = mention.values
  const [best] = mention.candidates
  if (negated && links) {
    open.negation = undefined
    draft.values.push({ links, negated, phrase: mention.phrase, at: mention.from })
  } else if (negated && best && isDoneElsewhere(draft, best.table)) {
    open.negation = undefined
    draft.absences.push({ ...mention, candidates: [{ ...best, kind: 'table' }] })
  } else {
    draft.timeHints.push(mention)
    if (scoped) draft.scopedHints.push(mention)
  }
}

function sameTable(mention: MentionItem, other: MentionItem | undefined): boolean {
  return mention !== other && mention.candidates[0]?.table === other?.candidates[0]?.table
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
  if (!numeric && isBareGroup(reading, mention)) {
    draft.dimensions.push({ mention, cue: 'by' })
    return
  }
  if (
    reading.scoped &&
    !mention.money &&
    !['rank', 'order', 'group', 'measure'].includes(reading.role)
  ) {
    placeScope(reading, mention)
    return
  }
  placers[reading.role]({ reading, draft, mention, numeric })
}

/** "cities that have a park", "people who are on a list": what must be there, or must hold. */
function placeScope({ draft, catalog }: Reading, mention: MentionItem): void {
  const [best] = mention.candidates
  const column = best?.column
  const isKey = column !== undefined && isKeyLike(catalog, { table: best?.table ?? '', column })
  if (!isTable(mention) && !isKey) draft.scopes.push(mention)
  else if (best?.table !== draft.subject?.candidates[0]?.table) draft.presences.push(mention)
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
    if (counted && isTable(placing.mention) && !isOnlyMoney(placing.mention))
      return addMeasure(placing.reading, placing.mention, 'count')
    if (placing.numeric || placing.draft.share) addMeasure(placing.reading, placing.mention)
    else placeSubject(placing)
  },
  group: ({ reading, draft, mention, numeric }) => {
    if (isWhereGroupsAre(reading, mention)) {
      draft.presences.push(mention)
      return
    }
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
    else if (isTable(mention) && !followsAnd(placing) && !isSubject(draft, mention))
      draft.presences.push(mention)
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

/** "have the word sun in their titles": the titles are looked into, and not shown. */
function findsMatch({ reading, mention, draft }: Placing): boolean {
  const at = reading.items.indexOf(mention)
  const [preposition, article] = reading.items.slice(Math.max(0, at - 2), at)
  const within = preposition?.kind === 'word' && preposition.word === 'in'
  const its = article?.kind === 'word' && ['their', 'its', 'the'].includes(article.word)
  const last = draft.matches.at(-1)
  if (!within || !its || !last || isTable(mention)) return false
  draft.matches.splice(-1, 1, { ...last, mention })
  return true
}

function followsAnd({ reading, mention }: Placing): boolean {
  const before = reading.items[reading.items.indexOf(mention) - 1]
  return before?.kind === 'word' && before.word === 'and'
}

function placeNamed(placing: Placing): void {
  const { reading, mention, numeric, draft } = placing
  if (findsMatch(placing)) return
  if (isOwner(reading, mention, numeric)) {
    draft.scopes.push(mention)
    return
  }
  if (isPlace(reading, mention)) {
    if (mention.candidates[0]?.table !== draft.subject?.candidates[0]?.table)
      draft.presences.push(mention)
    return
  }
  if (mention.money || (numeric && reading.role === 'none')) addMeasure(reading, mention)
  else placeSubject(placing)
}

function placeSubject(placing: Placing): void {
  const { draft, mention } = placing
  if (isTable(mention) && !draft.subject) draft.subject = mention
  else if (!isTable(mention) || !isSubject(draft, mention)) {
    draft.listed.push(mention)
    placing.reading.distinct = false
    draft.subject ??= ownerOf(mention)
  }
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

function addMeasure(reading: Reading, mention: MentionItem, aggregate?: Aggregate): void {
  const { distinct } = reading
  reading.distinct = false
  reading.draft.measures.push({ aggregate, distinct, mention, phrase: mention.phrase })
}
