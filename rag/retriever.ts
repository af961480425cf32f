/** Finds documents for a question by meaning and by words, and fuses the two rankings. */
import type { Catalog } from '../data/catalog.js'
import type { KnowledgeDocument, RetrievedContext, RetrievedDocument } from './knowledge.js'
import { rankTables } from './rank-tables.js'
import type { WordHit, WordIndex } from './word-index.js'

/** Hits asked of each ranking. */
export const hitsPerRanking = 24
/** Reciprocal rank fusion's constant, below the usual 60: with two short rankings the first ranks matter. */
const rankOffset = 10
/** Hard budget of the documents' texts and SQL. */
const maxContextTokens = 1_500
const charactersPerToken = 4

export interface VectorHit {
  readonly id: string
  /** Cosine distance, 0 to 2. */
  readonly distance: number
}

export interface Retrieval {
  readonly catalog: Catalog
  readonly documents: ReadonlyMap<string, KnowledgeDocument>
  readonly words: WordIndex
}

/** `vectorHits` are empty where no sentence model could be had. */
export function retrieveContext(
  { catalog, documents, words }: Retrieval,
  question: string,
  vectorHits: readonly VectorHit[],
  linkedTables: readonly string[],
): RetrievedContext {
  const fused = fuse(documents, vectorHits, words.search(question, hitsPerRanking))
  return {
    documents: withinBudget(fused),
    tables: rankTables(catalog, fused, linkedTables),
  }
}

function fuse(
  documents: ReadonlyMap<string, KnowledgeDocument>,
  vectorHits: readonly VectorHit[],
  wordHits: readonly WordHit[],
): readonly RetrievedDocument[] {
  const distances = new Map(vectorHits.map((hit) => [hit.id, hit.distance]))
  const scores = new Map<string, number>()
  for (const ranking of [vectorHits, wordHits]) {
    ranking.forEach(({ id }, rank) => {
      scores.set(id, (scores.get(id) ?? 0) + 1 / (rankOffset + rank + 1))
    })
  }
  return [...scores]
    .sort(([a, first], [b, second]) => second - first || (a < b ? -1 : 1))
    .flatMap(([id, score]) => {
      const document = documents.get(id)
      return document ? [{ ...document, distance: distances.get(id), score }] : []
    })
}

/** Best first; one that does not fit is passed over for smaller ones behind it. */
function withinBudget(documents: readonly RetrievedDocument[]): readonly RetrievedDocument[] {
  let tokensLeft = maxContextTokens
  return documents.filter((document) => {
    const tokens = tokensOf(document)
    if (tokens > tokensLeft) return false
    tokensLeft -= tokens
    return true
  })
}

/** A rough count, good enough for a budget that the prompt builder checks again. */
function tokensOf({ text, sql = '' }: KnowledgeDocument): number {
  return Math.ceil((text.length + sql.length) / charactersPerToken)
}
