/** Keeps one vector index filled and searchable, whatever happens to the server behind it. */
import type { Embedder } from '../models/embedder.js'
import { createEmbeddingCache, EmbeddingError } from './embedding-cache.js'
import { type Filled, fillVectorIndex } from './fill-vector-index.js'
import type { IndexProgress, KnowledgeDocument } from './knowledge.js'
import {
  discardChromaFolder,
  memoryIndex,
  type OpenedIndex,
  openVectorIndex,
  type VectorIndexOptions,
} from './open-vector-index.js'
import type { VectorHit } from './retriever.js'
import type { VectorIndex } from './vector-index.js'

const searchTimeoutMs = 5_000
/** A server that keeps failing is left alone after this many new starts. */
const maxRestarts = 3

export interface VectorSearchOptions extends VectorIndexOptions {
  readonly embedder: Embedder
  readonly onNotice: (notice: string) => void
}

export class VectorSearch {
  readonly #options: VectorSearchOptions
  readonly #cache: ReturnType<typeof createEmbeddingCache>
  #opened: OpenedIndex
  #documents: readonly KnowledgeDocument[] = []
  #filled: Filled | undefined
  #restarts = 0
  #recovery: Promise<void> | undefined
  #closed = false

  private constructor(options: VectorSearchOptions, opened: OpenedIndex) {
    this.#options = options
    this.#cache = createEmbeddingCache(options.embedder)
    this.#opened = opened
  }

  static async open(options: VectorSearchOptions): Promise<VectorSearch> {
    const opened = await openVectorIndex(options)
    if (opened.notice) options.onNotice(opened.notice)
    return new VectorSearch(options, opened)
  }

  get kind(): 'chroma' | 'memory' {
    return this.#opened.index.kind
  }

  get chromaUrl(): string | undefined {
    return this.#opened.chromaUrl
  }

  /** Why memory stands in for Chroma, if it does. */
  get notice(): string | undefined {
    return this.#opened.notice
  }

  /**
   * Brings the index in line with the documents; does nothing when it already is.
   * Throws `EmbeddingError` when the sentence model fails, and the signal's reason when aborted.
   */
  async fill(
    documents: readonly KnowledgeDocument[],
    onProgress?: IndexProgress,
    signal?: AbortSignal,
  ): Promise<void> {
    this.#documents = documents
    await this.#attempt((index) => this.#fillIndex(index, onProgress, signal), signal)
  }

  /** Nearest documents first; a dead server is started again, or memory takes over. */
  async search(
    question: string,
    count: number,
    signal?: AbortSignal,
  ): Promise<readonly VectorHit[]> {
    const vector = await this.#cache.embedQuery(question)
    const hits = await this.#attempt((index) => {
      signal?.throwIfAborted()
      return withTimeout(index.similaritySearchVectorWithScore(vector, count))
    }, signal)
    // Which of two that are equally near comes first would change with a restart of the server.
    return hits
      .map(([document, distance]) => ({ id: document.id ?? '', distance }))
      .sort((left, right) => left.distance - right.distance || (left.id < right.id ? -1 : 1))
  }

  /** Unit vectors in the order of the texts. */
  embed(texts: readonly string[]): Promise<number[][]> {
    return this.#cache.embedTexts(texts)
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.#recovery?.catch(() => undefined)
    await this.#opened.close()
  }

  async #fillIndex(
    index: VectorIndex,
    onProgress?: IndexProgress,
    signal?: AbortSignal,
  ): Promise<void> {
    const { embedder } = this.#options
    const { embedTexts } = this.#cache
    const filling = { embedder, embedTexts, before: this.#filled, onProgress, signal }
    this.#filled = await fillVectorIndex(index, this.#documents, filling)
  }

  /** Does the work on the index in use; when the index fails, on the one that replaces it. */
  async #attempt<T>(work: (index: VectorIndex) => Promise<T>, signal?: AbortSignal): Promise<T> {
    await this.#recovery
    const { index } = this.#opened
    try {
      return await work(index)
    } catch (error) {
      const isOurs = index.kind === 'memory' || error instanceof EmbeddingError
      if (isOurs || signal?.aborted || this.#closed) throw error
      if (this.#opened.index === index) await this.#recoverOnce(error)
    }
    return this.#attempt(work, signal)
  }

  #recoverOnce(error: unknown): Promise<void> {
    this.#recovery ??= this.#recover(error).finally(() => {
      this.#recovery = undefined
    })
    return this.#recovery
  }

  /** First a new server on the same data, then one on empty data, at last memory. */
  async #recover(error: unknown): Promise<void> {
    const { onNotice } = this.#options
    const reason = error instanceof Error ? error.message : String(error)
    await this.#opened.close().catch(() => undefined)
    const isLastResort = this.#restarts >= maxRestarts
    this.#restarts += 1
    if (!isLastResort) onNotice(`Chroma failed and is opened again: ${reason}`)
    if (this.#restarts > 1) discardChromaFolder(this.#options)
    this.#opened = isLastResort
      ? memoryIndex(this.#options, reason)
      : await openVectorIndex(this.#options)
    if (this.#opened.notice) onNotice(this.#opened.notice)
    try {
      if (this.#restarts > 1) await this.#opened.index.clear()
      await this.#fillIndex(this.#opened.index)
    } catch (failure) {
      if (this.kind === 'memory' || failure instanceof EmbeddingError) throw failure
      await this.#recover(failure)
    }
  }
}

async function withTimeout<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const expired = new Promise<never>((_, fail) => {
    const message = `no answer within ${searchTimeoutMs / 1_000} seconds`
    timer = setTimeout(() => fail(new Error(message)), searchTimeoutMs)
  })
  return Promise.race([work, expired]).finally(() => clearTimeout(timer))
}
