/** A small shop in a DuckDB file that attacks are tried on, and what is watched while they are. */
import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Database } from '../../../data/database.js'
import { openDuckDbDatabase } from '../../../data/duckdb/duckdb-database.js'
import { duckDbProgram } from '../../../data/duckdb/duckdb-program.js'
import { writeDatabaseFile } from '../../../data/duckdb/write-database-file.js'
import { childrenRunning, highWaterBytes } from '../../support/child-processes.js'

const statements = [
  'CREATE TABLE stores (id INTEGER PRIMARY KEY, name VARCHAR, status VARCHAR, size INTEGER, opened_on DATE, store_id INTEGER)',
  "INSERT INTO stores SELECT i, 'Store ' || i, if(i % 3 = 0, 'closed', 'active'), i * 10, DATE '2022-01-01' + i::INTEGER, i FROM range(1, 31) t(i)",
  'CREATE TABLE sales (store_id INTEGER REFERENCES stores (id), sold_on DATE, amount DECIMAL(10, 2))',
  "INSERT INTO sales SELECT i % 30 + 1, DATE '2023-01-01' + (i % 700)::INTEGER, i / 7 FROM range(5000) t(i)",
  'CREATE TABLE "odd name" ("select" INTEGER)',
  'CREATE TABLE pg_notes (note VARCHAR)',
]

export interface AttackedDatabase {
  readonly path: string
  readonly database: Database
  /** Of the file, and the names beside it: what must stay the same. */
  fingerprint(): Promise<string>
  close(): Promise<void>
}

export async function openAttackedDatabase(): Promise<AttackedDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-attacks-'))
  const path = join(folder, 'shop.duckdb')
  await writeDatabaseFile(path, async (connection) => {
    for (const statement of statements) await connection.run(statement)
  })
  const database = await openDuckDbDatabase(path, { label: 'Shop' })
  return {
    path,
    database,
    async fingerprint() {
      const hash = createHash('sha256').update(await readFile(path))
      return hash.update((await readdir(folder)).join('\n')).digest('hex')
    },
    async close() {
      await database.close()
      await rm(folder, { recursive: true })
    },
  }
}

export interface Watched {
  /** Milliseconds that a timer of this process came late, at most in 99 of 100 cases. */
  readonly loopLagMs: number
  readonly parentGrowthMegabytes: number
  /** The most memory that any process of the engine ever had, as seen five times a second. */
  readonly childMegabytes: number
  /** Processes that were seen. */
  readonly processes: number
}

const megabyte = 1_000_000

/** Looks at this process and its engine processes until the function it returns is called. */
export function watch(): () => Watched {
  const lag = monitorEventLoopDelay({ resolution: 10 })
  const before = process.memoryUsage.rss()
  const seen = new Set<number>()
  let highest = 0
  let parent = before
  lag.enable()
  const look = () => {
    parent = Math.max(parent, process.memoryUsage.rss())
    for (const { id } of childrenRunning(duckDbProgram.file)) {
      seen.add(id)
      highest = Math.max(highest, highWaterBytes(id))
    }
  }
  const timer = process.platform === 'linux' ? setInterval(look, 200) : undefined
  return () => {
    clearInterval(timer)
    lag.disable()
    return {
      loopLagMs: lag.percentile(99) / 1e6 - 10,
      parentGrowthMegabytes: Math.round((parent - before) / megabyte),
      childMegabytes: Math.round(highest / megabyte),
      processes: seen.size,
    }
  }
}

/** The value that `share` of all values do not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0
}

/** As `code` tells it, with `ok` for a result and `thrown` for what must never be. */
export interface Tried {
  readonly sql: string
  readonly code: string
  readonly message: string
  readonly elapsedMs: number
}

export async function tryOut(database: Database, sql: string, timeoutMs?: number): Promise<Tried> {
  const start = performance.now()
  const told = await database.query(sql, { timeoutMs }).then(
    (outcome) => (outcome.ok ? { code: 'ok', message: '' } : outcome.failure),
    (error: unknown) => ({ code: 'thrown', message: String(error) }),
  )
  return { sql, code: told.code, message: told.message, elapsedMs: performance.now() - start }
}
