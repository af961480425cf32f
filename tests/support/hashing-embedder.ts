/** A stand-in for the sentence model: each word adds to one of the vector's places; deterministic, no weights. */
import { createHash } from 'node:crypto'
import type { Embedder } from '../../models/embedder.js'
import { stem, wordsOf } from '../../rag/words.js'

export interface HashingEmbedder extends Embedder {
  /** Every text embedded so far, in order. */
  readonly calls: string[]
  readonly closed: () => boolean
}

export function createHashingEmbedder(dimensions = 64, name = 'hashing'): HashingEmbedder {
  const calls: string[] = []
  let closed = false
  const embed = (text: string) => {
    calls.push(text)
    return hashedWords(text, dimensions)
  }
  return {
    name,
    fingerprint: `${name}-${dimensions}`,
    dimensions,
    calls,
    closed: () => closed,
    embedQuery: async (text) => embed(text),
    embedDocuments: async (texts) => texts.map(embed),
    close: async () => {
      closed = true
    },
  }
}

function hashedWords(text: string, dimensions: number): number[] {
  const vector = new Array<number>(dimensions).fill(0)
  for (const word of wordsOf(text)) {
    const hash = createHash('sha256').update(stem(word)).digest()
    const place = hash.readUInt32LE(0) % dimensions
    vector[place] = (vector[place] ?? 0) + ((hash[4] ?? 0) % 2 === 0 ? 1 : -1)
  }
  const length = Math.hypot(...vector)
  return length === 0
    ? vector.map((_, place) => (place === 0 ? 1 : 0))
    : vector.map((v) => v / length)
}
