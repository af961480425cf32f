/** Document vectors in this process, searched exactly: the stand-by for Chroma. */
import type { DocumentInterface } from '@langchain/core/documents'
import type { EmbeddingsInterface } from '@langchain/core/embeddings'
import { VectorStore } from '@langchain/core/vectorstores'
import { nearestFirst, type VectorIndex } from './vector-index.js'

interface Entry {
  readonly document: DocumentInterface
  readonly vector: Float32Array
}

export class MemoryVectorStore extends VectorStore implements VectorIndex {
  declare FilterType: Readonly<Record<string, string>>
  readonly kind = 'memory'
  readonly #entries = new Map<string, Entry>()
  #fingerprint: string | undefined

  constructor(embeddings: EmbeddingsInterface) {
    super(embeddings, {})
  }

  _vectorstoreType(): string {
    return 'memory'
  }

  async fingerprint(): Promise<string | undefined> {
    return this.#fingerprint
  }

  async clear(): Promise<void> {
    this.#entries.clear()
    this.#fingerprint = undefined
  }

  async addVectors(vectors: number[][], documents: DocumentInterface[]): Promise<string[]> {
    return documents.map((document, index) => {
      const id = requireId(document)
      this.#entries.set(id, { document, vector: unitVector(vectors[index] ?? []) })
      return id
    })
  }

  async addDocuments(documents: DocumentInterface[]): Promise<string[]> {
    const texts = documents.map((document) => document.pageContent)
    return this.addVectors(await this.embeddings.embedDocuments(texts), documents)
  }

  async held(): Promise<readonly DocumentInterface[]> {
    return [...this.#entries.values()].map(({ document }) => document)
  }

  override async delete({ ids }: { readonly ids: readonly string[] }): Promise<void> {
    for (const id of ids) this.#entries.delete(id)
  }

  async seal(fingerprint: string): Promise<void> {
    this.#fingerprint = fingerprint
  }

  async similaritySearchVectorWithScore(
    vector: number[],
    count: number,
    filter: Readonly<Record<string, string>> = {},
  ): Promise<[DocumentInterface, number][]> {
    const query = unitVector(vector)
    const wanted = Object.entries(filter)
    const hits = [...this.#entries.values()]
      .filter(({ document }) => wanted.every(([key, value]) => document.metadata[key] === value))
      .map((entry): [DocumentInterface, number] => [entry.document, distance(query, entry.vector)])
    return nearestFirst(hits, count)
  }

  async close(): Promise<void> {
    await this.clear()
  }
}

/** An index addresses documents by id; one without is a programming error. */
export function requireId(document: DocumentInterface): string {
  if (document.id === undefined) throw new TypeError('a document without an id cannot be indexed')
  return document.id
}

function unitVector(vector: readonly number[]): Float32Array {
  const length = Math.hypot(...vector) || 1
  return Float32Array.from(vector, (value) => value / length)
}

function distance(first: Float32Array, second: Float32Array): number {
  let product = 0
  for (let index = 0; index < first.length; index += 1) {
    product += (first[index] ?? 0) * (second[index] ?? 0)
  }
  return 1 - product
}
