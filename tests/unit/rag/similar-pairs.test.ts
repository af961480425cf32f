/** Which approved pairs count as near to a question. */
import { describe, expect, it } from 'vitest'
import type { ApprovedPair } from '../../../data/store/app-store.js'
import { findSimilarPairs } from '../../../rag/similar-pairs.js'
import { createHashingEmbedder } from '../../support/hashing-embedder.js'

const pair = (id: string, question: string): ApprovedPair => ({
  id,
  question,
  sql: `SELECT '${id}'`,
  shared: true,
  approvedBy: '',
  approvedAt: '2026-01-01T00:00:00.000Z',
})

const pairs = [
  pair('sales', 'Total sales by region'),
  pair('returns', 'Total returns by region'),
  pair('staff', 'How many employees work in Kiel?'),
]

const embedder = createHashingEmbedder()
const byMeaning = (texts: readonly string[]) => embedder.embedDocuments([...texts])
const byWords = async () => undefined

describe('similar approved pairs', () => {
  it('share words with the question, and stand nearest first', async () => {
    const found = await findSimilarPairs(pairs, 'Total sales by region and year', byMeaning)
    expect(found[0]?.id).toBe('sales')
    expect(found.map(({ id }) => id)).not.toContain('staff')
    const distances = found.map(({ distance = 0 }) => distance)
    expect(distances).toEqual(distances.toSorted((first, second) => first - second))
  })

  it('are found by words alone without a sentence model', async () => {
    const found = await findSimilarPairs(pairs, 'employees in Turku', byWords)
    expect(found).toEqual([pairs[2]])
  })

  it('are none where the words are the same and the meaning is far', async () => {
    const far = async (texts: readonly string[]) =>
      texts.map((_, at) => (at === 0 ? [1, 0] : [0, 1]))
    expect(await findSimilarPairs(pairs, 'Total sales by region', far)).toEqual([])
  })

  it('are never more than three', async () => {
    const many = Array.from({ length: 20 }, (_, at) => pair(`p${at}`, `Total sales in ${at}`))
    expect(await findSimilarPairs(many, 'Total sales', byWords)).toHaveLength(3)
    expect(await findSimilarPairs([], 'Total sales', byWords)).toEqual([])
  })
})
