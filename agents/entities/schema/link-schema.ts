/** Finds the tables and columns that stretches of a question may mean. */
import type { Catalog } from '../../../data/catalog.js'
import { synonymsOf } from '../../../rag/synonyms.js'
import { splitIdentifier, stem } from '../../../rag/words.js'
import type { Token } from '../words/tokens.js'
import { type ComputedColumn, isComputed } from './computed-column.js'
import type { DefinedColumn } from './defined-column.js'
import { type SchemaTerm, schemaTerms } from './schema-terms.js'

export interface Candidate {
  readonly kind: 'table' | 'column'
  readonly table: string
  readonly column?: string
  /** 0 to 1: how completely and literally the words name it. */
  readonly weight: number
  /** What two columns give together; `table` and `column` are then those of the finer one. */
  readonly computed?: ComputedColumn
  /** What somebody said that the words stand for. */
  readonly defined?: DefinedColumn
}

/** Token positions `from` up to but not including `to`, with what they may mean, best first. */
export interface Mention {
  readonly from: number
  readonly to: number
  readonly phrase: string
  readonly candidates: readonly Candidate[]
}

const longestName = 5
/** What a match through a synonym is worth beside a literal one. */
const synonymDiscount = 0.8
/** From here on a name is given in full, and its synonyms are not meant. */
const fullName = 0.75
/** A number belongs to a name ("orders 2023") only where the whole name is said: "3 items" are not `item_3`. */
const exactName = 0.9
/** Candidates this much weaker than the best are not meant. */
const closeEnough = 0.6

/** Every span that matches a name in some form; spans may overlap, choosing among them is the caller's. */
export function linkSchema(tokens: readonly Token[], catalog: Catalog): readonly Mention[] {
  const index = termIndex(schemaTerms(catalog))
  const mentions: Mention[] = []
  for (let from = 0; from < tokens.length; from += 1) {
    for (let to = from + 1; to <= Math.min(tokens.length, from + longestName); to += 1) {
      const mention = linkSpan(tokens, from, to, index)
      if (mention) mentions.push(mention)
    }
  }
  return mentions
}

type TermIndex = ReadonlyMap<string, readonly SchemaTerm[]>
const indexes = new WeakMap<readonly SchemaTerm[], TermIndex>()

function termIndex(terms: readonly SchemaTerm[]): TermIndex {
  const known = indexes.get(terms)
  if (known) return known
  const index = new Map<string, SchemaTerm[]>()
  for (const term of terms) {
    const key = spanKey(term.words)
    index.set(key, [...(index.get(key) ?? []), term])
  }
  indexes.set(terms, index)
  return index
}

function spanKey(words: readonly string[]): string {
  return words.join(' ')
}

function linkSpan(
  tokens: readonly Token[],
  from: number,
  to: number,
  index: TermIndex,
): Mention | undefined {
  const span = tokens.slice(from, to)
  if (span.some((token) => token.quoted) || span.every(isNumber)) return undefined
  const words = contentWords(span)
  if (words.length === 0 || isBareVerb(span)) return undefined
  if (isRank(span) && !partsOfName.has(tokens[to]?.lower ?? '')) return undefined
  const turned = turnedRound(span)
  const literal =
    index.get(spanKey(turned)) ?? index.get(spanKey(words)) ?? qualifiedTerms(span, index)
  const terms = span.some(isNumber)
    ? literal.filter((term) => term.weight >= exactName)
    : withSynonyms(literal, span, words, index)
  if (terms.length === 0) return undefined
  const phrase = span.map((token) => token.text).join(' ')
  return { from, to, phrase, candidates: rank(terms) }
}

function isNumber({ number }: Token): boolean {
  return number !== undefined
}

const joiningWords = new Set(['of', 'the'])
/** "sales on 5 March" is no name, though a column may end in `_on`. */
const edgeWords = new Set([
  ...joiningWords,
  ...[
    'on',
    'at',
    'in',
    'by',
    'to',
    'for',
    'from',
    'and',
    'or',
    'with',
    'is',
    'are',
    'was',
    'has',
    'a',
    'an',
    'who',
    'that',
    'which',
    'whose',
  ],
])

/** Joining words inside a span are skipped, never at its ends. */
function contentWords(span: readonly Token[]): readonly string[] {
  if (span.length > 1 && ['named', 'called'].includes(span.at(-1)?.lower ?? '')) return []
  const ends = [span[0]?.lower ?? '', span.at(-1)?.lower ?? '']
  if (ends.some((word) => edgeWords.has(word))) return []
  return wordsOf(span)
}

/** "amount of the line" names `line_amount`; "number of lines" counts them. */
function turnedRound(span: readonly Token[]): readonly string[] {
  const of = span.findIndex((token) => token.lower === 'of')
  const counts = countingWords.has(span[0]?.lower ?? '')
  return of === -1 || counts ? [] : wordsOf([...span.slice(of + 1), ...span.slice(0, of)])
}

const countingWords = new Set(['number', 'numbers', 'count', 'counts', 'no'])

function wordsOf(span: readonly Token[]): readonly string[] {
  return span
    .filter((token) => !joiningWords.has(token.lower))
    .flatMap(({ lower }) =>
      /[\p{L}\p{N}]/u.test(lower) ? splitIdentifier(lower).map(stem) : [lower],
    )
}

const partsOfName = new Set(['name', 'names', 'and', 'or', 'first', 'middle', 'last', 'id'])

/** "When did she first come": no first name. */
function isRank(span: readonly Token[]): boolean {
  return span.length === 1 && /^(first|last)$/.test(span[0]?.lower ?? '')
}

const bareVerbs = new Set(
  'made make makes used use uses taken take takes given give gives held hold holds kept put'.split(
    ' ',
  ),
)

/** "payments made" says nothing of a date that something was made on. */
function isBareVerb(span: readonly Token[]): boolean {
  return span.length === 1 && bareVerbs.has(span[0]?.lower ?? '')
}

/** `stores.city` typed as such. */
function qualifiedTerms(span: readonly Token[], index: TermIndex): readonly SchemaTerm[] {
  const [table, column] = span.length === 1 ? (span[0]?.lower.split('.') ?? []) : []
  if (table === undefined || column === undefined) return []
  return [...index.values()]
    .flat()
    .filter((t) => t.table.toLowerCase() === table && t.column?.toLowerCase() === column)
    .map((term) => ({ ...term, weight: 1 }))
}

/** Those of synonyms behind, where no name is given in full. */
function withSynonyms(
  literal: readonly SchemaTerm[],
  span: readonly Token[],
  words: readonly string[],
  index: TermIndex,
): readonly SchemaTerm[] {
  const named = literal.some((term) => term.weight >= fullName)
  return named ? literal : [...literal, ...synonymTerms(span, words, index)]
}

function synonymTerms(
  span: readonly Token[],
  words: readonly string[],
  index: TermIndex,
): readonly SchemaTerm[] {
  const [first] = span
  const others = span.length === 1 && !isQuality(first) ? synonymsOf(first?.lower ?? '') : []
  const meanings = words.map((word, at) =>
    words.length === 1 ? [word, ...others] : [word, ...synonymsOf(lowerOf(span, at) ?? word)],
  )
  const found: SchemaTerm[] = []
  for (const terms of index.values()) {
    const target = terms[0]?.words ?? []
    if (target.length !== words.length || !target.every((word, at) => meanings[at]?.includes(word)))
      continue
    found.push(...terms.map((term) => ({ ...term, weight: term.weight * synonymDiscount })))
  }
  return found
}

/** "good" is not what "goods" are. */
function isQuality(token: Token | undefined): boolean {
  return token?.lower === 'good'
}

/** The token a content word was read from, when each token gave one. */
function lowerOf(span: readonly Token[], at: number): string | undefined {
  return span.filter((token) => !joiningWords.has(token.lower))[at]?.lower
}

/** One candidate per table or column, strongest first, weak ones dropped. */
function rank(terms: readonly SchemaTerm[]): readonly Candidate[] {
  const best = new Map<string, Candidate>()
  for (const { kind, table, column, weight, defined } of terms) {
    const key = `${table}.${column ?? ''}`
    if ((best.get(key)?.weight ?? 0) >= weight) continue
    const computed = defined && isComputed(defined) && { computed: defined }
    best.set(key, { kind, table, column, weight, ...(defined && { defined }), ...computed })
  }
  const ranked = [...best.values()].sort((a, b) => b.weight - a.weight)
  const top = ranked[0]?.weight ?? 0
  return ranked.filter((candidate) => candidate.weight >= top * closeEnough)
}
