/** The knowledge base on a real Chroma server, and on what is left when parts of it fail. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { startChromaServer } from '../../rag/chroma/chroma-server.js'
import type { KnowledgeBase, KnowledgeDocument } from '../../rag/knowledge.js'
import { type KnowledgeBaseOptions, openKnowledgeBase } from '../../rag/knowledge-base.js'
import { VectorSearch } from '../../rag/vector-search.js'
import { closedGate } from '../support/gate.js'
import { createHashingEmbedder } from '../support/hashing-embedder.js'
import { column, retailCatalog, table } from '../support/retail-catalog.js'

let folder: string
let notices: string[]
const toClose: { close(): Promise<void> }[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parley-knowledge-'))
  notices = []
})

afterEach(async () => {
  for (const each of toClose.splice(0)) await each.close()
  rmSync(folder, { recursive: true, force: true })
})

it('finds documents by meaning and tells their distance', async () => {
  const knowledge = await open()
  await knowledge.refresh(retailCatalog)
  expect(knowledge.status()).toMatchObject({ index: 'chroma', embedder: 'hashing', notices: [] })
  const { documents, tables } = await knowledge.retrieve('customers by segment')
  expect(tables[0]).toBe('customers')
  expect(documents[0]?.distance).toBeLessThan(1)
  expect(await knowledge.retrieve('customers by segment')).toEqual({ documents, tables })
  expect(notices).toEqual([])
})

it('reports progress and embeds nothing when asked again for the same data', async () => {
  const embedder = createHashingEmbedder()
  const knowledge = await open({ embedder })
  const progress: number[] = []
  await knowledge.refresh(retailCatalog, (done, total) => progress.push(done / total))
  expect(progress.at(-1)).toBe(1)
  const { length } = embedder.calls
  expect(length).toBe(knowledge.status().documents)
  await knowledge.refresh(retailCatalog)
  expect(embedder.calls).toHaveLength(length)
})

it('embeds nothing after a restart on the same data', async () => {
  const first = await open()
  await first.refresh(retailCatalog)
  await first.close()
  const embedder = createHashingEmbedder()
  const second = await open({ embedder })
  await second.refresh(retailCatalog)
  expect(embedder.calls).toEqual([])
  expect((await second.retrieve('stores by city')).documents[0]?.distance).toBeLessThan(1)
})

it('embeds only what changed when the data changes, and forgets what is gone', async () => {
  const embedder = createHashingEmbedder()
  const knowledge = await open({ embedder })
  await knowledge.refresh(retailCatalog)
  const before = embedder.calls.length
  const added = table('suppliers', 3, [column('supplier_name', 'text', { samples: ['Nordwind'] })])
  const tables = [...retailCatalog.tables.slice(1), added]
  await knowledge.refresh({ ...retailCatalog, version: '2', tables, relationships: [] })
  expect(embedder.calls.length - before).toBe(2)
  expect((await knowledge.retrieve('suppliers')).tables[0]).toBe('suppliers')
  const { documents } = await knowledge.retrieve('regions')
  expect(documents.map(({ id }) => id)).not.toContain('table:regions')
  expect(knowledge.linkValues('goods from nordwind')[0]?.value).toBe('Nordwind')
})

it('takes up what was told of a table, and knows it after a restart', async () => {
  const first = await open()
  await first.refresh(retailCatalog)
  const told = { ...retailCatalog, version: 'told', tables: retailCatalog.tables.map(described) }
  await first.refresh(told)
  const found = await first.retrieve('loyalty card holders')
  expect(found.documents[0]).toMatchObject({ id: 'table:customers', kind: 'table' })
  expect(found.documents[0]?.distance).toBeLessThan(1)
  await first.close()
  const embedder = createHashingEmbedder()
  const second = await open({ embedder })
  await second.refresh(told)
  expect(embedder.calls).toEqual([])
  expect(await second.retrieve('loyalty card holders')).toEqual(found)
  await second.refresh(retailCatalog)
  expect((await second.retrieve('stores by city')).tables[0]).toBe('stores')
})

function described(each: (typeof retailCatalog.tables)[number]) {
  return each.name === 'customers' ? { ...each, comment: 'Loyalty card holders' } : each
}

it('is searched as before while one more description is embedded, also after a restart', async () => {
  const first = await open()
  await first.refresh(retailCatalog)
  await first.close()
  const embedder = createHashingEmbedder()
  const [asked, answered] = [closedGate(), closedGate()]
  const embedDocuments = async (texts: string[]) => {
    asked.open()
    await answered.passed
    return embedder.embedDocuments(texts)
  }
  const second = await open({ embedder: { ...embedder, embedDocuments } })
  await second.refresh(retailCatalog)
  const found = await second.retrieve('stores by city')
  const told = { ...retailCatalog, version: 'told', tables: retailCatalog.tables.map(described) }
  const refreshed = second.refresh(told)
  await asked.passed
  expect(await second.retrieve('stores by city')).toEqual(found)
  answered.open()
  await refreshed
  expect((await second.retrieve('loyalty card holders')).documents[0]?.id).toBe('table:customers')
})

it('embeds each text once, also where there are more than are remembered', async () => {
  const embedder = createHashingEmbedder(8)
  const onNotice = () => undefined
  const chromaUrl = 'http://127.0.0.1:9'
  const search = await VectorSearch.open({ embedder, folder, chromaUrl, source: 'many', onNotice })
  toClose.push(search)
  const count = 10_500
  for (const kind of ['old', 'new']) {
    const documents = Array.from({ length: count }, (_, place) => documentOf(`${kind}${place}`))
    await search.fill(documents)
  }
  expect(embedder.calls).toHaveLength(2 * count)
})

function documentOf(id: string): KnowledgeDocument {
  return { id, kind: 'note', text: id, tables: [] }
}

it('tells its server, which holds the documents of another source beside its own', async () => {
  const first = await open()
  await first.refresh(retailCatalog)
  const { chromaUrl } = first.status()
  const second = await open({ chromaUrl, source: 'another' })
  const suppliers = table('suppliers', 3, [column('supplier_name', 'text')])
  await second.refresh({ ...retailCatalog, tables: [suppliers], relationships: [] })
  expect(second.status()).toMatchObject({ index: 'chroma', chromaUrl, notices: [] })
  expect((await second.retrieve('customers by segment')).tables).toEqual(['suppliers'])
  expect((await first.retrieve('customers by segment')).tables[0]).toBe('customers')
})

it('rebuilds for another sentence model', async () => {
  const first = await open()
  await first.refresh(retailCatalog)
  await first.close()
  const embedder = createHashingEmbedder(32, 'other')
  const second = await open({ embedder })
  await second.refresh(retailCatalog)
  expect(embedder.calls).toHaveLength(second.status().documents)
  expect((await second.retrieve('stores')).documents[0]?.distance).toBeLessThan(1)
})

it('rebuilds a folder that was filled half and killed, and one that was lost', async () => {
  const slow = createHashingEmbedder()
  const abort = new AbortController()
  const first = await open({ embedder: slow })
  const half = first.refresh(retailCatalog, () => abort.abort(new Error('cut off')), abort.signal)
  await expect(half).rejects.toThrow('cut off')
  await first.close()
  const second = await open()
  await second.refresh(retailCatalog)
  const found = await second.retrieve('stores')
  await second.close()
  rmSync(join(folder, 'chroma'), { recursive: true })
  const third = await open()
  await third.refresh(retailCatalog)
  expect(await third.retrieve('stores')).toEqual(found)
})

it('goes on where a filling was cut off, also that of a larger index in use', async () => {
  const first = await open()
  await first.refresh(retailCatalog)
  const abort = new AbortController()
  const names = Array.from({ length: 700 }, (_, place) => `harbour_${place}`)
  const added = names.map((name) => table(name, 3, [column('berth', 'text')]))
  const grown = { ...retailCatalog, version: '2', tables: [...retailCatalog.tables, ...added] }
  const cutOff = (done: number, total: number) => {
    if (done > total - 100) abort.abort(new Error('cut off'))
  }
  await expect(first.refresh(grown, cutOff, abort.signal)).rejects.toThrow('cut off')
  expect((await first.retrieve('stores by city')).tables[0]).toBe('stores')
  await first.close()
  const embedder = createHashingEmbedder()
  const second = await open({ embedder })
  const progress: number[] = []
  await second.refresh(grown, (done) => progress.push(done))
  expect(progress[0]).toBeGreaterThan(512)
  expect(embedder.calls.length).toBeLessThan(second.status().documents - 512)
  expect((await second.retrieve('harbour 7')).tables).toContain('harbour_7')
})

it('rebuilds a damaged folder', async () => {
  const first = await open()
  await first.refresh(retailCatalog)
  const found = await first.retrieve('stores')
  await first.close()
  for (const name of readdirSync(join(folder, 'chroma'), { recursive: true, encoding: 'utf8' })) {
    if (/\.(sqlite3|bin)$/.test(name))
      writeFileSync(join(folder, 'chroma', name), 'x'.repeat(5_000))
  }
  const second = await open()
  await second.refresh(retailCatalog)
  expect(await second.retrieve('stores')).toEqual(found)
  expect(second.status()).toMatchObject({ index: 'chroma', notices: [] })
})

it('starts the server again when it dies, also with its folder gone, and says so', async () => {
  const knowledge = await open()
  await knowledge.refresh(retailCatalog)
  const found = await knowledge.retrieve('stores by city')
  killServer()
  rmSync(join(folder, 'chroma'), { recursive: true, force: true })
  const answers = await Promise.all([
    knowledge.retrieve('stores by city'),
    knowledge.retrieve('stores by city'),
  ])
  expect(answers).toEqual([found, found])
  expect(knowledge.status()).toMatchObject({ index: 'chroma', notices: [] })
  expect(notices).toEqual([expect.stringContaining('opened again')])
})

it('goes on in memory when the server keeps dying', async () => {
  const knowledge = await open()
  await knowledge.refresh(retailCatalog)
  const found = await knowledge.retrieve('stores by city')
  for (let death = 0; death < 4; death += 1) {
    killServer()
    expect((await knowledge.retrieve('stores by city')).tables).toEqual(found.tables)
  }
  expect(knowledge.status()).toMatchObject({
    index: 'memory',
    notices: [expect.stringContaining('an index in memory stands in')],
  })
})

it('works in memory, and says why, while another process has the folder', async () => {
  await open()
  const second = await open()
  await second.refresh(retailCatalog)
  expect((await second.retrieve('stores')).documents[0]?.distance).toBeLessThan(1)
  expect(second.status().index).toBe('memory')
  expect(second.status().notices.join()).toContain('already uses')
  expect(notices.join()).toContain('already uses')
})

it('uses an existing server, side by side for two sources', async () => {
  const outcome = await startChromaServer(join(folder, 'existing'))
  if (!outcome.ok) throw new Error(outcome.reason)
  toClose.push(outcome.server)
  const chromaUrl = outcome.server.url
  const one = await open({ chromaUrl, source: 'one' })
  const two = await open({ chromaUrl, source: 'two' })
  await one.refresh(retailCatalog)
  await two.refresh({
    ...retailCatalog,
    tables: retailCatalog.tables.slice(0, 2),
    relationships: [],
  })
  expect((await one.retrieve('customers')).documents[0]?.distance).toBeLessThan(1)
  expect((await two.retrieve('customers')).tables).not.toContain('customers')
  expect([one.status().index, two.status().index]).toEqual(['chroma', 'chroma'])
  await one.close()
  expect(outcome.server.isRunning()).toBe(true)
})

it('works in memory when the given server does not answer', async () => {
  const knowledge = await open({ chromaUrl: 'http://127.0.0.1:9' })
  await knowledge.refresh(retailCatalog)
  expect(knowledge.status().index).toBe('memory')
  expect(knowledge.status().notices.join()).toContain('http://127.0.0.1:9')
  expect((await knowledge.retrieve('stores')).tables[0]).toBe('stores')
})

it('goes by words alone without a sentence model, and says so', async () => {
  const knowledge = await open({ embedder: undefined })
  await knowledge.refresh(retailCatalog)
  expect(knowledge.status()).toMatchObject({ index: 'words', embedder: undefined })
  expect(notices.join()).toContain('words alone')
  expect(await knowledge.embed(['stores'])).toBeUndefined()
  expect((await knowledge.retrieve('shops by city')).tables[0]).toBe('stores')
})

it('goes by words while the sentence model fails, and by meaning when it is back', async () => {
  let broken = true
  const embedder = createHashingEmbedder()
  const failing = <T>(work: () => Promise<T>) =>
    broken ? Promise.reject(new Error('no memory')) : work()
  const knowledge = await open({
    embedder: {
      ...embedder,
      embedQuery: (text) => failing(() => embedder.embedQuery(text)),
      embedDocuments: (texts) => failing(() => embedder.embedDocuments(texts)),
    },
  })
  await knowledge.refresh(retailCatalog)
  expect((await knowledge.retrieve('stores')).documents[0]?.distance).toBeUndefined()
  expect(knowledge.status().notices.join()).toContain('no memory')
  broken = false
  await knowledge.refresh(retailCatalog)
  expect((await knowledge.retrieve('stores')).documents[0]?.distance).toBeLessThan(1)
  expect(knowledge.status().notices).toEqual([])
})

it('answers nothing before the first refresh, and to an empty question', async () => {
  const knowledge = await open()
  expect(await knowledge.retrieve('stores')).toEqual({ documents: [], tables: [] })
  expect(knowledge.linkValues('north')).toEqual([])
  await knowledge.refresh(retailCatalog)
  expect(await knowledge.retrieve('  ')).toEqual({ documents: [], tables: [] })
})

it('knows an empty database', async () => {
  const knowledge = await open()
  await knowledge.refresh({ ...retailCatalog, tables: [], relationships: [] })
  expect((await knowledge.retrieve('total sales')).tables).toEqual([])
})

async function open(options: Partial<KnowledgeBaseOptions> = {}): Promise<KnowledgeBase> {
  const knowledge = await openKnowledgeBase({
    embedder: createHashingEmbedder(),
    folder,
    onNotice: (notice) => notices.push(notice),
    ...options,
  })
  toClose.push(knowledge)
  return knowledge
}

/** The lock file names this process and, second, the server. */
function killServer(): void {
  const [, server] = JSON.parse(readFileSync(join(folder, 'chroma.lock'), 'utf8'))
  process.kill(server.pid, 'SIGKILL')
}
