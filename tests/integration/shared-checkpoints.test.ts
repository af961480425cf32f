/** Checkpoints in PostgreSQL, and what two replicas may do to one conversation at once. */
import { join } from 'node:path'
import { emptyCheckpoint } from '@langchain/langgraph-checkpoint'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openReplica, type Replica } from '../../src/replicas/replica.js'
import { openSharedCheckpoints } from '../../src/replicas/shared-checkpoints.js'
import { hasPostgres, useOwnPostgres } from '../support/postgres-database.js'
import { tcpProxy } from '../support/tcp-proxy.js'

describe.skipIf(!hasPostgres)('Checkpoints that replicas share', () => {
  const server = useOwnPostgres()
  const replicas: Replica[] = []
  beforeAll(async () => {
    if (!hasPostgres) return
    await server.create('shared', [])
    const url = server.url('shared', 'parley')
    replicas.push(...(await Promise.all([openReplica(url), openReplica(url)])))
    await Promise.all(replicas.map(openSharedCheckpoints))
  })
  afterAll(() => Promise.all(replicas.map((replica) => replica.close())))

  /** Ends their connections as the server does with those of a replica that is gone; says which it ended. */
  const endLines = (...lost: readonly Replica[]) =>
    server.run(
      'shared',
      `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'
       AND (classid::bigint << 32) | objid::bigint IN (${lost.map(({ line }) => line.replica)})`,
    )

  it('keep the last step of a conversation with its values, and the other conversations', async () => {
    const store = await openSharedCheckpoints(replicas[0] as Replica)
    for (const name of ['one', 'other']) {
      for (const [at, id] of ['a1', 'a2', 'a3'].entries()) {
        const thread = { configurable: { thread_id: name, checkpoint_ns: '', checkpoint_id: id } }
        const values = { question: `${name} ${id}`, memory: 'kept since the first' }
        const versions = { question: at + 1, memory: 1 }
        const checkpoint = { ...emptyCheckpoint(), id, channel_values: values }
        const step = { source: 'loop', step: at, parents: {} } as const
        const changed = at === 0 ? versions : { question: at + 1 }
        await store.put(thread, { ...checkpoint, channel_versions: versions }, step, changed)
        await store.putWrites(thread, [['question', id]], `task-${id}`)
      }
    }
    await store.keepLastStep('one')
    const counts = async (thread: string) =>
      Promise.all(
        ['checkpoints', 'checkpoint_writes', 'checkpoint_blobs'].map(async (table) => {
          const sql = `SELECT count(*)::int FROM parley.${table} WHERE thread_id = '${thread}'`
          return (await server.run('shared', sql))[0]?.[0]
        }),
      )
    expect([await counts('one'), await counts('other')]).toEqual([
      [1, 1, 2],
      [3, 3, 4],
    ])
    const tuple = await store.getTuple({ configurable: { thread_id: 'one' } })
    expect(tuple?.checkpoint.channel_values).toEqual({
      question: 'one a3',
      memory: 'kept since the first',
    })
    expect(tuple?.pendingWrites).toEqual([['task-a3', 'question', 'a3']])
  })

  it('let one question of a conversation work at a time, on whichever replica', async () => {
    let [atWork, most, done] = [0, 0, 0]
    const work = async ({ turns }: Replica) => {
      const end = await turns.take('one conversation')
      atWork += 1
      most = Math.max(most, atWork)
      await server.run('shared', 'SELECT pg_sleep(0.005)')
      atWork -= 1
      done += 1
      await end?.()
    }
    await Promise.all(Array.from({ length: 20 }, () => replicas.map(work)).flat())
    expect([most, done]).toEqual([1, 40])
  })

  it('give a conversation free when its replica dies, and when nobody waits any more', async () => {
    const dying = await openReplica(server.url('shared', 'parley'))
    expect(await dying.turns.take('a thread')).toBeDefined()
    const [first] = replicas
    const giveUp = new AbortController()
    const waiting = first?.turns.take('a thread', giveUp.signal)
    giveUp.abort()
    expect(await waiting).toBeUndefined()
    expect(await first?.line.lives(dying.line.replica)).toBe(true)
    expect(await endLines(dying)).toEqual([[true]])
    const end = await first?.turns.take('a thread')
    expect(end).toBeDefined()
    await end?.()
    // The one that only looked dead would be back soon.
    await dying.close()
    await expect.poll(() => first?.line.lives(dying.line.replica)).toBe(false)
  })

  it('take the line up again after it broke', async () => {
    const [first, second] = replicas
    const heard: string[] = []
    second?.line.onCall((message) => heard.push(message))
    expect(await endLines(...replicas)).toEqual([[true], [true]])
    await expect
      .poll(async () => {
        await first?.line.call('are you there?').catch(() => {})
        return heard.length
      })
      .toBeGreaterThan(0)
    expect(await first?.line.lives(second?.line.replica ?? '')).toBe(true)
  })

  it('remember once what the server does not let them keep, and go on', async () => {
    const store = await openSharedCheckpoints(replicas[0] as Replica)
    const thread = { configurable: { thread_id: 'refused', checkpoint_ns: '' } }
    const step = { source: 'loop', step: 1, parents: {} } as const
    const put = async (id: string) => {
      await store.put(thread, { ...emptyCheckpoint(), id }, step, {})
      return store.takeFailure('refused')?.code
    }
    const configure = (change: string) =>
      server.run('shared', `ALTER SYSTEM ${change}`, 'SELECT pg_reload_conf()')
    await configure('SET default_transaction_read_only = on')
    await expect.poll(() => put('a1')).toBe('store_unwritable')
    const at = { configurable: { ...thread.configurable, checkpoint_id: 'a1' } }
    await store.putWrites(at, [['question', 'of a1']], 'task-a1')
    expect(store.takeFailure('refused')?.code).toBe('store_unwritable')
    expect(store.takeFailure('refused')).toBeUndefined()
    await configure('RESET default_transaction_read_only')
    await expect.poll(() => put('a2')).toBeUndefined()
    expect((await store.getTuple(thread))?.checkpoint.id).toBe('a2')
  })

  it('take it up again although the server still keeps the session that broke', async () => {
    const own = await openReplica(server.url('shared', 'parley'))
    const { line } = own
    const former = server.client('shared')
    const ended = new Promise((resolve) => former.on('error', resolve))
    await former.connect()
    // It comes to hold what the broken session held.
    const held = former.query('SELECT pg_advisory_lock($1)', [line.replica])
    await server.run(
      'shared',
      `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted
         AND (classid::bigint << 32) | objid::bigint = ${line.replica}`,
    )
    await held
    const giveUp = new AbortController()
    const waiting = line.lock('a thread', giveUp.signal)
    giveUp.abort()
    expect(await waiting).toBe(false)
    await expect
      .poll(() => line.lock('a thread').catch(() => false), { timeout: 10_000 })
      .toBe(true)
    await ended
    await own.close()
  })

  it('take it up again where nothing comes through any more', async () => {
    const proxy = await tcpProxy(join(server.folder, '.s.PGSQL.5432'))
    const address = `postgres://parley@127.0.0.1:${proxy.port}/shared?sslmode=disable`
    const own = await openReplica(address)
    expect(await own.line.lock('a thread behind it')).toBe(true)
    proxy.silence()
    await expect(own.line.lock('another')).rejects.toMatchObject({ code: 'store_unwritable' })
    await expect
      .poll(() => own.line.lock('another').catch(() => false), { timeout: 10_000 })
      .toBe(true)
    // What the silent session held is free: the server was told to end it.
    expect(await replicas[0]?.line.lock('a thread behind it')).toBe(true)
    await replicas[0]?.line.unlock('a thread behind it')
    await own.close()
    proxy.close()
  }, 40_000)
})
