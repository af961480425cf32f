/** Finds approved pairs whose question is nearly the one asked: by shared words first, then by meaning where that can be told. */
import type { ApprovedPair } from '../data/store/app-store.js'
import { dotProduct } from '../models/embedding/dot-product.js'
import type { KnowledgeBase } from './knowledge.js'
import { createWordIndex } from './word-index.js'

/** Pairs worth showing beside a question. */
const maxPairs = 3
/** Of these the nearest in meaning are chosen. */
const maxCandidates = 8
/** Cosine distance beyond which a pair says nothing about the question. */
const maxDistance = 0.35

export interface SimilarPair extends ApprovedPair {
  /** Cosine distance, 0 to 2; absent without a sentence model. */
  readonly distance?: number
}

/** Nearest first; none where there are no pairs. */
export async function findSimilarPairs(
  pairs: readonly ApprovedPair[],
  question: string,
  embed: KnowledgeBase['embed'],
): Promise<readonly SimilarPair[]> {
  const index = createWordIndex(pairs.map((pair) => ({ id: pair.id, text: pair.question })))
  const byId = new Map(pairs.map((pair) => [pair.id, pair]))
  const candidates = index.search(question, maxCandidates).flatMap(({ id }) => byId.get(id) ?? [])
  if (candidates.length === 0) return []
  const vectors = await embed([question, ...candidates.map((pair) => pair.question)])
  if (!vectors) return candidates.slice(0, maxPairs)
  const [asked = [], ...others] = vectors
  return candidates
    .map((pair, place) => ({ ...pair, distance: 1 - dotProduct(asked, others[place] ?? []) }))
    .filter(({ distance }) => distance <= maxDistance)
    .sort((first, second) => first.distance - second.distance)
    .slice(0, maxPairs)
}
