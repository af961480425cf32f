/** Gives every item of a question its role, from the cue words before it. Settles no names yet. */
import type { Catalog } from '../../data/catalog.js'
import { findColumn } from '../../data/catalog.js'
import { type Draft, emptyDraft } from './draft.js'
import type { Aggregate, Comparator } from './entities.js'
import type { Cue } from './lexicon.js'
import type { Item, MentionItem } from './read-items.js'
import { grainOfWord } from './read-periods.js'
import { isKeyLike } from './schema-terms.js'

type Role =
  | 'none'
  | 'measure'
  | 'group'
  | 'rank'
  | 'order'
  | 'which'
  | 'list'
  | 'attribute'
  | 'absent'

/** The reader's place in the question. */
interface Reading {
  readonly draft: Draft
  readonly catalog: Catalog
  readonly items: readonly Item[]
  role: Role
  /** The words of the last cue. */
  cue: string
  aggregate?: Aggregate
  distinct: boolean
  negated: boolean
  comparator?: { readonly comparator: Comparator; readonly concept?: readonly string[] }
  lastMention?: MentionItem
  /** How the next word is to be found in a text. */
  pattern?: 'contains' | 'starts' | 'ends'
}

export function assignRoles(items: readonly Item[], catalog: Catalog): Draft {
  const reading: Reading = {
    draft: emptyDraft(),
    catalog,
    items,
    role: 'none',
    cue: '',
    distinct: false,
    negated: false,
  }
  for (let at = 0; at < items.length; at += 1) {
    const item = items[at]
    if (item) at += readItem(reading, item, at)
  }
  return reading.draft
}

/** Returns how many following items were read along. */
function readItem(reading: Reading, item: Item, at: number): number {
  const { draft } = reading
  switch (item.kind) {
    case 'cue':
      readCue(reading, item.cue, item.phrase)
      return 0
    case 'mention':
      if (isAdjective(reading, item, at)) draft.values.push(adjectiveValue(reading, item))
      else readMention(reading, item)
      return 0
    case 'value':
      reading.pattern = undefined
      draft.values.push({
        links: item.links,
        negated: reading.negated || reading.role === 'absent',
        phrase: item.phrase,
        at: item.from,
      })
      return 0
    case 'period':
      draft.periods.push(item.period)
      return 0
    case 'grain':
      draft.dimensions.push({
        grain: item.grain,
        phrase: item.phrase,
        cue: item.phrase.split(' ')[0] ?? '',
      })
      return 0
    case 'number':
      return readNumber(reading, item.number, item.phrase, at)
    case 'word':
      if (reading.pattern && /^\p{Lu}$/u.test(item.phrase)) addMatch(reading, item.phrase)
      else readWord(reading, item.word)
      return 0
    case 'unknown':
      if (reading.pattern) addMatch(reading, item.phrase)
      else draft.unknown.push(item.phrase)
      return 0
  }
}

/** "closed stores": a date's verb before a name is the stored value, not the date. */
function isAdjective(reading: Reading, item: MentionItem, at: number): boolean {
  return (
    item.values !== undefined &&
    reading.items[at + 1]?.kind === 'mention' &&
    isDateColumn(reading, item)
  )
}

function adjectiveValue({ negated }: Reading, item: MentionItem) {
  return { links: item.values ?? [], negated, phrase: item.phrase, at: item.from }
}

const patterns = {
  contains: (text: string) => `%${text}%`,
  starts: (text: string) => `${text}%`,
  ends: (text: string) => `%${text}`,
}

function addMatch(reading: Reading, phrase: string): void {
  const { draft, pattern = 'contains', lastMention } = reading
  const escaped = phrase.toLowerCase().replace(/[%_]/g, '')
  draft.matches.push({ pattern: patterns[pattern](escaped), mention: lastMention, phrase })
  reading.pattern = undefined
}

/** "which month", "best day", "by date": a lone unit of time that is grouped by. */
function readWord(reading: Reading, word: string): void {
  const grain = grainOfWord(word)
  if (!grain || !['which', 'rank', 'group'].includes(reading.role)) return
  const dimensions = reading.draft.dimensions
  if (!dimensions.some((d) => 'grain' in d))
    dimensions.push({ grain, phrase: word, cue: reading.cue })
}

/** "not paid by card": these stand between the negation and what it negates. */
const keepsNegation = new Set<Cue['kind']>([
  'distinct',
  'comparator',
  'group',
  'possession',
  'list',
])

function readCue(reading: Reading, cue: Cue, phrase: string): void {
  const { draft } = reading
  reading.cue = phrase
  if (!keepsNegation.has(cue.kind)) reading.negated = false
  switch (cue.kind) {
    case 'aggregate':
      if (cue.aggregate === 'count' && countLast(reading)) break
      reading.aggregate = cue.aggregate
      reading.role = 'measure'
      break
    case 'how_many':
      draft.averagesCount = reading.aggregate === 'avg'
      reading.aggregate = 'count'
      draft.counts = true
      reading.role = 'measure'
      break
    case 'distinct':
      reading.distinct = true
      draft.distinct = true
      break
    case 'group':
      reading.role = 'group'
      break
    case 'rank':
      draft.rank = {
        direction: cue.direction,
        concept: cue.concept,
        unlimited: cue.unlimited,
        phrase,
      }
      reading.role = 'rank'
      break
    case 'order':
      draft.order = { ...draft.order, direction: cue.direction ?? draft.order?.direction }
      reading.role = 'order'
      break
    case 'direction':
      draft.order = { ...draft.order, direction: cue.direction }
      break
    case 'absent':
      reading.role = 'absent'
      break
    case 'negate':
      reading.negated = true
      break
    case 'comparator':
      reading.comparator = cue
      break
    default:
      readFlag(reading, cue)
  }
}

/** "sales count": the count of what stands just before. */
function countLast({ draft, lastMention }: Reading): boolean {
  const last = draft.measures.at(-1)
  if (!last?.mention || last.mention !== lastMention || last.aggregate !== undefined) return false
  draft.measures.splice(-1, 1, { ...last, aggregate: 'count' })
  return true
}

/** Cues that mark the whole question. */
function readFlag(reading: Reading, cue: Cue): void {
  const { draft } = reading
  switch (cue.kind) {
    case 'compare':
      draft.compare = true
      break
    case 'difference':
      draft.difference = true
      reading.role = 'measure'
      break
    case 'ask':
      draft.asked = cue.concept
      reading.role = 'which'
      break
    case 'match':
      reading.pattern = cue.pattern
      break
    case 'share':
      draft.share = true
      reading.role = 'measure'
      break
    case 'growth':
      draft.growth = true
      break
    case 'trend':
      draft.trend = true
      break
    case 'when':
      draft.when = true
      break
    case 'which':
    case 'who':
      draft.asksWhich = true
      draft.asksWho = cue.kind === 'who'
      reading.role = 'which'
      break
    case 'list':
      draft.lists = true
      reading.role = 'list'
      break
    case 'possession':
      reading.role = 'attribute'
      break
    case 'between':
      reading.comparator = { comparator: '>=' }
      break
    default:
      break
  }
}

function readNumber(reading: Reading, number: number, phrase: string, at: number): number {
  const { draft, items } = reading
  const next = items[at + 1]
  const alternative = items[at + 2]?.kind === 'word' && items[at + 2]?.phrase === 'than'
  if (next?.kind === 'cue' && next.cue.kind === 'comparator' && /^or /.test(next.phrase)) {
    if (alternative) draft.unknown.push(`${next.phrase} than`)
    reading.comparator = next.cue
    return 1 + addCondition(reading, number, phrase, at + 1)
  }
  if (reading.comparator) return addCondition(reading, number, phrase, at)
  const countsRows = reading.role === 'rank' || (next?.kind === 'cue' && next.cue.kind === 'rank')
  const opensListing = next?.kind === 'mention' && ['list', 'none', 'which'].includes(reading.role)
  if (draft.limit === undefined && Number.isInteger(number) && (countsRows || opensListing)) {
    draft.limit = number
    return 0
  }
  if (reading.lastMention) {
    const { lastMention } = reading
    draft.conditions.push({ mention: lastMention, comparator: '=', number, counts: false, phrase })
  } else draft.unknown.push(phrase)
  return 0
}

/** "more than 10 stores", "price above 50", "between 10 and 20": what is measured stands after or before. */
function addCondition(reading: Reading, number: number, phrase: string, at: number): number {
  const { draft, items, comparator } = reading
  reading.comparator = undefined
  if (!comparator) return 0
  const second = secondBound(items, at)
  const after = at + (second === undefined ? 1 : 3)
  const next = skipJoining(items, after)
  const unit = next?.kind === 'mention' && !next.verb ? next : undefined
  const times = next?.kind === 'word' && next.word === 'times' ? draft.presences.at(-1) : undefined
  const counted = unit ?? times
  const mention = counted ?? reading.lastMention
  const condition = { mention, concept: comparator.concept, counts: counted !== undefined, phrase }
  if (mention) releaseBounded(draft, mention)
  draft.conditions.push({ ...condition, comparator: comparator.comparator, number })
  if (second !== undefined)
    draft.conditions.push({ ...condition, comparator: '<=', number: second })
  return (unit ? items.indexOf(unit) : after - 1) - at
}

/** "more than 30000 in salary": the name may stand behind a small word. */
function skipJoining(items: readonly Item[], at: number): Item | undefined {
  const item = items[at]
  const joins = item?.kind === 'word' && ['in', 'of'].includes(item.word)
  return joins ? items[at + 1] : item
}

/** What only bounds rows ("with a price over 50") is neither shown nor added up. */
function releaseBounded({ measures, listed }: Draft, mention: MentionItem): void {
  const measured = measures.findIndex(
    (m) => m.mention === mention && m.aggregate === undefined && !mention.money,
  )
  if (measured !== -1) measures.splice(measured, 1)
  const shown = listed.indexOf(mention)
  if (shown !== -1) listed.splice(shown, 1)
}

function secondBound(items: readonly Item[], at: number): number | undefined {
  const opened = items[at - 1]
  const joined = items[at + 1]
  const bound = items[at + 2]
  const between = opened?.kind === 'cue' && opened.cue.kind === 'between'
  const and = joined?.kind === 'word' && (joined.word === 'and' || joined.word === 'to')
  return between && and && bound?.kind === 'number' ? bound.number : undefined
}

function readMention(reading: Reading, mention: MentionItem): void {
  const { draft } = reading
  reading.lastMention = mention
  if (reading.role === 'absent') {
    draft.absences.push(mention)
    reading.role = 'none'
    return
  }
  if (mention.verb) {
    draft.presences.push(mention)
    return
  }
  // "not used in any transaction" is about a missing row; "not in the North" about a value.
  if (reading.negated && isTable(mention) && draft.subject && draft.subject !== mention) {
    draft.absences.push(mention)
    reading.negated = false
    return
  }
  if (isDateColumn(reading, mention) && !['group', 'list', 'order'].includes(reading.role)) {
    draft.timeHints.push(mention)
    return
  }
  placeMention(reading, mention)
}

function placeMention(reading: Reading, mention: MentionItem): void {
  const { draft } = reading
  const numeric = mention.money || isNumeric(reading, mention)
  if (reading.aggregate !== undefined && reading.role === 'measure') {
    addMeasure(reading, mention, reading.aggregate)
    reading.aggregate = undefined
    return
  }
  switch (reading.role) {
    case 'measure':
      if (numeric || draft.share) addMeasure(reading, mention)
      else addSubject(draft, mention)
      return
    case 'group':
      if (numeric && draft.rank) addMeasure(reading, mention, reading.aggregate)
      else draft.dimensions.push({ mention, cue: reading.cue })
      return
    case 'rank':
      if (numeric || hasRanked(draft)) addMeasure(reading, mention, numeric ? undefined : 'count')
      else if (isTable(mention)) draft.subject = mention
      else draft.dimensions.push({ mention, cue: 'rank' })
      return
    case 'which':
      if (mention.money) addMeasure(reading, mention)
      else if (isTable(mention) && !draft.subject) draft.subject = mention
      else draft.dimensions.push({ mention, cue: 'which' })
      return
    case 'order':
      draft.order = { ...draft.order, mention }
      return
    case 'attribute':
      if (numeric && !mention.money && draft.subject && draft.dimensions.length === 0) {
        draft.listed.push(mention)
      } else if (numeric) addMeasure(reading, mention)
      else if (isTable(mention)) draft.presences.push(mention)
      else draft.listed.push(mention)
      return
    default:
      if (mention.money || (numeric && reading.role === 'none')) addMeasure(reading, mention)
      else if (isTable(mention) && !draft.subject) draft.subject = mention
      else draft.listed.push(mention)
  }
}

/** What is ranked is known: the subject, or "which cities". */
function hasRanked(draft: Draft): boolean {
  return draft.subject !== undefined || draft.dimensions.length > 0
}

function addMeasure(reading: Reading, mention: MentionItem, aggregate?: Aggregate): void {
  const { distinct } = reading
  reading.distinct = false
  reading.draft.measures.push({ aggregate, distinct, mention, phrase: mention.phrase })
}

function addSubject(draft: Draft, mention: MentionItem): void {
  if (isTable(mention) && !draft.subject) draft.subject = mention
  else draft.listed.push(mention)
}

function isTable(mention: MentionItem): boolean {
  return mention.candidates[0]?.kind === 'table'
}

function isNumeric(reading: Reading, mention: MentionItem): boolean {
  return bestColumn(reading, mention, (kind, key) => kind === 'number' && !key)
}

/** A name that fits a number of the same table just as well ("target") is no date. */
function isDateColumn(reading: Reading, mention: MentionItem): boolean {
  const [best] = mention.candidates
  const rivals = mention.candidates.filter(
    (c) => c.weight === best?.weight && c.column !== best?.column,
  )
  const number = rivals.some(({ table, column }) => {
    if (table !== best?.table || column === undefined) return false
    return findColumn(reading.catalog, { table, column })?.kind === 'number'
  })
  return !number && bestColumn(reading, mention, (kind) => kind === 'date' || kind === 'timestamp')
}

/** Whether the strongest reading of a mention is a column the test accepts. */
function bestColumn(
  { catalog }: Reading,
  mention: MentionItem,
  accepts: (kind: string, isKey: boolean) => boolean,
): boolean {
  const best = mention.candidates[0]
  if (best?.kind !== 'column' || best.column === undefined) return false
  const reference = { table: best.table, column: best.column }
  const column = findColumn(catalog, reference)
  return column !== undefined && accepts(column.kind, isKeyLike(catalog, reference))
}
