/** The index of meaning on a real Chroma server, which a service fills behind its first answers. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openKnowledgeBase } from '../../rag/knowledge-base.js'
import { createKnowledgeSlot, type KnowledgeSlot } from '../../src/knowledge-slot.js'
import { createLogger } from '../../src/logger.js'
import { openFullKnowledge } from '../../src/open-full-knowledge.js'
import { closedGate } from '../support/gate.js'
import { createHashingEmbedder } from '../support/hashing-embedder.js'
import { retailCatalog } from '../support/retail-catalog.js'

let home: string
let knowledge: KnowledgeSlot

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'parley-filling-'))
  knowledge = createKnowledgeSlot(await openKnowledgeBase({ folder: join(home, 'words') }))
})

afterEach(async () => {
  await knowledge.close()
  rmSync(home, { recursive: true, force: true })
})

function fill(embedDocuments: (texts: string[]) => Promise<number[][]>, signal: AbortSignal) {
  const embedder = { ...createHashingEmbedder(), embedDocuments }
  const models = { embedder: async () => embedder }
  const hooks = { logger: createLogger('silent') }
  const filling = { config: { home }, hooks, models, signal }
  const index = { name: 'retail', report: () => undefined }
  const followed = { catalog: async () => retailCatalog, settled: async () => undefined }
  return openFullKnowledge(filling, index, knowledge, followed)
}

/** The lock file names this process and, second, the server. */
function serverPid(): number {
  return JSON.parse(readFileSync(join(home, 'chroma', 'chroma.lock'), 'utf8'))[1].pid
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

it('takes the place of that of words', async () => {
  await fill(createHashingEmbedder().embedDocuments, new AbortController().signal)
  expect(knowledge.status()).toMatchObject({ index: 'chroma', embedder: 'hashing' })
})

it('leaves no server behind when it is stopped while it is filled', async () => {
  const [asked, answered] = [closedGate(), closedGate()]
  const stop = new AbortController()
  const filled = fill(async (texts) => {
    asked.open()
    await answered.passed
    return createHashingEmbedder().embedDocuments(texts)
  }, stop.signal)
  await asked.passed
  const server = serverPid()
  expect(isRunning(server)).toBe(true)
  stop.abort()
  answered.open()
  await filled
  expect(isRunning(server)).toBe(false)
  expect(knowledge.status().index).toBe('words')
})
