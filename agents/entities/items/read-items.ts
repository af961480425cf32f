/** Reads a question as a row of items (cues, names, values, times, numbers), each word used at most once. */
import type { Catalog } from '../../../data/catalog.js'
import type { ValueLink } from '../../../rag/knowledge.js'
import type { Cue } from '../words/cue.js'
import { fillerWords } from '../words/filler-words.js'
import type { Token } from '../words/tokens.js'
import type { Item, MentionItem } from './item.js'
import { offerItems } from './offer-items.js'

/** A name given in (nearly) full outranks a value or a soft cue of the same length. */
const fullName = 0.75

/** One-word cues that are never names. */
const hardCues = new Set<Cue['kind']>([
  'group',
  'negate',
  'absent',
  'comparator',
  'compare',
  'which',
  'list',
  'how_many',
  'between',
  'possession',
  'distinct',
  'chart',
  'match',
  'ask',
  'who',
])

export function readItems(
  tokens: readonly Token[],
  catalog: Catalog,
  valueLinks: readonly ValueLink[],
  asOf: string,
): readonly Item[] {
  const offered = offerItems(tokens, catalog, valueLinks, asOf)
  const chosen = chooseSpans(offered)
  const taken = new Set(chosen.flatMap((item) => range(item.from, item.to)))
  const named = namesByCapital(tokens)
  const rest = tokens.flatMap((token, at) =>
    taken.has(at) ? [] : [restItem(token, at, named.has(token))],
  )
  return [...chosen.map((item) => withGap(item, tokens)), ...rest].sort((a, b) => a.from - b.from)
}

/** "title, date" are two names, "launch date" may be one; a dropped "'s" leaves a wider gap than a comma. */
function withGap(item: Item, tokens: readonly Token[]): Item {
  const before = tokens[item.from - 1]?.end
  const from = tokens[item.from]?.start
  const apart = before !== undefined && from !== undefined && from - before === 2
  return item.kind === 'mention' && apart ? { ...item, apart } : item
}

/** Longest first; among equals the kind that is least likely to be an accident. */
function chooseSpans(offered: readonly Item[]): readonly Item[] {
  const ranked = [...offered].sort((a, b) => length(b) - length(a) || priority(b) - priority(a))
  const chosen: Item[] = []
  const taken = new Set<number>()
  for (const item of ranked) {
    const positions = range(item.from, item.to)
    if (positions.some((at) => taken.has(at))) continue
    chosen.push(withOtherReading(item, offered))
    for (const at of positions) taken.add(at)
  }
  return chosen
}

/** A name keeps the stored values it was preferred to, for questions that leave it without a role. */
function withOtherReading(item: Item, offered: readonly Item[]): Item {
  if (item.kind !== 'mention') return item
  const value = offered.find((o) => o.kind === 'value' && o.from === item.from && o.to === item.to)
  return value?.kind === 'value' ? { ...item, values: value.links } : item
}

/** "customer 250" stays together, whatever stands before it; so does "orders 2023" where a table is called so. */
const numberBonus = 10

/** Small words at a span's edge do not make it longer. */
function length(item: Item): number {
  const small =
    item.kind === 'period' && /^(in|of|for|the|during|on|at|within)\b/i.test(item.phrase)
  const key = item.kind === 'value' && /^\p{L}+ \d+$/u.test(item.phrase)
  const numbered = item.kind === 'mention' && /(^| )\d/.test(item.phrase)
  return item.to - item.from - (small ? 0.5 : 0) + (key || numbered ? numberBonus : 0)
}

function priority(item: Item): number {
  switch (item.kind) {
    case 'value':
      return item.links.some((link) => link.similarity === 1) ? 5 : 3
    case 'period':
      return 9
    case 'grain':
      return 8
    case 'mention':
      return mentionPriority(item)
    case 'cue':
      return hardCues.has(item.cue.kind) ? 7 : 4
    case 'word':
      return 6.5
    default:
      return 1
  }
}

/** A column called exactly `year` outranks the unit of time; one that only contains it does not. */
function mentionPriority({ candidates, money, verb }: MentionItem): number {
  const weight = candidates[0]?.weight ?? 0
  if (weight >= 1) return 6.6
  if (weight >= fullName) return 6
  return money || verb ? 5.5 : 2
}

/** Words in capitals ("US") in a question that is not all in capitals; what is quoted is a name anyway. */
function namesByCapital(tokens: readonly Token[]): ReadonlySet<Token> {
  const shouted = ({ text }: Token) => /^\p{Lu}{2,}$/u.test(text)
  const words = tokens.filter(({ text }) => /^\p{L}/u.test(text))
  const few = words.filter(shouted).length * 2 < words.length
  return new Set(tokens.filter((token) => token.quoted || (few && shouted(token))))
}

function restItem(token: Token, at: number, isName: boolean): Item {
  const span = { from: at, to: at + 1, phrase: token.text }
  if (!isName && (fillerWords.has(token.lower) || token.lower.length === 1)) {
    return { ...span, kind: 'word', word: token.lower }
  }
  return { ...span, kind: 'unknown' }
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from }, (_, offset) => from + offset)
}
