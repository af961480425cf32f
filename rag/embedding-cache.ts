/** Remembers vectors within a run, so that a text is embedded once however often the index is rebuilt. */
import { createHash } from 'node:crypto'
import type { Embedder } from '../models/embedder.js'
import type { IndexProgress } from './knowledge.js'

/** About 1.5 KB each at 384 dimensions. */
const maxVectors = 10_000
/** Texts embedded between two looks at the signal. */
const batchSize = 32

/** The sentence model failed; what stores the vectors is not to blame. */
export class EmbeddingError extends Error {
  readonly code = 'embedding_failed'

  constructor(cause: unknown) {
    super(`the sentence model failed: ${cause instanceof Error ? cause.message : cause}`, { cause })
    this.name = 'EmbeddingError'
  }
}

export interface EmbeddingCache {
  /** Vectors in the order of the texts; throws the signal's reason when it is aborted. */
  embedTexts(
    texts: readonly string[],
    onProgress?: IndexProgress,
    signal?: AbortSignal,
  ): Promise<number[][]>
  /** The vector of a question; questions are not remembered. */
  embedQuery(question: string): Promise<number[]>
}

export function createEmbeddingCache(embedder: Embedder): EmbeddingCache {
  const vectors = new Map<string, Float32Array>()
  return {
    embedTexts: async (texts, onProgress, signal) => {
      const embedded: number[][] = []
      for (let start = 0; start < texts.length; start += batchSize) {
        signal?.throwIfAborted()
        const batch = texts.slice(start, start + batchSize)
        embedded.push(...(await embedBatch(embedder, vectors, batch)))
        onProgress?.(embedded.length, texts.length)
      }
      return embedded
    },
    embedQuery: (question) => embedder.embedQuery(question).catch(failEmbedding),
  }
}

async function embedBatch(
  embedder: Embedder,
  vectors: Map<string, Float32Array>,
  texts: readonly string[],
): Promise<number[][]> {
  const keys = texts.map((text) => createHash('sha256').update(text).digest('base64'))
  const found = keys.map((key) => vectors.get(key))
  const missing = texts.filter((_, index) => found[index] === undefined)
  const fresh =
    missing.length === 0 ? [] : await embedder.embedDocuments(missing).catch(failEmbedding)
  let next = 0
  return keys.map((key, index) => {
    const vector = found[index] ?? Float32Array.from(fresh[next++] ?? [])
    remember(vectors, key, vector)
    return Array.from(vector)
  })
}

function failEmbedding(cause: unknown): never {
  throw new EmbeddingError(cause)
}

/** The latest used come last; the longest unused goes first. */
function remember(vectors: Map<string, Float32Array>, key: string, vector: Float32Array): void {
  vectors.delete(key)
  vectors.set(key, vector)
  const oldest = vectors.keys().next()
  if (vectors.size > maxVectors && !oldest.done) vectors.delete(oldest.value)
}
