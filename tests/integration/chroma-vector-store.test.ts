/** The Chroma store keeps the contract of a vector index, on a real server. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type ChromaServer, startChromaServer } from '../../rag/chroma/chroma-server.js'
import { ChromaVectorStore } from '../../rag/chroma/chroma-vector-store.js'
import { describeVectorIndex } from '../contracts/vector-index.contract.js'
import { createHashingEmbedder } from '../support/hashing-embedder.js'

const folder = mkdtempSync(join(tmpdir(), 'parley-chroma-store-'))
let server: ChromaServer

beforeAll(async () => {
  const outcome = await startChromaServer(join(folder, 'chroma'))
  if (!outcome.ok) throw new Error(outcome.reason)
  server = outcome.server
})

afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

describeVectorIndex(
  'ChromaVectorStore',
  async (embedder) => new ChromaVectorStore(embedder, server.url, 'contract'),
)

it('reads what an earlier store of the same name has sealed', async () => {
  const embedder = createHashingEmbedder()
  const first = new ChromaVectorStore(embedder, server.url, 'kept')
  await first.addDocuments([{ id: 'a', pageContent: 'stores', metadata: {} }])
  await first.seal('version 1')
  const second = new ChromaVectorStore(embedder, server.url, 'kept')
  expect(await second.fingerprint()).toBe('version 1')
  expect(await second.similaritySearch('stores', 1)).toHaveLength(1)
})
