/** What each cue word does to the reading of the names, values and numbers after it. */

import type { Cue } from '../words/cue.js'
import { readAggregate, startCounting } from './read-aggregate.js'
import { readRank } from './read-rank.js'
import { doneBy, openScope, type Reading } from './reading.js'

/** "not paid by card": these stand between the negation and what it negates. */
const keepsNegation = new Set<Cue['kind']>([
  'distinct',
  'comparator',
  'group',
  'possession',
  'list',
  'match',
])

type CueReader<Kind extends Cue['kind']> = (
  reading: Reading,
  cue: Extract<Cue, { kind: Kind }>,
  phrase: string,
) => void

const readers: { readonly [Kind in Cue['kind']]: CueReader<Kind> } = {
  aggregate: readAggregate,
  how_many: startCounting,
  distinct: (reading, _, phrase) => {
    const before = reading.items[reading.at - 1]
    // "the number of orders for different clients" is one number each.
    if (/different/i.test(phrase) && before?.kind === 'word' && before.word === 'for') {
      reading.role = 'group'
      reading.cue = 'for each'
      return
    }
    reading.distinct = true
    reading.draft.distinct = true
  },
  group: (reading, _, phrase) => {
    const next = reading.items[reading.at + 1]
    // "the average across all stores" is one average.
    const whole = next?.kind === 'word' && next.word === 'all' && /^(across|by|over)$/i.test(phrase)
    if (whole) return
    // "sort them by size" is still about the order.
    if (reading.role !== 'order' || phrase !== 'by') reading.role = 'group'
    if (phrase === 'by' && isDone(reading)) reading.cue = doneBy
  },
  weekend: ({ draft }) => {
    draft.weekend = true
  },
  rank: readRank,
  nth: ({ draft }, { offset }) => {
    draft.offset = offset
    draft.limit ??= 1
  },
  order: (reading, { direction, concept }) => {
    const { draft } = reading
    draft.order = { ...draft.order, direction: direction ?? draft.order?.direction, concept }
    reading.role = 'order'
  },
  direction: ({ draft }, { direction }) => {
    draft.order = { ...draft.order, direction }
  },
  absent: (reading, _, phrase) => {
    reading.role = 'absent'
    mustUse(reading, 'negation', phrase)
  },
  negate: (reading, _, phrase) => {
    reading.negated = true
    mustUse(reading, 'negation', phrase)
  },
  comparator: (reading, cue, phrase) => {
    reading.comparator = cue
    mustUse(reading, 'comparator', phrase)
  },
  between: (reading, _, phrase) => {
    reading.comparator = { comparator: '>=' }
    // "the difference between North and South" bounds nothing.
    if (!reading.draft.difference) mustUse(reading, 'comparator', phrase)
  },
  compare: ({ draft }) => {
    draft.compare = true
  },
  share: (reading) => {
    reading.draft.share = true
    reading.role = 'measure'
  },
  growth: ({ draft }) => {
    draft.growth = true
  },
  difference: (reading, _, phrase) => {
    reading.draft.difference = true
    if (phrase.toLowerCase().startsWith('how many')) reading.aggregates = ['count']
    reading.role = 'measure'
  },
  cumulative: ({ draft }) => {
    draft.cumulative = true
  },
  performance: ({ draft }) => {
    draft.performs = true
  },
  spread: ({ draft }) => {
    draft.spread = true
  },
  trend: ({ draft }) => {
    draft.trend = true
  },
  when: ({ draft }) => {
    draft.when = true
  },
  ask: (reading, { concept }, phrase) => {
    const before = reading.items[reading.at - 1]
    // "products where the cost …" asks for no place.
    if (/^where$/i.test(phrase) && before?.kind === 'mention') {
      openScope(reading)
      return
    }
    reading.draft.asked = concept
    reading.draft.askedAs = phrase
    reading.role = 'which'
  },
  match: (reading, { pattern }, phrase) => {
    // "ends with the letter a" is still about the end.
    const spelled = /(string|letters?|word|phrase)$/i.test(phrase) && reading.pattern !== undefined
    if (!spelled) reading.pattern = pattern
    if (pattern !== 'contains') mustUse(reading, 'pattern', phrase)
  },
  in_name: readInName,
  which: (reading, _, phrase) => {
    if (phrase.toLowerCase() !== 'what') openScope(reading)
    if (!reading.scoped || reading.draft.measures.length === 0) askWhich(reading)
  },
  who: (reading) => {
    openScope(reading)
    // "the number of customers who …" asks for no one.
    if (reading.scoped && reading.draft.measures.length > 0) return
    askWhich(reading)
    reading.draft.asksWho = true
  },
  list: (reading) => {
    reading.scoped = false
    reading.draft.lists = true
    reading.role = 'list'
  },
  possession: (reading, _, phrase) => {
    if (/^(that|who) ha(ve|s)$/i.test(phrase)) openScope(reading)
    if (phrase.toLowerCase() === 'with') reading.scoped = false
    reading.role = 'attribute'
  },
  chart: () => {},
}

export function readCue(reading: Reading, cue: Cue, phrase: string): void {
  reading.cue = phrase
  if (!keepsNegation.has(cue.kind)) reading.negated = false
  // The table above has a reader of exactly this kind of cue; TypeScript cannot pair the two.
  const read = readers[cue.kind] as CueReader<Cue['kind']>
  read(reading, cue, phrase)
}

/** "taken by", "paid by": who did it, which is grouped by unless the question says who it was. */
function isDone({ items, at }: Reading): boolean {
  return /(ed|en|made|paid|sold|held|won|taught|bought|spent)$/i.test(items[at - 1]?.phrase ?? '')
}

function mustUse({ open, draft }: Reading, kind: keyof Reading['open'], phrase: string): void {
  const before = open[kind]
  if (before !== undefined) draft.unused.push(before)
  open[kind] = phrase
}

function askWhich(reading: Reading): void {
  reading.draft.asksWhich = true
  reading.role = 'which'
}

/** "products with camera in the name": the word before is part of a name. */
function readInName({ draft, lastMention }: Reading): void {
  const phrase = draft.unknown.pop()
  // A word that stands in names was understood without being told where it stands.
  if (phrase === undefined) return
  draft.matches.push({
    pattern: `%${phrase.toLowerCase()}%`,
    mention: lastMention,
    negated: false,
    phrase,
  })
}
