/** Brings a vector index in line with the documents: adds what it lacks, removes what is gone, and leaves the rest searchable. */
import { Document } from '@langchain/core/documents'
import type { Embedder } from '../models/embedder.js'
import { documentsHash } from './documents.js'
import type { IndexProgress, KnowledgeDocument } from './knowledge.js'
import type { VectorIndex } from './vector-index.js'

/** Embedded and added together: some seconds of work, which is what a run that is killed loses. */
const partDocuments = 512
/** Until it is sealed again, what an index holds is neither the one nor the other. */
const changing = 'changing'

/** What an index holds, as far as this process put it there. */
export interface Filled {
  readonly fingerprint: string
  /** What each document was added with, by id. */
  readonly held: ReadonlyMap<string, string>
}

interface Filling {
  readonly embedder: Pick<Embedder, 'fingerprint'>
  embedTexts(
    texts: readonly string[],
    onProgress?: IndexProgress,
    signal?: AbortSignal,
  ): Promise<number[][]>
  /** After the last filling of this index, which saves reading what it holds. */
  readonly before: Filled | undefined
  readonly onProgress?: IndexProgress
  readonly signal?: AbortSignal
}

/** Throws what embedding throws, and the signal's reason when it is aborted: the next filling goes on from there. */
export async function fillVectorIndex(
  index: VectorIndex,
  documents: readonly KnowledgeDocument[],
  filling: Filling,
): Promise<Filled> {
  const madeBy = filling.embedder.fingerprint
  const wanted = new Map(documents.map((document) => [document.id, keyOf(document, madeBy)]))
  const filled = { fingerprint: `${madeBy}:${documentsHash(documents)}`, held: wanted }
  const sealed = await index.fingerprint()
  if (sealed === filled.fingerprint) return filled
  const isKnown = sealed !== undefined && sealed === filling.before?.fingerprint
  const held = isKnown ? filling.before.held : await heldIn(index, madeBy)
  await index.seal(changing)
  const missing = documents.filter(({ id }) => held.get(id) !== wanted.get(id))
  await addMissing(index, missing, documents.length - missing.length, filling)
  const gone = [...held.keys()].filter((id) => !wanted.has(id))
  if (gone.length > 0) await index.delete({ ids: gone })
  await index.seal(filled.fingerprint)
  return filled
}

/** Vectors of two models cannot be compared, and may differ in length. */
async function heldIn(index: VectorIndex, madeBy: string): Promise<ReadonlyMap<string, string>> {
  const held = await index.held()
  if (held.every(({ metadata }) => metadata.madeBy === madeBy)) {
    return new Map(held.map((document) => [document.id ?? '', keyOfHeld(document)]))
  }
  await index.clear()
  return new Map()
}

async function addMissing(
  index: VectorIndex,
  missing: readonly KnowledgeDocument[],
  before: number,
  { embedder, embedTexts, onProgress, signal }: Filling,
): Promise<void> {
  const all = before + missing.length
  for (let start = 0; start < missing.length; start += partDocuments) {
    const part = missing.slice(start, start + partDocuments)
    const texts = part.map(({ text }) => text)
    const report: IndexProgress = (done) => onProgress?.(before + start + done, all)
    const vectors = await embedTexts(texts, report, signal)
    await index.addVectors(
      vectors,
      part.map((document) => indexed(document, embedder.fingerprint)),
    )
  }
}

function indexed({ id, kind, text, tables, sql }: KnowledgeDocument, madeBy: string): Document {
  const metadata = { kind, tables, ...(sql && { sql }), madeBy }
  return new Document({ id, pageContent: text, metadata })
}

function keyOf(document: KnowledgeDocument, madeBy: string): string {
  return keyOfHeld(indexed(document, madeBy))
}

function keyOfHeld({ pageContent, metadata }: Pick<Document, 'pageContent' | 'metadata'>): string {
  const { kind, tables, sql, madeBy } = metadata
  return JSON.stringify([pageContent, kind, tables, sql, madeBy])
}
