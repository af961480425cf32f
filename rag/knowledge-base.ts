/** Opens the knowledge base: documents by meaning and by words, stored values, and what replaces what. */
import { setImmediate } from 'node:timers/promises'
import type { Catalog } from '../data/catalog.js'
import type { Embedder } from '../models/embedder.js'
import { type CompletableName, completableNames, completeText } from './complete-text.js'
import { buildDocuments, type KnowledgeExample } from './documents.js'
import { EmbeddingError } from './embedding-cache.js'
import type { Completion, KnowledgeBase, KnowledgeStatus, ValueLink } from './knowledge.js'
import { hitsPerRanking, type Retrieval, retrieveContext, type VectorHit } from './retriever.js'
import { createTermLinks, type TermLinks } from './term-links.js'
import { createValueIndex, type ValueIndex } from './value-index.js'
import { VectorSearch } from './vector-search.js'
import { createWordIndex } from './word-index.js'

/** Values spelt less surely than this say nothing about which tables a question needs. */
const sureSimilarity = 0.9

export interface KnowledgeBaseOptions {
  /** Without one, retrieval goes by words alone. It stays its owner's to close. */
  readonly embedder?: Embedder
  /** Where Chroma keeps its data; made when missing. */
  readonly folder: string
  /** An existing Chroma server, such as `http://chroma:8000`. */
  readonly chromaUrl?: string
  /** Tells apart sources that share a folder or a server. */
  readonly source?: string
  readonly examples?: readonly KnowledgeExample[]
  /** Called with one plain sentence whenever a part fails, is replaced or comes back. */
  readonly onNotice?: (notice: string) => void
}

/** What the last refresh prepared. */
interface Prepared extends Retrieval {
  readonly values: ValueIndex
  readonly names: readonly CompletableName[]
  readonly terms: TermLinks
}

/** Never throws: a missing sentence model or server leaves the lesser parts working, with a notice. */
export async function openKnowledgeBase(options: KnowledgeBaseOptions): Promise<KnowledgeBase> {
  const { embedder, source = 'default', onNotice = () => undefined } = options
  const opening = { ...options, source, onNotice }
  const search = embedder && (await VectorSearch.open({ ...opening, embedder }))
  return new LocalKnowledgeBase(opening, search)
}

class LocalKnowledgeBase implements KnowledgeBase {
  readonly #options: KnowledgeBaseOptions
  readonly #search: VectorSearch | undefined
  #embeddingFailure: string | undefined
  #prepared: Prepared | undefined
  /** False when the sentence model failed: the next refresh tries again. */
  #filled = false
  #refreshing: Promise<void> = Promise.resolve()

  constructor(options: KnowledgeBaseOptions, search: VectorSearch | undefined) {
    this.#options = options
    this.#search = search
    if (!search) options.onNotice?.(wordsOnlyNotice)
  }

  refresh(...[catalog, onProgress, signal]: Parameters<KnowledgeBase['refresh']>): Promise<void> {
    const next = async () => {
      if (this.#filled && this.#prepared?.catalog.version === catalog.version) return
      const prepared = await prepare(catalog, this.#options.examples)
      this.#filled = await this.#withoutModel(this.#search === undefined, async (search) => {
        await search.fill([...prepared.documents.values()], onProgress, signal)
        return true
      })
      this.#prepared = prepared
    }
    this.#refreshing = this.#refreshing.catch(() => undefined).then(next)
    return this.#refreshing
  }

  async retrieve(question: string, signal?: AbortSignal) {
    const prepared = this.#prepared
    if (!prepared) return { documents: [], tables: [] }
    const vectorHits = await this.#vectorHits(question, signal)
    return retrieveContext(prepared, question, vectorHits, tablesOf(prepared.values.link(question)))
  }

  linkValues(question: string): readonly ValueLink[] {
    if (!this.#prepared) return []
    const { values, terms } = this.#prepared
    const told = terms(question)
    const isApart = (link: ValueLink) =>
      !told.some(({ start, end }) => link.start < end && start < link.end)
    return [...told, ...values.link(question).filter(isApart)].sort((a, b) => a.start - b.start)
  }

  complete(text: string, limit: number): readonly Completion[] {
    if (!this.#prepared) return []
    const { names, values } = this.#prepared
    return completeText({ names, valuesBeginning: values.beginning }, text, limit)
  }

  embed(texts: readonly string[]): Promise<readonly (readonly number[])[] | undefined> {
    return this.#withoutModel(undefined, (search) => search.embed(texts))
  }

  status(): KnowledgeStatus {
    const missing = this.#search ? undefined : wordsOnlyNotice
    const notices = [missing, this.#search?.notice, this.#embeddingFailure]
    return {
      index: this.#search?.kind ?? 'words',
      embedder: this.#options.embedder?.name,
      chromaUrl: this.#search?.chromaUrl,
      documents: this.#prepared?.documents.size ?? 0,
      notices: notices.filter((notice) => notice !== undefined),
    }
  }

  async close(): Promise<void> {
    await this.#search?.close()
  }

  async #vectorHits(question: string, signal?: AbortSignal): Promise<readonly VectorHit[]> {
    if (question.trim() === '') return []
    return this.#withoutModel([], (search) => search.search(question, hitsPerRanking, signal))
  }

  /** A failing sentence model is said once and costs only the hits by meaning. */
  async #withoutModel<T>(otherwise: T, work: (search: VectorSearch) => Promise<T>): Promise<T> {
    if (!this.#search) return otherwise
    try {
      const done = await work(this.#search)
      this.#embeddingFailure = undefined
      return done
    } catch (error) {
      if (!(error instanceof EmbeddingError)) throw error
      const notice = `${wordsOnlyNotice} (${error.message})`
      if (this.#embeddingFailure !== notice) this.#options.onNotice?.(notice)
      this.#embeddingFailure = notice
      return otherwise
    }
  }
}

const wordsOnlyNotice = 'No sentence model is at hand: documents are found by words alone.'

/** One part after the other: each takes up to a second on thousands of tables, in which nobody else is served. */
async function prepare(
  catalog: Catalog,
  examples?: readonly KnowledgeExample[],
): Promise<Prepared> {
  const documents = buildDocuments(catalog, examples)
  await setImmediate()
  const words = createWordIndex(documents)
  await setImmediate()
  const values = createValueIndex(catalog)
  await setImmediate()
  return {
    catalog,
    documents: new Map(documents.map((document) => [document.id, document])),
    words,
    values,
    names: completableNames(catalog),
    terms: createTermLinks(catalog),
  }
}

/** The likeliest table of each value the question surely names. */
function tablesOf(links: readonly ValueLink[]): readonly string[] {
  const likeliest = new Map<number, ValueLink>()
  for (const link of links) {
    if (link.similarity >= sureSimilarity && !likeliest.has(link.start)) {
      likeliest.set(link.start, link)
    }
  }
  return [...new Set([...likeliest.values()].map((link) => link.column.table))]
}
