/** The port to the knowledge base: what the graph may ask it, and the shapes of its answers. */
import type { Catalog, ColumnReference } from '../data/catalog.js'

export type DocumentKind =
  | 'table'
  | 'column_group'
  | 'relationship'
  | 'value_set'
  | 'pattern'
  | 'example'
  | 'note'

export interface KnowledgeDocument {
  /** Stable across rebuilds of the same data. */
  readonly id: string
  readonly kind: DocumentKind
  readonly text: string
  /** Tables the document is about. */
  readonly tables: readonly string[]
  /** SQL of a pattern or example. */
  readonly sql?: string
}

export interface RetrievedDocument extends KnowledgeDocument {
  /** Cosine distance, 0 to 2; smaller is nearer. Absent for documents found by words alone. */
  readonly distance?: number
  /** Fused rank score; larger is better. */
  readonly score: number
}

/** What the SQL generators may use, best first. */
export interface RetrievedContext {
  readonly documents: readonly RetrievedDocument[]
  /** Tables worth showing, ranked, closed over the foreign-key paths between them. */
  readonly tables: readonly string[]
}

/** A stretch of the question recognised as a stored cell value. */
export interface ValueLink {
  /** Character offsets in the question. */
  readonly start: number
  readonly end: number
  readonly phrase: string
  readonly column: ColumnReference
  /** The value as it is stored. */
  readonly value: string
  /** 1 for an exact match, lower for close spellings. */
  readonly similarity: number
}

export type CompletionKind = 'table' | 'column' | 'value' | 'term'

/** A name or a value that may be meant by the words before the caret. */
export interface Completion {
  readonly kind: CompletionKind
  /** What takes the place of those words: a name as one says it, a value as it is stored. */
  readonly text: string
  /** Where it is from. */
  readonly table?: string
  readonly column?: string
  /** Character offsets of those words in the text. */
  readonly start: number
  readonly end: number
}

export interface KnowledgeStatus {
  /** `words` when no sentence model could be had: retrieval by words alone. */
  readonly index: 'chroma' | 'memory' | 'words'
  readonly embedder?: string
  /** The Chroma server in use, which may hold the documents of other sources too. */
  readonly chromaUrl?: string
  readonly documents: number
  /** Why a lesser part stands in for the usual one, in plain words. */
  readonly notices: readonly string[]
}

export type IndexProgress = (done: number, total: number) => void

export interface KnowledgeBase {
  /** Brings documents and the value index in line with the catalog; does nothing when they already are. */
  refresh(catalog: Catalog, onProgress?: IndexProgress, signal?: AbortSignal): Promise<void>
  /** Finds documents and tables for a question by meaning and by words, fused. */
  retrieve(question: string, signal?: AbortSignal): Promise<RetrievedContext>
  /** Finds stored values named in the question. */
  linkValues(question: string): readonly ValueLink[]
  /** Names and values that continue or match the last words of a text, likeliest first. */
  complete(text: string, limit: number): readonly Completion[]
  /** Unit vectors of short texts, for the intent classifier; undefined when no sentence model could be had. */
  embed(texts: readonly string[]): Promise<readonly (readonly number[])[] | undefined>
  status(): KnowledgeStatus
  close(): Promise<void>
}
