/** A small real DuckDB file that questions are read against, answered by rules and run. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import type { Entities } from '../../agents/entities/entities.js'
import { type ReadingInput, readQuestion } from '../../agents/entities/read-question.js'
import { newestDate } from '../../agents/entities/schema/newest-date.js'
import { createRulesGenerator } from '../../agents/generators/rules-generator.js'
import type { Catalog, Value } from '../../data/catalog.js'
import type { Database } from '../../data/database.js'
import { startPostgres } from '../../data/dialects/postgres-server.js'
import { openDuckDbDatabase } from '../../data/duckdb/duckdb-database.js'
import { writeDatabaseFile } from '../../data/duckdb/write-database-file.js'
import { openSqliteDatabase } from '../../data/sqlite/sqlite-database.js'
import { createValueIndex } from '../../rag/value-index.js'
import { copyToMysql } from './copy-to-mysql.js'
import { copyToPostgres } from './copy-to-postgres.js'
import { copyToSqlite } from './copy-to-sqlite.js'
import { mysqlClient, openMysql } from './mysql-database.js'
import { startMysql } from './mysql-server.js'
import { openPostgres } from './postgres-database.js'

export type Rows = readonly (readonly Value[])[]
type Asking = Partial<Pick<ReadingInput, 'resolutions' | 'previous' | 'asOf'>>

export interface AskedDatabase {
  readonly catalog: Catalog
  read(question: string, asking?: Asking): Entities
  /** Result rows, or why there are none. */
  ask(question: string, asking?: Asking): Promise<Rows | string>
  answer(question: string, entities: Entities): Promise<Rows | string>
}

/**
 * For the tests of the file or group that calls it. The database is built before them from DuckDB's SQL statements,
 * for the other engines by copying it, and removed after them.
 */
export function useAskedDatabase(
  statements: readonly string[],
  engine: Engine = 'duckdb',
): AskedDatabase {
  let opened: OpenedDatabase | undefined
  const database = () => {
    if (!opened) throw new Error('The database is open only while tests run.')
    return opened
  }
  beforeAll(async () => {
    opened = await openAskedDatabase(statements, engine)
  })
  afterAll(() => opened?.close())
  return {
    get catalog() {
      return database().catalog
    },
    read: (...asking) => database().read(...asking),
    ask: (...asking) => database().ask(...asking),
    answer: (...asking) => database().answer(...asking),
  }
}

type Engine = 'duckdb' | 'sqlite' | 'postgres' | 'mysql'
type OpenedDatabase = AskedDatabase & { close(): Promise<void> }

async function openAskedDatabase(
  statements: readonly string[],
  engine: Engine,
): Promise<OpenedDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-asked-'))
  const path = join(folder, 'asked.duckdb')
  await writeDatabaseFile(path, async (connection) => {
    for (const statement of statements) await connection.run(statement)
  })
  const { database, close } = await openers[engine](path)
  const catalog = await database.introspect()
  const values = createValueIndex(catalog)
  const generator = createRulesGenerator()

  const read: AskedDatabase['read'] = (question, asking = {}) => {
    const valueLinks = values.link(question)
    const asOf = newestDate(catalog)
    return readQuestion({ question, catalog, valueLinks, asOf, ...asking }).entities
  }
  const answer: AskedDatabase['answer'] = async (question, entities) => {
    const context = { documents: [], tables: [] }
    const request = {
      question,
      asked: [],
      intent: 'metric',
      entities,
      context,
      catalog,
      valueLinks: [],
      tryOut: (sql: string) => database.query(sql),
    } as const
    const generation = await generator.generate(request)
    if (!generation.ok) return generation.message
    const outcome = await database.query(generation.sql)
    return outcome.ok ? outcome.result.rows : `${outcome.failure.message}: ${generation.sql}`
  }
  return {
    catalog,
    read,
    answer,
    ask: (question, asking) => answer(question, read(question, asking)),
    close: async () => {
      await close()
      await rm(folder, { recursive: true })
    },
  }
}

/** Each on what the DuckDB file at `path` holds. */
const openers: Record<Engine, (path: string) => Promise<OpenedEngine>> = {
  duckdb: async (path) => {
    const database = await openDuckDbDatabase(path, { label: 'asked' })
    return { database, close: () => database.close() }
  },
  sqlite: async (path) => {
    const copy = path.replace(/duckdb$/, 'sqlite')
    await copyToSqlite(path, copy)
    const database = await openSqliteDatabase(copy, { label: 'asked' })
    return { database, close: () => database.close() }
  },
  postgres: async (path) => {
    const started = await startPostgres()
    if (!started.ok) throw new Error(started.message)
    const { socketFolder, close } = started.server
    const place = { host: socketFolder, user: 'parley', database: 'postgres' }
    await copyToPostgres(path, place)
    const url = `postgres://parley@/postgres?host=${encodeURIComponent(socketFolder)}`
    const database = await openPostgres(url, { allowWriter: true })
    return { database, close: () => database.close().then(close) }
  },
  mysql: async (path) => {
    const { socket, close } = await startMysql()
    const client = await mysqlClient(socket, 'mysql')
    await client.query('CREATE DATABASE asked')
    await client.changeUser({ database: 'asked' })
    await copyToMysql(path, client)
    await client.end()
    const url = `mysql://root@/asked?socket=${encodeURIComponent(socket)}`
    const database = await openMysql(url, { allowWriter: true })
    return { database, close: () => database.close().then(close) }
  },
}

interface OpenedEngine {
  readonly database: Database
  close(): Promise<void>
}

/** Rows in one fixed order, fractions to four places: for questions that ask for no order. */
export function settled(rows: Rows | string): Rows | string {
  if (typeof rows === 'string') return rows
  const rounded = rows.map((row) => row.map((cell) => round(cell)))
  return rounded.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
}

function round(cell: Value): Value {
  return typeof cell === 'number' ? Math.round(cell * 10_000) / 10_000 : cell
}
