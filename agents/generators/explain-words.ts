/** What a model's SQL took the question's unknown words for: a text in it, or the name nearest in meaning. */
import { type Catalog, findTable } from '../../data/catalog.js'
import { type SqlToken, tokensIfReadable } from '../../data/join-free/sql-tokens.js'
import { nameWords } from '../../data/name-words.js'
import { dotProduct } from '../../models/embedding/dot-product.js'
import type { EmbedTexts } from '../intent/nearest-intent.js'
import type { Evidence } from '../sql-generator.js'
import { humanise } from '../text/humanise.js'

interface WordTaken {
  readonly word: string
  /** As the SQL has it: a table, a column or a value. */
  readonly as: string
  /** Cosine of the two in the sentence model; 1 for a word that stands in the SQL itself. */
  readonly nearness: number
}

/**
 * One piece of evidence: the mean nearness of the words, 0 to 1. Undefined when there is no sentence model
 * or the SQL names nothing.
 */
export async function explainWords(
  words: readonly string[],
  joinFree: string,
  catalog: Catalog,
  embed: EmbedTexts,
): Promise<Evidence | undefined> {
  const tokens = tokensIfReadable(joinFree) ?? []
  const names = namesIn(tokens, catalog)
  if (words.length === 0 || names.length === 0) return undefined
  const vectors = await embed([...words, ...names].map((text) => text.toLowerCase()))
  if (!vectors) return undefined
  const values = valuesIn(tokens)
  const nameVectors = vectors.slice(words.length)
  const taken = words.map(
    (word, at) =>
      sameValue(word, values) ?? nearestName(word, vectors[at] ?? [], names, nameVectors),
  )
  const said = taken.map(({ word, as }) => `“${word}” for ${as}`).join(', ')
  return {
    name: 'words explained',
    value: taken.reduce((sum, { nearness }) => sum + nearness, 0) / taken.length,
    note: `The data has no such name; by meaning the model took ${said}.`,
  }
}

function valuesIn(tokens: readonly SqlToken[]): readonly string[] {
  return tokens.flatMap((token) => {
    if (token.kind === 'number') return token.text
    return token.kind === 'string' ? token.text.slice(1, -1).replaceAll("''", "'") : []
  })
}

/** A word of a text that the SQL compares with, or a text of several of the words. */
function sameValue(word: string, values: readonly string[]): WordTaken | undefined {
  const wanted = nameWords(word).join(' ')
  const as = values.find((value) => {
    const bare = nameWords(value).join(' ')
    return (
      bare !== '' && (` ${bare} `.includes(` ${wanted} `) || ` ${wanted} `.includes(` ${bare} `))
    )
  })
  return as === undefined ? undefined : { word, as: `the value '${as}'`, nearness: 1 }
}

/** Tables and columns in words, and each column with its table: `singer`, `song name`, `singer song name`. */
function namesIn(tokens: readonly SqlToken[], catalog: Catalog): readonly string[] {
  const names = new Set<string>()
  tokens.forEach((token, at) => {
    if (token.kind !== 'name') return
    const table = findTable(catalog, token.name)
    if (!table) return
    names.add(humanise(table.name))
    const [dot, column] = tokens.slice(at + 1, at + 3)
    if (dot?.kind !== 'symbol' || dot.text !== '.' || column?.kind !== 'name') return
    names.add(humanise(column.name))
    names.add(`${humanise(table.name)} ${humanise(column.name)}`)
  })
  return [...names]
}

function nearestName(
  word: string,
  vector: readonly number[],
  names: readonly string[],
  vectors: readonly (readonly number[])[],
): WordTaken {
  const taken = names.map((name, at) => ({
    word,
    as: name,
    nearness: dotProduct(vector, vectors[at] ?? []),
  }))
  return taken.reduce((best, one) => (one.nearness > best.nearness ? one : best))
}
