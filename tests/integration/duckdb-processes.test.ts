/** What happens to questions when the processes that run DuckDB are killed, hang, crash or run out of memory. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '../../data/database.js'
import { openDuckDbDatabase } from '../../data/duckdb/duckdb-database.js'
import { duckDbProgram, fileToOpen } from '../../data/duckdb/duckdb-program.js'
import { writeDatabaseFile } from '../../data/duckdb/write-database-file.js'
import { EngineProcess } from '../../data/engine-process/engine-process.js'
import { packageRoot } from '../../models/package-root.js'
import { anyAtWork, childrenRunning } from '../support/child-processes.js'

/** Row by row, so that it runs out of time and never of memory. */
const endlessSql = 'SELECT count(*) FROM range(1000000000000) WHERE range % 7 = 3'
const deafSql = "SELECT levenshtein(repeat('a', 60000), repeat('b', 60000))"
const goodSql = 'SELECT sum(n)::INTEGER FROM numbers'

/** A process that nobody waited for any more is none. */
function isRunning(id: number): boolean {
  return (
    existsSync(`/proc/${id}`) && !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${id}/stat`, 'utf8'))
  )
}

describe.skipIf(process.platform !== 'linux')('The processes of a DuckDB file', () => {
  let folder: string
  let path: string
  let database: Database

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parley-'))
    path = join(folder, 'numbers.duckdb')
    await writeDatabaseFile(path, async (connection) => {
      await connection.run('CREATE TABLE numbers AS SELECT range AS n FROM range(101)')
    })
    database = await openDuckDbDatabase(path, { label: 'Numbers' })
    await expect.poll(() => workers().length, { timeout: 10_000 }).toBe(2)
  })
  afterEach(async () => {
    await database.close()
    await expect.poll(() => workers().length).toBe(0)
    await rm(folder, { recursive: true })
  })

  const workers = () => childrenRunning(duckDbProgram.file)
  const signalAll = (signal: NodeJS.Signals) => {
    for (const { id } of workers()) process.kill(id, signal)
  }
  /** Until the system has told us: then nothing of them is left. */
  const killAll = async (signal: 'SIGKILL' | 'SIGSEGV') => {
    const ids = workers().map(({ id }) => id)
    signalAll(signal)
    await expect.poll(() => ids.filter((id) => existsSync(`/proc/${id}`))).toEqual([])
  }
  const answers = async () =>
    expect(await database.query(goodSql)).toMatchObject({ ok: true, result: { rows: [[5_050]] } })

  test('know nothing of the environment and may write no file', async () => {
    for (const { id } of workers()) {
      const names = readFileSync(`/proc/${id}/environ`, 'utf8')
        .split('\0')
        .map((entry) => entry.split('=')[0])
      expect(names.filter((name) => name && !/^(TZ|PWD|NODE_CHANNEL_\w+)$/.test(name))).toEqual([])
      const limits = readFileSync(`/proc/${id}/limits`, 'utf8')
      expect(limits).toMatch(/Max file size +0 /)
      expect(limits).toMatch(/Max core file size +0 /)
      expect(Number(/Max data size +(\d+)/.exec(limits)?.[1])).toBeLessThanOrEqual(1_000_000_000)
    }
  })

  test('are replaced when they were killed at rest', async () => {
    await killAll('SIGKILL')
    await answers()
  })

  test('give a failure when they are killed in the middle of a query, and the next question is answered within a second', async () => {
    const running = database.query(endlessSql)
    await anyAtWork(workers().map(({ id }) => id))
    await killAll('SIGSEGV')
    expect(await running).toMatchObject({
      ok: false,
      failure: { code: 'sql_failed', message: 'The engine gave up on this query.' },
    })
    await answers()
  })

  test('are made anew while tables are described, and behind many of them', async () => {
    const many = join(folder, 'many.duckdb')
    await writeDatabaseFile(many, async (connection) => {
      for (let at = 0; at < 301; at++)
        await connection.run(`CREATE TABLE t${at} AS SELECT ${at} AS n`)
    })
    const described = await openDuckDbDatabase(many, { label: 'Many' })
    const seen: number[] = []
    const onTable = () => {
      if (seen.length === 0) signalAll('SIGKILL')
      seen.push(...workers().map(({ id }) => id))
    }
    const { tables } = await described.introspect(undefined, {
      onOutline: async () => new Map(),
      onTable,
    })
    expect(tables).toHaveLength(301)
    await expect
      .poll(() => workers().filter(({ id }) => !seen.includes(id)).length, { timeout: 10_000 })
      .toBeGreaterThan(0)
    await described.close()
  })

  test('are killed when they never answer', async () => {
    signalAll('SIGSTOP')
    const start = performance.now()
    const outcome = await database.query(goodSql, { timeoutMs: 200 })
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'sql_timeout' } })
    expect(performance.now() - start).toBeLessThan(2_200)
    await database.query(goodSql, { timeoutMs: 200 })
    await answers()
  })

  test('survive what can be interrupted, and not what cannot', async () => {
    const before = workers().map(({ id }) => id)
    await Promise.all([1, 2].map(() => database.query(endlessSql, { timeoutMs: 200 })))
    expect(workers().map(({ id }) => id)).toEqual(before)
    await Promise.all([1, 2].map(() => database.query(deafSql, { timeoutMs: 200 })))
    // A process that was killed takes a moment to go.
    await expect.poll(() => workers().filter(({ id }) => before.includes(id))).toEqual([])
    await answers()
  })

  test('are ended after they ran out of memory', async () => {
    const before = workers().map(({ id }) => id)
    const outcome = await database.query("SELECT length(repeat('x', 2000000000))")
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'sql_out_of_memory' } })
    await expect.poll(() => workers().filter(({ id }) => before.includes(id))).toHaveLength(1)
    await answers()
  })

  test('go on reading a file that was deleted, and say so when they cannot open it again', async () => {
    await rename(path, `${path}.gone`)
    await answers()
    await killAll('SIGKILL')
    expect(await database.query(goodSql)).toMatchObject({
      ok: false,
      failure: { code: 'sql_failed' },
    })
    await rename(`${path}.gone`, path)
    await answers()
  })

  test('end a crashing statement that no guard has looked at, and only themselves', async () => {
    const child = new EngineProcess(duckDbProgram)
    await child.request({ open: fileToOpen(path, { memoryMegabytes: 256, threads: 1 }) })
    const crash = child.request({
      select: "SELECT json_structure(repeat('[', 100000) || repeat(']', 100000))",
      limits: { maxRows: 1, maxColumns: 1, maxBytes: 1, maxCellCharacters: 1 },
    })
    await expect(crash).rejects.toMatchObject({ name: 'ProcessEndedError', isOutOfMemory: false })
    expect(child.alive).toBe(false)
    await answers()
  })

  test('do not outlive their parent, even in the middle of what no interrupt ends', async () => {
    const limits = { maxRows: 1, maxColumns: 1, maxBytes: 1, maxCellCharacters: 1 }
    const open = fileToOpen(path, { memoryMegabytes: 256, threads: 1 })
    const program = join(packageRoot, duckDbProgram.file)
    const parent = spawn(process.execPath, [
      '-e',
      `const child = require('node:child_process').fork(${JSON.stringify(program)}, { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
       child.send(${JSON.stringify({ id: 1, open })})
       child.once('message', () => child.send(${JSON.stringify({ id: 2, select: deafSql, limits })}, () => console.log(child.pid)))`,
    ])
    const [text] = await once(parent.stdout, 'data')
    await anyAtWork([Number(text)])
    parent.kill('SIGKILL')
    await expect.poll(() => isRunning(Number(text))).toBe(false)
  })

  test('give a failure where they cannot be started', async () => {
    const child = new EngineProcess({ ...duckDbProgram, file: 'data/duckdb/none.mjs' })
    const open = fileToOpen(path, { memoryMegabytes: 256, threads: 1 })
    await expect(child.request({ open })).rejects.toMatchObject({ name: 'ProcessEndedError' })
    await expect(child.request({ open })).rejects.toMatchObject({ name: 'ProcessEndedError' })
  })

  test('run nothing but one SELECT, even when no guard has looked', async () => {
    const child = new EngineProcess(duckDbProgram)
    await child.request({ open: fileToOpen(path, { memoryMegabytes: 256, threads: 1 }) })
    for (const select of [
      'CREATE TEMP TABLE t (a INTEGER)',
      'SELECT 1; SELECT 2',
      'SET threads = 1',
    ]) {
      await expect(child.request({ select })).rejects.toMatchObject({ code: 'refused' })
    }
    child.close()
  })
})
