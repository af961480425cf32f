/** The port to a store of document vectors: LangChain's `VectorStore`, and knowing whether it is filled. */
import type { DocumentInterface } from '@langchain/core/documents'
import type { VectorStoreInterface } from '@langchain/core/vectorstores'

export interface VectorIndex extends VectorStoreInterface {
  readonly kind: 'chroma' | 'memory'
  /** What `seal` last confirmed; undefined when the index is empty, lost or half-filled. */
  fingerprint(): Promise<string | undefined>
  /** Removes every document and the seal. */
  clear(): Promise<void>
  /** Adds or replaces documents; each needs an `id`. */
  addVectors(vectors: number[][], documents: DocumentInterface[]): Promise<string[]>
  /** Every document; one that was added while this was read may be absent. */
  held(): Promise<readonly DocumentInterface[]>
  /** Removes the documents with these ids; unknown ones are no mistake. */
  delete(which: { readonly ids: readonly string[] }): Promise<void>
  /** Confirms that everything the fingerprint stands for has been added. */
  seal(fingerprint: string): Promise<void>
  /** Nearest documents with their cosine distance (0 to 2), nearest first, ties by id. */
  similaritySearchVectorWithScore(
    vector: number[],
    count: number,
    filter?: Readonly<Record<string, string>>,
  ): Promise<[DocumentInterface, number][]>
  close(): Promise<void>
}

/** Distances closer than this count as equal, so that rounding cannot reorder a result. */
const distanceStep = 1e-6

/** Orders hits by distance, ties by id, and keeps the first `count`. */
export function nearestFirst(
  hits: readonly [DocumentInterface, number][],
  count: number,
): [DocumentInterface, number][] {
  return [...hits]
    .sort(([first, near], [second, far]) => {
      return step(near) - step(far) || compareIds(first.id ?? '', second.id ?? '')
    })
    .slice(0, count)
}

/** True when the last hit is as near as the `count`th: further hits could belong before it. */
export function cutsTie(hits: readonly [DocumentInterface, number][], count: number): boolean {
  const distances = hits.map(([, distance]) => step(distance)).sort((a, b) => a - b)
  const last = distances.at(-1)
  return last !== undefined && last <= (distances[count - 1] ?? last) + 1
}

function step(distance: number): number {
  return Math.round(distance / distanceStep)
}

function compareIds(first: string, second: string): number {
  return first < second ? -1 : first > second ? 1 : 0
}
