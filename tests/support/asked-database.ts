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
import { openDuckDbDatabase } from '../../data/duckdb/duckdb-database.js'
import { writeDatabaseFile } from '../../data/duckdb/write-database-file.js'
import { openSqliteDatabase } from '../../data/sqlite/sqlite-database.js'
import { createValueIndex } from '../../rag/value-index.js'
import { copyToMysql } from './copy-to-mysql.js'
import { copyToPostgres } from './copy-to-postgres.js'
import { copyToSqlite } from './copy-to-sqlite.js'
import { type OwnMysql, openMysql } from './mysql-database.js'
import { type OwnPostgres, openPostgres } from './postgres-database.js'

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
  openCopy: OpenCopy = onDuckDb,
): AskedDatabase {
  let opened: OpenedDatabase | undefined
  const database = () => {
    if (!opened) throw new Error('The database is open only while tests run.')
    return opened
  }
  beforeAll(async () => {
    opened = await openAskedDatabase(statements, openCopy)
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

/** Opens a database of what the DuckDB file at `path` holds. */
type OpenCopy = (path: string) => Promise<Database>
type OpenedDatabase = AskedDatabase & { close(): Promise<void> }

async function openAskedDatabase(
  statements: readonly string[],
  openCopy: OpenCopy,
): Promise<OpenedDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-asked-'))
  const path = join(folder, 'asked.duckdb')
  await writeDatabaseFile(path, async (connection) => {
    for (const statement of statements) await connection.run(statement)
  })
  const database = await openCopy(path)
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
      await database.close()
      await rm(folder, { recursive: true })
    },
  }
}

function onDuckDb(path: string): Promise<Database> {
  return openDuckDbDatabase(path, { label: 'asked' })
}

export async function onSqlite(path: string): Promise<Database> {
  const copy = path.replace(/duckdb$/, 'sqlite')
  await copyToSqlite(path, copy)
  return openSqliteDatabase(copy, { label: 'asked' })
}

export function onPostgres(server: OwnPostgres): OpenCopy {
  return async (path) => {
    const url = await server.create('asked', [])
    await copyToPostgres(path, { host: server.folder, user: 'parley', database: 'asked' })
    return openPostgres(url)
  }
}

export function onMysql(server: OwnMysql): OpenCopy {
  return async (path) => {
    const url = await server.create('asked', [])
    const client = await server.client('asked')
    await copyToMysql(path, client)
    await client.end()
    return openMysql(url)
  }
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
