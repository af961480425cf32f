/** Reads a question as a row of items (cues, names, values, times, numbers), each word used at most once. */
import type { Catalog, ColumnReference } from '../../data/catalog.js'
import type { ValueLink } from '../../rag/knowledge.js'
import type { Grain, Period } from './entities.js'
import {
  type Cue,
  cuePhrases,
  fillerWords,
  profitWords,
  revenueWords,
  tradeNouns,
  tradeTables,
  tradeVerbs,
} from './lexicon.js'
import { type Candidate, linkSchema } from './link-schema.js'
import { grainOfWord, readTimeSpans } from './read-periods.js'
import { identifierStems } from './schema-terms.js'
import type { Token } from './tokens.js'

interface Span {
  readonly from: number
  readonly to: number
  readonly phrase: string
}

export interface MentionItem extends Span {
  readonly kind: 'mention'
  readonly candidates: readonly Candidate[]
  /** An everyday word for money taken in, such as "revenue". */
  readonly money: boolean
  /** The table named along with a column ("email of customer"). */
  readonly owner?: string
  /** Stored values the same words may mean instead. */
  readonly values?: readonly ValueLink[]
  /** Money made after costs. */
  readonly profit?: boolean
  /** A verb of trade standing for a table of transactions. */
  readonly verb: boolean
}

export type Item =
  | MentionItem
  | (Span & { readonly kind: 'cue'; readonly cue: Cue })
  | (Span & { readonly kind: 'value'; readonly links: readonly ValueLink[] })
  | (Span & {
      readonly kind: 'part'
      readonly columns: readonly ColumnReference[]
      readonly text: string
    })
  | (Span & { readonly kind: 'period'; readonly period: Period })
  | (Span & { readonly kind: 'grain'; readonly grain: Grain })
  | (Span & { readonly kind: 'number'; readonly number: number })
  | (Span & { readonly kind: 'word'; readonly word: string })
  | (Span & { readonly kind: 'unknown' })

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
  const offered = [
    ...timeItems(tokens, asOf),
    ...valueItems(tokens, valueLinks),
    ...mentionItems(tokens, catalog),
    ...cueItems(tokens),
    ...numberItems(tokens),
    ...grainWordItems(tokens),
  ]
  const chosen = chooseSpans(offered)
  const taken = new Set(chosen.flatMap((item) => range(item.from, item.to)))
  const rest = tokens.flatMap((token, at) => (taken.has(at) ? [] : [restItem(token, at)]))
  return [...chosen, ...rest].sort((a, b) => a.from - b.from)
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

/** "customer 250" stays together, whatever stands before it. */
const keyBonus = 10

/** Small words at a span's edge do not make it longer. */
function length(item: Item): number {
  const small =
    item.kind === 'period' && /^(in|of|for|the|during|on|at|within)\b/i.test(item.phrase)
  const key = item.kind === 'value' && /^\p{L}+ \d+$/u.test(item.phrase) ? keyBonus : 0
  return item.to - item.from - (small ? 0.5 : 0) + key
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

function timeItems(tokens: readonly Token[], asOf: string): readonly Item[] {
  return readTimeSpans(tokens, asOf).map((span) => ({ ...span, phrase: phraseOf(tokens, span) }))
}

function valueItems(tokens: readonly Token[], links: readonly ValueLink[]): readonly Item[] {
  const bySpan = new Map<string, ValueLink[]>()
  for (const link of links) {
    const key = `${link.start}:${link.end}`
    bySpan.set(key, [...(bySpan.get(key) ?? []), link])
  }
  return [...bySpan.values()].flatMap((group) => {
    const { start, end, phrase } = group[0]!
    const from = tokens.findIndex((token) => token.end > start)
    const past = tokens.findIndex((token) => token.start >= end)
    const to = past === -1 ? tokens.length : past
    return from === -1 || to <= from
      ? []
      : [{ kind: 'value' as const, from, to, phrase, links: group }]
  })
}

function mentionItems(tokens: readonly Token[], catalog: Catalog): readonly Item[] {
  const linked = linkSchema(tokens, catalog).map((mention) => ({
    ...mention,
    kind: 'mention' as const,
    money: mention.to - mention.from === 1 && revenueWords.has(tokens[mention.from]?.lower ?? ''),
    verb: false,
  }))
  const covered = new Set(linked.filter((m) => m.to - m.from === 1).map((m) => m.from))
  const everyday = tokens.flatMap((token, at): readonly MentionItem[] => {
    const span = { from: at, to: at + 1, phrase: token.text, kind: 'mention' as const }
    if (covered.has(at)) return []
    if (profitWords.has(token.lower)) {
      return [{ ...span, candidates: [], money: true, profit: true, verb: false }]
    }
    if (revenueWords.has(token.lower))
      return [{ ...span, candidates: [], money: true, verb: false }]
    const verb = tradeVerbs.has(token.lower)
    if (!verb && !tradeNouns.has(token.lower)) return []
    return [{ ...span, candidates: transactionTables(catalog), money: false, verb }]
  })
  return [...linked, ...everyday]
}

/** Tables that a verb such as "bought" can stand for. */
function transactionTables(catalog: Catalog): readonly Candidate[] {
  return catalog.tables
    .filter((table) => {
      const words = identifierStems(table.name)
      return words.length === 1 && tradeTables.includes(words[0] ?? '')
    })
    .map((table) => ({ kind: 'table', table: table.name, weight: 0.5 }))
}

function cueItems(tokens: readonly Token[]): readonly Item[] {
  return tokens.flatMap((first, from) =>
    cuePhrases.flatMap(({ cue, words }) => {
      const matches = words.every((word, offset) => {
        const token = tokens[from + offset]
        return token?.lower === word && !token.quoted
      })
      // "20 percent" is a number, not a share.
      const ofNumber = cue.kind === 'share' && tokens[from - 1]?.number !== undefined
      if (!matches || (ofNumber && words.length === 1 && first.lower !== 'share')) return []
      const span = { from, to: from + words.length }
      return [{ kind: 'cue' as const, cue, ...span, phrase: phraseOf(tokens, span) }]
    }),
  )
}

/** Units of time outrank names that only contain them, such as `target_month`. */
function grainWordItems(tokens: readonly Token[]): readonly Item[] {
  return tokens.flatMap((token, at) =>
    grainOfWord(token.lower) === undefined
      ? []
      : [{ kind: 'word' as const, from: at, to: at + 1, phrase: token.text, word: token.lower }],
  )
}

function numberItems(tokens: readonly Token[]): readonly Item[] {
  return tokens.flatMap((token, at) =>
    token.number === undefined
      ? []
      : [
          {
            kind: 'number' as const,
            from: at,
            to: at + 1,
            phrase: token.text,
            number: token.number,
          },
        ],
  )
}

function restItem(token: Token, at: number): Item {
  const span = { from: at, to: at + 1, phrase: token.text }
  if (fillerWords.has(token.lower) || token.lower.length === 1) {
    return { ...span, kind: 'word', word: token.lower }
  }
  return { ...span, kind: 'unknown' }
}

function phraseOf(tokens: readonly Token[], span: { from: number; to: number }): string {
  return tokens
    .slice(span.from, span.to)
    .map((token) => token.text)
    .join(' ')
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from }, (_, offset) => from + offset)
}
