/** Mends slips of the keyboard in words that name nothing as they stand, when exactly one known word is near. */
import type { Catalog } from '../../../data/catalog.js'
import { createSpellingIndex, type SpellingIndex } from '../../../rag/close-spelling.js'
import type { ValueLink } from '../../../rag/knowledge.js'
import { synonymsOf } from '../../../rag/synonyms.js'
import { splitIdentifier, stem } from '../../../rag/words.js'
import { revenueWords, tradeNouns, tradeVerbs } from './business-words.js'
import { monthNames } from './calendar.js'
import { cuePhrases } from './cue-phrases.js'
import { fillerWords } from './filler-words.js'
import { grainOfWord } from './read-periods.js'
import type { Token } from './tokens.js'

/** Shorter words are too like too many others. */
const shortest = 5

/** Words of questions that a slip may have been meant for; courtesy and grammar are not worth mending. */
const questionWords: readonly string[] = [
  ...cuePhrases.flatMap(({ words }) => words),
  ...revenueWords,
  ...tradeVerbs,
  ...tradeNouns,
  ...monthNames.map((name) => name.toLowerCase()),
  ...['month', 'monthly', 'quarter', 'quarterly', 'year', 'yearly', 'weekly', 'daily', 'week'],
].filter((word) => word.length >= shortest)

interface Vocabulary {
  readonly known: ReadonlySet<string>
  readonly stems: ReadonlySet<string>
  readonly near: SpellingIndex
}

const vocabularies = new WeakMap<Catalog, Vocabulary>()

export function correctSpelling(
  tokens: readonly Token[],
  catalog: Catalog,
  valueLinks: readonly ValueLink[],
): readonly Token[] {
  const vocabulary = vocabularyOf(catalog)
  return tokens.map((token) => {
    const isValue = valueLinks.some((link) => link.start < token.end && token.start < link.end)
    return isValue ? token : correct(token, vocabulary)
  })
}

function correct(token: Token, { known, stems, near }: Vocabulary): Token {
  const { lower, quoted, number } = token
  const understood =
    quoted ||
    number !== undefined ||
    known.has(lower) ||
    fillerWords.has(lower) ||
    stems.has(token.stem)
  if (understood || lower.length < shortest || grainOfWord(lower)) return token
  if (synonymsOf(lower).some((word) => stems.has(word))) return token
  const [first, second] = near.near(lower)
  if (!first || second?.similarity === first.similarity) return token
  return { ...token, lower: first.key, stem: stem(first.key) }
}

function vocabularyOf(catalog: Catalog): Vocabulary {
  const kept = vocabularies.get(catalog)
  if (kept) return kept
  const told = (catalog.terms ?? []).flatMap(({ names }) => names)
  const names = catalog.tables.flatMap((table) => [
    table.name,
    ...(table.aliases ?? []),
    ...table.columns.flatMap(({ name, aliases = [] }) => [name, ...aliases]),
  ])
  const words = [...told, ...names].flatMap(splitIdentifier)
  const known = new Set([...questionWords, ...words, ...names.map((name) => name.toLowerCase())])
  const plurals = words.map((word) => `${word}s`)
  const vocabulary = {
    known,
    stems: new Set([...known].map(stem)),
    near: createSpellingIndex([...known, ...plurals].filter((word) => word.length >= shortest)),
  }
  vocabularies.set(catalog, vocabulary)
  return vocabulary
}
