/** Document vectors in a Chroma collection, behind LangChain's `VectorStore`. */
import { Document, type DocumentInterface } from '@langchain/core/documents'
import type { EmbeddingsInterface } from '@langchain/core/embeddings'
import { VectorStore } from '@langchain/core/vectorstores'
import { ChromaClient, ChromaNotFoundError, type Collection, type Metadata } from 'chromadb'
import { requireId } from '../memory-vector-store.js'
import { cutsTie, nearestFirst, type VectorIndex } from '../vector-index.js'

/** Chroma takes at most this many records in one request. */
const maxBatch = 5_461
/** Wide enough that the graph search of a few thousand documents is an exact one. */
const searchWidth = {
  space: 'cosine' as const,
  ef_search: 1_000,
  ef_construction: 400,
  max_neighbors: 48,
}
/** Extra hits at first, so that a tie at the cut is mostly seen whole and settled by id. */
const tieMargin = 16
/** Holds a document's whole metadata: Chroma refuses empty and nested ones. */
const wholeMetadataKey = '_metadata'
/** The largest cosine distance. */
const farthest = 2
const defaultTenant = 'default_tenant'
const defaultDatabase = 'default_database'

export class ChromaVectorStore extends VectorStore implements VectorIndex {
  declare FilterType: Readonly<Record<string, string>>
  readonly kind = 'chroma'
  readonly #client: ChromaClient
  readonly #name: string
  #collection: Collection | undefined

  /**
   * `url` is the server's address; `collection` 3 to 512 letters, digits, dots, dashes or underscores.
   * Every method rejects with Chroma's own error when the server does not answer.
   */
  constructor(embeddings: EmbeddingsInterface, url: string, collection: string) {
    super(embeddings, {})
    this.#client = openClient(url)
    this.#name = collection
  }

  _vectorstoreType(): string {
    return 'chroma'
  }

  async fingerprint(): Promise<string | undefined> {
    try {
      this.#collection = await this.#client.getCollection({ name: this.#name })
    } catch (error) {
      if (error instanceof ChromaNotFoundError) return undefined
      throw error
    }
    const { fingerprint, documents } = this.#collection.metadata ?? {}
    if (typeof fingerprint !== 'string') return undefined
    return documents === (await this.#collection.count()) ? fingerprint : undefined
  }

  async clear(): Promise<void> {
    this.#collection = undefined
    try {
      await this.#client.deleteCollection({ name: this.#name })
    } catch (error) {
      if (!(error instanceof ChromaNotFoundError)) throw error
    }
  }

  async addVectors(vectors: number[][], documents: DocumentInterface[]): Promise<string[]> {
    const collection = await this.#openCollection()
    const ids = documents.map(requireId)
    for (let start = 0; start < ids.length; start += maxBatch) {
      const end = start + maxBatch
      await collection.upsert({
        ids: ids.slice(start, end),
        embeddings: vectors.slice(start, end),
        documents: documents.slice(start, end).map((document) => document.pageContent),
        metadatas: documents.slice(start, end).map(flatMetadata),
      })
    }
    return ids
  }

  async addDocuments(documents: DocumentInterface[]): Promise<string[]> {
    const texts = documents.map((document) => document.pageContent)
    return this.addVectors(await this.embeddings.embedDocuments(texts), documents)
  }

  async held(): Promise<readonly DocumentInterface[]> {
    const collection = await this.#openCollection()
    const held: DocumentInterface[] = []
    for (;;) {
      const page = await collection.get({
        include: ['documents', 'metadatas'],
        limit: maxBatch,
        offset: held.length,
      })
      const rows = page.rows()
      held.push(...rows.map(documentOf))
      if (rows.length < maxBatch) return held
    }
  }

  override async delete({ ids }: { readonly ids: readonly string[] }): Promise<void> {
    const collection = await this.#openCollection()
    for (let start = 0; start < ids.length; start += maxBatch) {
      await collection.delete({ ids: ids.slice(start, start + maxBatch) })
    }
  }

  async seal(fingerprint: string): Promise<void> {
    const collection = await this.#openCollection()
    await collection.modify({ metadata: { fingerprint, documents: await collection.count() } })
  }

  async similaritySearchVectorWithScore(
    vector: number[],
    count: number,
    filter: Readonly<Record<string, string>> = {},
  ): Promise<[DocumentInterface, number][]> {
    const collection = await this.#openCollection()
    for (let asked = count + tieMargin; ; asked *= 2) {
      const hits = await nearestOf(collection, vector, asked, filter)
      const isWhole = hits.length < asked || !cutsTie(hits, count)
      if (isWhole) return nearestFirst(hits, count)
    }
  }

  /** The server belongs to whoever started it; there is nothing of ours to release. */
  async close(): Promise<void> {
    this.#collection = undefined
  }

  async #openCollection(): Promise<Collection> {
    this.#collection ??= await this.#client.getOrCreateCollection({
      name: this.#name,
      configuration: { hnsw: searchWidth },
      // Vectors are always passed in; without this Chroma would look for an embedding package.
      embeddingFunction: null,
    })
    return this.#collection
  }
}

/** Names tenant and database outright: Chroma's client would else ask the server and the environment. */
function openClient(url: string): ChromaClient {
  const { protocol, hostname, port } = new URL(url)
  const ssl = protocol === 'https:'
  return new ChromaClient({
    host: hostname,
    port: Number(port || (ssl ? 443 : 80)),
    ssl,
    tenant: defaultTenant,
    database: defaultDatabase,
  })
}

async function nearestOf(
  collection: Collection,
  vector: number[],
  count: number,
  filter: Readonly<Record<string, string>>,
): Promise<[DocumentInterface, number][]> {
  const found = await collection.query({
    queryEmbeddings: [vector],
    nResults: count,
    include: ['documents', 'metadatas', 'distances'],
    where: Object.keys(filter).length === 0 ? undefined : whereAll(filter),
  })
  return (found.rows()[0] ?? []).map((row) => [documentOf(row), row.distance ?? farthest])
}

interface Row {
  readonly id: string
  readonly document?: string | null
  readonly metadata?: Metadata | null
}

function documentOf({ id, document, metadata }: Row): DocumentInterface {
  return new Document({ id, pageContent: document ?? '', metadata: readMetadata(metadata) })
}

function flatMetadata(document: DocumentInterface): Metadata {
  const flat = Object.entries(document.metadata).filter(([, value]) => typeof value === 'string')
  return { ...Object.fromEntries(flat), [wholeMetadataKey]: JSON.stringify(document.metadata) }
}

function readMetadata(metadata: Metadata | null | undefined): Record<string, unknown> {
  const whole = metadata?.[wholeMetadataKey]
  return typeof whole === 'string' ? JSON.parse(whole) : {}
}

function whereAll(filter: Readonly<Record<string, string>>) {
  const conditions = Object.entries(filter).map(([key, value]) => ({ [key]: value }))
  return conditions.length === 1 ? conditions[0] : { $and: conditions }
}
