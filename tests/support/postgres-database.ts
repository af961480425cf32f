/** Databases on a PostgreSQL server of the tests' own, each with a role that may only read it. */
import pg from 'pg'
import { afterAll, beforeAll } from 'vitest'
import type { Database } from '../../data/database.js'
import {
  findPostgres,
  type PostgresServer,
  startPostgres,
} from '../../data/dialects/postgres-server.js'
import { quoteName } from '../../data/quote.js'
import { openSource, type SourceSettings } from '../../data/sources/open-source.js'
import { openDatabase } from '../../src/open-database.js'

export interface OwnPostgres {
  /** Where its socket lies. */
  readonly folder: string
  /** Makes the database and fills it, as a superuser; the address is the reader's. */
  create(name: string, statements: readonly string[]): Promise<string>
  /** As a superuser, in the database of that name. */
  run(name: string, ...statements: string[]): Promise<readonly (readonly unknown[])[]>
  /** A connection of a superuser's, still to be opened. */
  client(name: string): pg.Client
  /** The address of a role of that server. */
  url(name: string, role?: string): string
}

export const reader = 'reader'
const superuser = 'parley'

const programs = await findPostgres()
if (programs === undefined) {
  if (process.env.CI) throw new Error('PostgreSQL is not installed: apt-get install postgresql')
  process.stderr.write('Tests on PostgreSQL are skipped: it is not installed.\n')
}

export const hasPostgres = programs !== undefined

/** For the tests of the file or group that calls it; `settings` are the server's. */
export function useOwnPostgres(settings: Readonly<Record<string, string>> = {}): OwnPostgres {
  const port = Number(settings.port ?? 5432)
  let server: PostgresServer | undefined
  beforeAll(async () => {
    if (!hasPostgres) return
    const started = await startPostgres(settings)
    if (!started.ok) throw new Error(started.message)
    server = started.server
    await run('postgres', `CREATE ROLE ${reader} LOGIN`)
  }, 60_000)
  afterAll(() => server?.close())
  const folder = () => {
    if (!server) throw new Error('The server runs only while tests do.')
    return server.socketFolder
  }
  const client = (name: string) =>
    new pg.Client({ host: folder(), port, user: superuser, database: name })
  const run = async (name: string, ...statements: string[]) => {
    const opened = client(name)
    await opened.connect()
    try {
      let rows: readonly (readonly unknown[])[] = []
      for (const text of statements) rows = (await opened.query({ text, rowMode: 'array' })).rows
      return rows
    } finally {
      await opened.end()
    }
  }
  const url = (name: string, role = reader) =>
    `postgres://${role}@/${encodeURIComponent(name)}?host=${encodeURIComponent(folder())}`
  return {
    get folder() {
      return folder()
    },
    run,
    client,
    url,
    async create(name, statements) {
      await run('postgres', `CREATE DATABASE ${quoteName(name)}`)
      await run(
        name,
        `ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO ${reader}`,
        `ALTER DEFAULT PRIVILEGES GRANT USAGE ON SCHEMAS TO ${reader}`,
        ...statements,
      )
      return url(name)
    },
  }
}

/** As the doors do; throws what they would say. */
export async function openPostgres(url: string, settings: SourceSettings = {}): Promise<Database> {
  const opened = await openSource(url, '', undefined, settings)
  if (!opened.ok) throw new Error([opened.failure.message, ...opened.failure.hints].join(' '))
  return openDatabase(opened.source)
}
