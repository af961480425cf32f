/** What every vector index must do, run by each implementation. */
import { Document } from '@langchain/core/documents'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { VectorIndex } from '../../rag/vector-index.js'
import { createHashingEmbedder } from '../support/hashing-embedder.js'

export type OpenVectorIndex = (
  embedder: ReturnType<typeof createHashingEmbedder>,
) => Promise<VectorIndex>

export function describeVectorIndex(name: string, open: OpenVectorIndex): void {
  describe(`${name} as a vector index`, () => {
    const embedder = createHashingEmbedder()
    let index: VectorIndex
    beforeEach(async () => {
      index = await open(embedder)
      await index.clear()
    })
    afterEach(() => index.close())

    it('finds the documents nearest in meaning first, with their distance', async () => {
      await index.addDocuments([
        note('a', 'stores by region'),
        note('b', 'customers by segment'),
        note('c', 'stores'),
      ])
      const hits = await search('store', 2)
      expect(hits.map(([id]) => id)).toEqual(['c', 'a'])
      expect(hits[0]?.[1]).toBeCloseTo(0, 5)
      expect(hits[1]?.[1]).toBeGreaterThan(0.1)
    })

    it('settles ties by id and repeats its answer', async () => {
      const ids = Array.from(
        { length: 40 },
        (_, number) => `tie-${String(number).padStart(2, '0')}`,
      )
      await index.addDocuments(ids.toReversed().map((id) => note(id, 'the same words')))
      await index.addDocuments([note('other', 'something else')])
      const first = await search('the same words', 5)
      expect(first.map(([id]) => id)).toEqual(ids.slice(0, 5))
      expect(await search('the same words', 5)).toEqual(first)
    })

    it('searches a thousand documents exactly', async () => {
      const documents = Array.from({ length: 1_000 }, (_, number) => randomNote(number))
      const vectors = await embedder.embedDocuments(documents.map((each) => each.pageContent))
      await index.addVectors(vectors, documents)
      for (const query of ['alpha beta', 'gamma w17 w93', 'w5']) {
        const vector = await embedder.embedQuery(query)
        const exact = exactDistances(vector, vectors)
        const found = (await search(query, 10)).map(([, distance]) => distance)
        found.forEach((distance, rank) => {
          expect(distance).toBeCloseTo(exact[rank] ?? -1, 4)
        })
        expect(found).toHaveLength(10)
      }
    })

    it('is sealed only after everything has been added', async () => {
      expect(await index.fingerprint()).toBeUndefined()
      await index.addDocuments([note('a', 'stores')])
      expect(await index.fingerprint()).toBeUndefined()
      await index.seal('version 1')
      expect(await index.fingerprint()).toBe('version 1')
      await index.clear()
      expect(await index.fingerprint()).toBeUndefined()
    })

    it('replaces a document that is added again', async () => {
      await index.addDocuments([note('a', 'stores')])
      await index.addDocuments([note('a', 'customers')])
      const hits = await index.similaritySearchWithScore('customers', 5)
      expect(hits.map(([document]) => document.pageContent)).toEqual(['customers'])
    })

    it('tells what it holds, and forgets what is deleted', async () => {
      expect(await index.held()).toEqual([])
      const [first, second] = [note('a', 'stores'), note('b', 'customers')]
      await index.addDocuments([first, second])
      const held = await index.held()
      expect(held.toSorted((a, b) => (a.id ?? '').localeCompare(b.id ?? ''))).toEqual([
        first,
        second,
      ])
      await index.delete({ ids: ['a', 'unknown'] })
      expect(await index.held()).toEqual([second])
      expect((await search('stores', 5)).map(([id]) => id)).toEqual(['b'])
    })

    it('keeps metadata as given, also empty and nested, and filters by it', async () => {
      const nested = { kind: 'table', tables: ['a', 'b'], size: { rows: 3 } }
      await index.addDocuments([
        new Document({ id: 'a', pageContent: 'stores', metadata: nested }),
        new Document({ id: 'b', pageContent: 'stores', metadata: {} }),
      ])
      const vector = await embedder.embedQuery('stores')
      const all = await index.similaritySearchVectorWithScore(vector, 5)
      expect(all.map(([document]) => document.metadata)).toEqual([nested, {}])
      const filtered = await index.similaritySearchVectorWithScore(vector, 5, { kind: 'table' })
      expect(filtered.map(([document]) => document.id)).toEqual(['a'])
    })

    it('finds nothing in an empty index', async () => {
      expect(await search('stores', 3)).toEqual([])
    })

    it('refuses a document without an id', async () => {
      const nameless = new Document({ pageContent: 'stores' })
      await expect(index.addDocuments([nameless])).rejects.toThrow('without an id')
    })

    it('serves LangChain as a retriever', async () => {
      await index.addDocuments([note('a', 'stores by region'), note('b', 'customers')])
      const found = await index.asRetriever(1).invoke('regions')
      expect(found.map((document) => document.id)).toEqual(['a'])
    })

    async function search(text: string, count: number): Promise<[string | undefined, number][]> {
      const vector = await embedder.embedQuery(text)
      const hits = await index.similaritySearchVectorWithScore(vector, count)
      return hits.map(([document, distance]) => [document.id, distance])
    }
  })
}

function note(id: string, text: string): Document {
  return new Document({ id, pageContent: text, metadata: { kind: 'note' } })
}

function randomNote(number: number): Document {
  const words = ['alpha', 'beta', 'gamma'].filter((_, place) => (number >> place) % 2 === 1)
  return note(`n${number}`, [...words, `w${number % 97}`, `w${(number * 31) % 101}`].join(' '))
}

function exactDistances(query: number[], vectors: number[][]): number[] {
  const product = (vector: number[]) =>
    vector.reduce((sum, value, place) => sum + value * (query[place] ?? 0), 0)
  return vectors.map((vector) => 1 - product(vector)).sort((first, second) => first - second)
}
