/** What replicas share in PostgreSQL: the app store, keys and results, and who may open it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sharedResultCache } from '../../data/results/shared-result-cache.js'
import { openSharedStore, type SharedStore } from '../../data/store/postgres/open-shared-store.js'
import { sharedAppStore } from '../../data/store/postgres/shared-app-store.js'
import { openUsageLedger } from '../../src/generators/usage-ledger.js'
import { sharedKeys } from '../../src/replicas/shared-keys.js'
import { sharedUsage } from '../../src/replicas/shared-usage.js'
import { describeAppStore } from '../contracts/app-store.contract.js'
import { describeKeyStore } from '../contracts/key-store.contract.js'
import { describeResultCache } from '../contracts/result-cache.contract.js'
import { hasPostgres, useOwnPostgres } from '../support/postgres-database.js'

describe.skipIf(!hasPostgres)('The shared store', () => {
  const server = useOwnPostgres()
  let shared: SharedStore
  beforeAll(async () => {
    if (!hasPostgres) return
    await server.create('shared', [])
    shared = await openSharedStore(server.url('shared', 'parley'))
  })
  afterAll(() => shared?.close())

  describeAppStore('PostgreSQL', async (limits) => {
    const tables = 'conversations, turns, approved_pairs, cards, documents, terms'
    await shared.pool.query(`TRUNCATE ${tables}, descriptions, handbook_revisions`)
    return sharedAppStore(shared, limits)
  })

  describeKeyStore('PostgreSQL', async () => {
    await shared.pool.query('TRUNCATE api_keys')
    return () => sharedKeys(shared)
  })

  describeResultCache('PostgreSQL', async (maxBytes) => {
    await shared.pool.query('TRUNCATE results')
    return sharedResultCache(shared.sql, maxBytes)
  })

  it('gives a replica what another one kept', async () => {
    const [one, other] = [sharedResultCache(shared.sql, 1e6), sharedResultCache(shared.sql, 1e6)]
    const result = { columns: [], rows: [['ß', 1.5, null, true]], rowCount: 1, truncated: false }
    await one.put('of one', { ...result, elapsedMs: 3 })
    expect(await other.get('of one')).toEqual({ ...result, elapsedMs: 3 })
    expect(other.figures()).toMatchObject({ hits: 1, misses: 0 })
  })

  it('counts the calls of all replicas against one budget, each once', async () => {
    const failures: unknown[] = []
    const open = () => {
      const book = sharedUsage(shared.sql)
      const ledger = openUsageLedger({ book, onFailure: (error) => failures.push(error) })
      return ledger.meter('openai', { prices: {}, tokens: 100 })
    }
    const [one, other] = [open(), open()]
    const held = await one.reserve('gpt', { input: 60, output: 20 })
    await held?.settle({ input: 50, output: 20 }, true)
    expect(await other.reserve('gpt', { input: 30, output: 20 })).toBeUndefined()
    expect([other.usage(), failures]).toMatchObject([{ requests: 1, inputTokens: 50 }, []])
    const small = await one.reserve('gpt', { input: 20, output: 10 })
    await small?.settle({ input: 10, output: 5 }, true)
    expect(one.usage()).toMatchObject({ requests: 2, inputTokens: 60, outputTokens: 25 })
  })

  it('is made once, however many replicas start at once', async () => {
    await server.create('fresh', [])
    const url = server.url('fresh', 'parley')
    const opened = await Promise.all(Array.from({ length: 6 }, () => openSharedStore(url)))
    const versions = await server.run('fresh', 'SELECT version FROM parley.store_version')
    expect(versions).toEqual([[1]])
    await Promise.all(opened.map((store) => store.close()))
  })

  it('is refused in plain words where it cannot be used, without the password', async () => {
    const attempt = (url: string) =>
      openSharedStore(url).catch((error: { code: string; message: string }) => error)
    expect(await attempt('postgres://me:secret@127.0.0.1:1/none')).toMatchObject({
      code: 'store_unreachable',
      message: expect.not.stringContaining('secret'),
    })
    expect(await attempt(server.url('nowhere', 'parley'))).toMatchObject({
      message: expect.stringContaining('no database called nowhere'),
    })
    await server.create('foreign', [])
    expect(await attempt(server.url('foreign'))).toMatchObject({
      message: expect.stringContaining('may not make the schema "parley"'),
    })
    await server.create('ahead', [])
    const ahead = await openSharedStore(server.url('ahead', 'parley'))
    await ahead.pool.query('UPDATE store_version SET version = 99')
    await ahead.close()
    expect(await attempt(server.url('ahead', 'parley'))).toMatchObject({ code: 'store_newer' })
  })
})
