/** Gives every item of a question its role, from the cue words before it. Settles no names yet. */
import type { Catalog } from '../../../data/catalog.js'
import type { ValueLink } from '../../../rag/knowledge.js'
import { type Draft, emptyDraft } from '../draft.js'
import type { Item, MentionItem } from '../items/item.js'
import { grainOfWord } from '../words/read-periods.js'
import { readMention } from './place-mention.js'
import { readCue } from './read-cue.js'
import { readNumber } from './read-number.js'
import { isDateColumn, openScope, type Reading } from './reading.js'
import { splitBands } from './split-bands.js'

/** `follows`: the question leans on an earlier turn that may have been a ranking. */
export function assignRoles(items: readonly Item[], catalog: Catalog, follows = false): Draft {
  const reading: Reading = {
    draft: emptyDraft(),
    catalog,
    items,
    follows,
    at: 0,
    role: 'none',
    cue: '',
    aggregates: [],
    distinct: false,
    negated: false,
    ranksListed: false,
    open: {},
    scoped: false,
  }
  for (let at = 0; at < items.length; at += 1) {
    const item = items[at]
    reading.at = at
    if (item) at += readItem(reading, item, at)
  }
  splitBands(reading)
  reading.draft.openAbsence = reading.role === 'absent'
  // "nobody used" negates what no name stands for.
  const toldApart = reading.role === 'absent' && reading.draft.presences.length > 0
  if (toldApart) reading.open.negation = undefined
  reading.draft.unused.push(...Object.values(reading.open).filter((word) => word !== undefined))
  reading.draft.bareAggregate = reading.aggregates[0]
  const averaged = reading.aggregates.includes('avg') && reading.draft.measures.length > 0
  if (averaged && items.some((item) => item.phrase.toLowerCase() === 'on average')) {
    reading.draft.unused.push('on average')
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
      readValue(reading, item)
      return 0
    case 'part':
      readPart(reading, item)
      return 0
    case 'pair':
      readPair(reading, item)
      return 0
    case 'side_by_side':
      if (!item.apart) draft.sideBySide.push(...item.values)
      else draft.bands.push(...item.values.map((value) => ({ label: value.phrase, value })))
      return 0
    case 'period_sets':
      draft.periodSets.push(...item.sets)
      if (item.certain) draft.certainSets.push(item.phrase)
      return 0
    case 'mean_bound':
      draft.meanBounds.push(item)
      return 0
    case 'filters':
      draft.filters.push(...item.filters)
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
      if (/^(by|per|each|every)\b/i.test(item.phrase)) reading.role = 'group'
      return 0
    case 'number':
      return readNumber(reading, item.number, item.phrase, at)
    case 'word':
      if (reading.pattern && isLetter(reading, item.phrase)) addMatch(reading, item.phrase)
      else readWord(reading, item.word)
      return 0
    case 'unknown':
      if (reading.pattern) addMatch(reading, item.phrase)
      else draft.unknown.push(item.phrase)
      return 0
  }
}

function readValue(reading: Reading, item: Extract<Item, { kind: 'value' }>): void {
  if (isTextOf(reading, item.links)) {
    addMatch(reading, item.phrase)
    return
  }
  const differs = isOrIsNot(reading)
  reading.pattern = undefined
  reading.open.pattern = undefined
  reading.open.negation = undefined
  reading.draft.values.push({
    links: item.links,
    negated: reading.negated || reading.role === 'absent' || differs,
    phrase: item.phrase,
    at: item.from,
  })
}

/** "status = active" bounds no number; true for "status <> active". */
function isOrIsNot(reading: Reading): boolean {
  const sign = reading.comparator?.comparator
  if (sign !== '=' && sign !== '<>') return false
  reading.comparator = undefined
  reading.open.comparator = undefined
  return sign === '<>'
}

/** "an email that contains odo", though Odo is the first name of someone. */
function isTextOf({ pattern, cue, lastMention }: Reading, links: readonly ValueLink[]): boolean {
  const best = lastMention?.candidates[0]
  const looks = /contain|string|letter|word|phrase|start|begin|end|includ/i.test(cue)
  if (!pattern || !looks || best?.kind !== 'column') return false
  return !links.some(({ column }) =>
    lastMention?.candidates.some((c) => c.table === column.table && c.column === column.column),
  )
}

function readPart(
  reading: Reading,
  { columns, text, phrase }: Extract<Item, { kind: 'part' }>,
): void {
  reading.pattern = undefined
  reading.open.pattern = undefined
  reading.open.negation = undefined
  const negated = reading.negated || reading.role === 'absent'
  reading.draft.parts.push({ columns, text, negated, phrase })
}

/** "closed stores": a date's verb before a name is the stored value, not the date. */
function isAdjective(reading: Reading, item: MentionItem, at: number): boolean {
  return (
    item.values !== undefined &&
    reading.items[at + 1]?.kind === 'mention' &&
    isDateColumn(reading, item)
  )
}

function adjectiveValue({ negated, open }: Reading, item: MentionItem) {
  open.negation = undefined
  return { links: item.values ?? [], negated, phrase: item.phrase, at: item.from }
}

/** "how many stores missed …" counts the groups that are kept. */
function readPair(reading: Reading, { first, second, relation }: Extract<Item, { kind: 'pair' }>) {
  const { draft } = reading
  const last = draft.measures.at(-1)
  if (/[<>]/.test(relation) && last?.aggregate === 'count' && last.mention && !draft.subject) {
    draft.measures.pop()
    draft.subject = last.mention
    draft.counts = false
    draft.countsGroups = true
  }
  const [aggregate] = reading.aggregates
  draft.measures.push(aggregate === 'count' ? { ...first, aggregate } : first, second)
  // "By how much did it miss its target?"
  const apart = /[<>]/.test(relation) && (draft.growth || draft.difference)
  draft.relation = apart ? 'difference' : relation
  if (apart) draft.growth = draft.difference = false
  reading.aggregates = []
  reading.role = 'none'
}

/** "the letter a" is one; "a" after anything else is an article. */
function isLetter({ cue }: Reading, phrase: string): boolean {
  return /letters?$/i.test(cue) ? phrase.length === 1 : /^\p{Lu}$/u.test(phrase)
}

const patterns = {
  contains: (text: string) => `%${text}%`,
  starts: (text: string) => `${text}%`,
  ends: (text: string) => `%${text}`,
}

function addMatch(reading: Reading, phrase: string): void {
  const { draft, pattern = 'contains', lastMention, negated } = reading
  const escaped = phrase.toLowerCase().replace(/[%_]/g, '')
  draft.matches.push({ pattern: patterns[pattern](escaped), mention: lastMention, negated, phrase })
  reading.pattern = undefined
  reading.open.pattern = undefined
  reading.open.negation = undefined
  // "how many towns have a name that contains x": the name is looked into, and not shown.
  const shown = lastMention && draft.counts ? draft.listed.indexOf(lastMention) : -1
  if (shown !== -1) draft.listed.splice(shown, 1)
}

/** "which month", "best day": a lone unit of time that is grouped by. */
function readWord(reading: Reading, word: string): void {
  if (['information', 'info', 'details'].includes(word)) reading.draft.whole = true
  if (['that', 'which', 'where'].includes(word)) openScope(reading)
  if (word === 'their' || word === 'its') reading.scoped = false
  const grain = grainOfWord(word)
  if (!grain || !['which', 'rank', 'group'].includes(reading.role)) return
  const { dimensions } = reading.draft
  if (!dimensions.some((d) => 'grain' in d)) {
    dimensions.push({ grain, phrase: word, cue: reading.cue })
  }
}
