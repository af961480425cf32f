import { readFileSync } from 'node:fs'
import type { Llama } from 'node-llama-cpp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Embedder } from '../../models/embedder.js'
import { createLlamaEmbedder } from '../../models/embedding/llama-embedder.js'
import { openLlama } from '../../models/llama/open-llama.js'
import { sentenceModel } from '../../models/weights/known-artefacts.js'
import { missingSentenceModel, sentenceModelPath } from '../support/cached-weights.js'

/** Computed in 64-bit floats from the published tensors and tokenizer, rounded to four digits. */
const references = JSON.parse(
  readFileSync(new URL('sentence-vectors.json', import.meta.url), 'utf8'),
) as { text: string; vector: number[] }[]

const dot = (left: readonly number[], right: readonly number[]) =>
  left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0)

describe.skipIf(missingSentenceModel)('the sentence model', () => {
  let llama: Llama
  let embedder: Embedder
  beforeAll(async () => {
    llama = await openLlama()
    embedder = await createLlamaEmbedder({
      llama,
      modelPath: sentenceModelPath,
      name: sentenceModel.name,
      fingerprint: sentenceModel.sha256,
    })
  })
  afterAll(async () => {
    await embedder.close()
    await llama.dispose()
  })

  it.each(references)('gives the reference vector of "$text"', async ({ text, vector }) => {
    const embedded = await embedder.embedQuery(text)
    expect(dot(embedded, vector) / Math.hypot(...vector)).toBeGreaterThan(0.999)
    expect(Math.hypot(...embedded)).toBeCloseTo(1, 6)
  })

  it.each(['', '   ', '\0', '🙂', 'x'.repeat(20_000), '\ud800'])(
    'gives a unit vector for odd text %#',
    async (text) => {
      const vector = await embedder.embedQuery(text)
      expect(vector).toHaveLength(embedder.dimensions)
      expect(Math.hypot(...vector)).toBeCloseTo(1, 6)
    },
  )

  it('finds a paraphrase nearer than another topic', async () => {
    const [question, paraphrase, other] = await embedder.embedDocuments([
      'total revenue by region',
      'sum of sales per area',
      'names of all employees',
    ])
    expect(dot(question!, paraphrase!)).toBeGreaterThan(dot(question!, other!))
  })

  it('gives the same vectors whether asked one by one or at once', async () => {
    const texts = references.map((reference) => reference.text)
    const together = await Promise.all(texts.map((text) => embedder.embedQuery(text)))
    expect(await embedder.embedDocuments(texts)).toEqual(together)
  })
})
