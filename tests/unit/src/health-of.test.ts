/** What health says of one dataset: how much there is, and how far its index is. */
import { describe, expect, it } from 'vitest'
import type { QueryOutcome } from '../../../data/database.js'
import type { KnowledgeStatus } from '../../../rag/knowledge.js'
import { type HealthSources, healthOf } from '../../../src/health-of.js'
import { recordedCatalog } from '../../support/recorded-answers.js'

const words: KnowledgeStatus = { index: 'words', documents: 7, notices: ['No weights.'] }

const answered: QueryOutcome = {
  ok: true,
  result: { columns: [], rows: [[1]], rowCount: 1, truncated: false, elapsedMs: 0 },
}

function sources(status: KnowledgeStatus, isIndexing: boolean): HealthSources {
  return {
    catalog: async () => recordedCatalog,
    isIndexing: () => isIndexing,
    progressOf: () => undefined,
    database: { label: 'sales.duckdb', query: async () => answered },
    knowledge: { status: () => status },
    model: { state: () => 'ok', note: () => 'Loaded.' },
    conversations: { failure: () => undefined, place: 'on this machine' },
  }
}

async function part(given: HealthSources, name: string) {
  return (await healthOf(given)).parts.find((each) => each.name === name)
}

describe('the health of a dataset', () => {
  it('counts its tables, its rows and the documents about them', async () => {
    const { tables } = recordedCatalog
    const rows = tables.map(({ rowCount }) => rowCount).reduce((sum, count) => sum + count, 0)
    expect(rows).toBeGreaterThan(0)
    expect((await healthOf(sources(words, false))).data).toEqual({
      tables: tables.length,
      rows,
      documents: 7,
    })
  })

  it('counts nothing of data that cannot be read', async () => {
    const gone = { ...sources(words, false), catalog: () => Promise.reject(new Error('gone')) }
    const health = await healthOf(gone)
    expect(health).not.toHaveProperty('data')
    expect(health.ready).toBe(false)
  })

  it('names no folder of this machine', async () => {
    const notices = ['/srv/ann/parley/chroma: process 7 already uses it']
    const index = await part(sources({ ...words, notices }, false), 'index')
    expect(index?.note).toContain('chroma: process 7')
    expect(index?.note).not.toContain('ann')
  })

  it('says when the engine does not answer in time, without waiting for it', async () => {
    const stuck: HealthSources = {
      ...sources(words, false),
      database: {
        label: 'sales.duckdb',
        query: (_sql, options) =>
          new Promise((_resolve, reject) => {
            options?.signal?.addEventListener('abort', () => reject(new Error('late')))
          }),
      },
    }
    const started = performance.now()
    expect(await part(stuck, 'database')).toMatchObject({ state: 'degraded' })
    expect(performance.now() - started).toBeLessThan(10_000)
  })

  it('says where conversations are kept, and is missing them when that does not answer', async () => {
    const kept = (reach?: () => Promise<boolean>): HealthSources => ({
      ...sources(words, false),
      conversations: { failure: () => undefined, place: 'in PostgreSQL, shop on db', reach },
    })
    const note = 'Conversations are kept in PostgreSQL, shop on db.'
    const told = (given: HealthSources) => part(given, 'conversations')
    expect(await told(kept())).toEqual({ name: 'conversations', state: 'ok', note })
    expect(await told(kept(async () => true))).toMatchObject({ state: 'ok', note })
    expect(await told(kept(async () => false))).toMatchObject({ state: 'missing' })
    const stuck = await told(kept(() => new Promise(() => {})))
    expect(stuck).toMatchObject({
      state: 'missing',
      note: `${note} It does not answer at the moment.`,
    })
  })

  it('tells when the queue for the model is full', async () => {
    const queue = { waiting: () => 16, isFull: () => true }
    expect(await part({ ...sources(words, false), queue }, 'queue')).toMatchObject({
      state: 'degraded',
      note: '16 questions wait for the model.',
    })
  })

  it('tells an index that is being filled from one that stays without a sentence model', async () => {
    expect(await part(sources(words, true), 'index')).toMatchObject({
      state: 'loading',
      note: 'Retrieval goes by words alone until the index is filled.',
    })
    expect(await part(sources(words, true), 'embedder')).toMatchObject({ state: 'loading' })
    expect(await part(sources(words, false), 'index')).toMatchObject({
      state: 'degraded',
      note: 'Retrieval goes by words alone. No weights.',
    })
    const chroma = { ...words, index: 'chroma', embedder: 'all-MiniLM-L6-v2' } as const
    expect(await part(sources(chroma, false), 'index')).toMatchObject({ state: 'ok' })
  })
  it('tells how far what is loading has come, and nothing of what is there', async () => {
    const progressOf = (name: string) =>
      name === 'index'
        ? ({ done: 3, total: 9, unit: 'documents' } as const)
        : ({ done: 50, total: 200, unit: 'bytes' } as const)
    const model = { state: () => 'loading' as const, note: () => 'Not loaded yet.' }
    const loading = { ...sources(words, true), progressOf, model }
    expect((await part(loading, 'index'))?.progress).toEqual(progressOf('index'))
    expect((await part(loading, 'embedder'))?.progress).toEqual(progressOf('embedder'))
    expect((await part(loading, 'model'))?.progress).toEqual(progressOf('model'))
    const there = { ...sources({ ...words, embedder: 'small' }, false), progressOf }
    for (const name of ['index', 'embedder', 'model', 'database']) {
      expect(await part(there, name)).not.toHaveProperty('progress')
    }
  })
})
