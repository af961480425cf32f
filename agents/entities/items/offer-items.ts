/** Every reading the words of a question allow, overlapping ones included: times, values, names, cues, numbers. */
import type { Catalog } from '../../../data/catalog.js'
import type { ValueLink } from '../../../rag/knowledge.js'
import { type Candidate, linkSchema } from '../schema/link-schema.js'
import { identifierStems } from '../schema/schema-terms.js'
import {
  profitWords,
  revenueWords,
  tradeNouns,
  tradeTables,
  tradeVerbs,
} from '../words/business-words.js'
import type { Cue } from '../words/cue.js'
import { cuePhrases } from '../words/cue-phrases.js'
import { grainOfWord, readTimeSpans, type TimeSpan } from '../words/read-periods.js'
import type { Token } from '../words/tokens.js'
import type { Item, MentionItem } from './item.js'

export function offerItems(
  tokens: readonly Token[],
  catalog: Catalog,
  valueLinks: readonly ValueLink[],
  asOf: string,
): readonly Item[] {
  return [
    ...timeItems(tokens, asOf).filter((item) => !isStoredAs(item, tokens, valueLinks)),
    ...valueItems(tokens, valueLinks),
    ...mentionItems(tokens, catalog),
    ...cueItems(tokens),
    ...numberItems(tokens),
    ...grainWordItems(tokens),
  ]
}

function timeItems(tokens: readonly Token[], asOf: string): readonly Item[] {
  return readTimeSpans(tokens, asOf)
    .flatMap((span) => [span, ...withoutPreposition(span, tokens)])
    .filter(({ from, to }) => to - from > 1 || !followsBound(tokens, from))
    .map((span) => ({ ...span, phrase: phraseOf(tokens, span) }))
}

/** "what is billed is annual", where that is a stored value: no unit of time. */
function isStoredAs(
  { kind, from, to }: Item,
  tokens: readonly Token[],
  links: readonly ValueLink[],
): boolean {
  const token = tokens[from]
  const is = /^(is|are|was|were|=)$/.test(tokens[from - 1]?.lower ?? '')
  if (kind !== 'grain' || to - from > 1 || !token || !is) return false
  return links.some(({ start, end, similarity }) => {
    return similarity === 1 && start === token.start && end === token.end
  })
}

/** "share of 2025 revenue": the small word may belong to what stands before it. */
function withoutPreposition(span: TimeSpan, tokens: readonly Token[]): readonly TimeSpan[] {
  const small = /^(of|in|for|on)$/.test(tokens[span.from]?.lower ?? '')
  return small && span.kind === 'period' && span.to - span.from > 1
    ? [{ ...span, from: span.from + 1 }]
    : []
}

/** "a distance over 2000" is no year. */
function followsBound(tokens: readonly Token[], at: number): boolean {
  return cuePhrases.some(
    ({ cue, words }) =>
      cue.kind === 'comparator' &&
      words.every((word, offset) => tokens[at - words.length + offset]?.lower === word),
  )
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
  const meant = linked.filter((mention) => !isFigure(mention, linked, tokens))
  const covered = new Set(linked.filter((m) => m.to - m.from === 1).map((m) => m.from))
  const everyday = tokens.flatMap((token, at): readonly MentionItem[] => {
    const span = { from: at, to: at + 1, phrase: token.text, kind: 'mention' as const }
    if (covered.has(at) || token.quoted) return []
    if (profitWords.has(token.lower)) {
      return [{ ...span, candidates: [], money: true, profit: true, verb: false }]
    }
    if (revenueWords.has(token.lower))
      return [{ ...span, candidates: [], money: true, verb: false }]
    const verb = tradeVerbs.has(token.lower)
    if (!verb && !tradeNouns.has(token.lower)) return []
    const candidates = transactionTables(catalog)
    // Where nothing is traded, "ordered" is about the order.
    return candidates.length === 0 ? [] : [{ ...span, candidates, money: false, verb }]
  })
  return [...meant, ...everyday]
}

/** "total points" are points added up, whatever column is called `total`. */
function isFigure(
  { from, to }: MentionItem,
  all: readonly MentionItem[],
  tokens: readonly Token[],
): boolean {
  const figure =
    to - from === 1 && /^(total|average|maximum|minimum)$/.test(tokens[from]?.lower ?? '')
  return figure && all.some((next) => next.from === to && next.candidates[0]?.kind === 'column')
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
      if (
        !matches ||
        isNoun(tokens, from, cue) ||
        (ofNumber && words.length === 1 && first.lower !== 'share')
      )
        return []
      const span = { from, to: from + words.length }
      return [{ kind: 'cue' as const, cue, ...span, phrase: phraseOf(tokens, span) }]
    }),
  )
}

/** "its return", "a show": no request to return or to show; "a list" is one. */
function isNoun(tokens: readonly Token[], at: number, cue: Cue): boolean {
  const before = tokens[at - 1]?.lower ?? ''
  if (tokens[at]?.lower === 'list') return false
  const owned = /^(a|an|its|their|his|her|the|each|every|per|single|any|no)$/.test(before)
  const after = tokens[at + 1]?.lower ?? 'in'
  // "between sale and return by category".
  const paired = /^(and|to|of)$/.test(before) && /^(by|per|in|for|of|on)$/.test(after)
  return cue.kind === 'list' && (owned || (paired && tokens[at]?.lower === 'return'))
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

function phraseOf(tokens: readonly Token[], span: { from: number; to: number }): string {
  return tokens
    .slice(span.from, span.to)
    .map((token) => token.text)
    .join(' ')
}
