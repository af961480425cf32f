/** A PostgreSQL database as a Database, guarded by PostgreSQL's own parser. */
import type { ConnectionOptions } from 'node:tls'
import type { Database } from '../database.js'
import { openServerDatabase, type ServerLimits } from '../servers/server-database.js'
import type { ServerEngine } from '../servers/server-engine.js'
import { openSqlParser } from '../servers/sql-parser.js'
import { clientConfig, labelOf, type PostgresAddress } from './address.js'
import { engineFailure, isLostConnection } from './engine-failure.js'
import { guardSql, parserProgram } from './guard-sql.js'
import { introspectPostgres } from './introspect.js'
import { columnsByTable, type KnownNames } from './known-names.js'
import { readKnownNames, readSearchPath } from './read-known-names.js'
import { readSelect } from './read-select.js'
import { readVersion } from './read-version.js'
import { explainSelect, readTexts, runSelect, type TypeNames } from './run-select.js'
import { openSessions, type SearchPlace, type Session } from './sessions.js'

interface Facts {
  readonly names: KnownNames
  readonly searchPath: readonly string[]
}

/** `tls` is the way of the address that worked. Rejects when the database cannot be read. `limits` replace the defaults one by one. */
export function openPostgresDatabase(
  address: PostgresAddress,
  tls: false | ConnectionOptions,
  options: { readonly limits?: Partial<ServerLimits> } = {},
): Promise<Database> {
  return openServerDatabase(labelOf(address), postgresEngine(address, tls), options.limits)
}

function postgresEngine(
  address: PostgresAddress,
  tls: false | ConnectionOptions,
): ServerEngine<Session, SearchPlace, Facts> {
  const config = clientConfig(address, tls)
  const parser = openSqlParser(parserProgram)
  const types: TypeNames = new Map()
  return {
    dialect: 'postgres',
    openSessions: (count) => openSessions(config, count),
    placeOf: (facts) => ({ searchPath: facts?.searchPath ?? [] }),
    async readFacts(ask) {
      const searchPath = await ask({ searchPath: [] }, readSearchPath)
      return { names: await ask({ searchPath }, readKnownNames), searchPath }
    },
    columnsByTable: ({ names }) => columnsByTable(names),
    async guard(sql, { names }, newer) {
      const failure = await guardSql(sql, parser, names, async () => (await newer()).names)
      return failure === undefined ? { ok: true, sql } : { ok: false, failure }
    },
    explain: explainSelect,
    select: (session, sql, limits) => runSelect(session, sql, limits, types),
    readWhole: (session, sql, reading) => readSelect(session, sql, reading, types),
    readTexts,
    readVersion,
    introspect: introspectPostgres,
    failureOf: engineFailure,
    isLostConnection,
    close: () => parser.close(),
  }
}
