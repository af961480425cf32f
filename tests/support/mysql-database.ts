/** Databases on a MariaDB server of the tests' own, each with a user who may only read it. */
import mysql from 'mysql2/promise'
import { afterAll, beforeAll } from 'vitest'
import type { Database } from '../../data/database.js'
import { openSource, type SourceSettings } from '../../data/sources/open-source.js'
import { openDatabase } from '../../src/open-database.js'
import { hasMysql, type MysqlServer, startMysql } from './mysql-server.js'

export { hasMysql }

export interface OwnMysql {
  readonly folder: string
  readonly socket: string
  /** Makes the database and fills it, as the superuser; the address is the reader's. */
  create(name: string, statements: readonly string[]): Promise<string>
  /** As the superuser, in the database of that name. */
  run(name: string, ...statements: string[]): Promise<readonly (readonly unknown[])[]>
  /** A connection of the superuser's. */
  client(name: string): Promise<mysql.Connection>
  /** The address of a user of that server. */
  url(name: string, user?: string): string
}

export const mysqlReader = 'reader'

/** For the tests of the file or group that calls it; `settings` are the server's. */
export function useOwnMysql(settings: Readonly<Record<string, string>> = {}): OwnMysql {
  let server: MysqlServer | undefined
  beforeAll(async () => {
    if (!hasMysql) return
    server = await startMysql(settings)
    await run('mysql', `CREATE USER ${mysqlReader}`)
  }, 60_000)
  afterAll(() => server?.close())
  const own = () => {
    if (!server) throw new Error('The server runs only while tests do.')
    return server
  }
  const client = (name: string) => mysqlClient(own().socket, name)
  const run = async (name: string, ...statements: string[]) => {
    const opened = await client(name)
    try {
      let rows: unknown = []
      for (const sql of statements) [rows] = await opened.query({ sql, rowsAsArray: true })
      return Array.isArray(rows) ? rows : []
    } finally {
      await opened.end()
    }
  }
  const url = (name: string, user = mysqlReader) =>
    `mysql://${user}@/${encodeURIComponent(name)}?socket=${encodeURIComponent(own().socket)}`
  return {
    get folder() {
      return own().folder
    },
    get socket() {
      return own().socket
    },
    run,
    client,
    url,
    async create(name, statements) {
      await run(
        'mysql',
        `CREATE DATABASE \`${name}\``,
        `GRANT SELECT, SHOW VIEW ON \`${name}\`.* TO ${mysqlReader}`,
      )
      await run(name, ...statements)
      return url(name)
    },
  }
}

export function mysqlClient(socketPath: string, database: string): Promise<mysql.Connection> {
  return mysql.createConnection({ socketPath, user: 'root', database, charset: 'utf8mb4' })
}

/** As the doors do; throws what they would say. */
export async function openMysql(url: string, settings: SourceSettings = {}): Promise<Database> {
  const opened = await openSource(url, '', undefined, settings)
  if (!opened.ok) throw new Error([opened.failure.message, ...opened.failure.hints].join(' '))
  return openDatabase(opened.source)
}
