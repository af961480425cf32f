/** A MySQL or MariaDB database as a Database. */
import type { SslOptions } from 'mysql2'
import type { Database } from '../database.js'
import { openServerDatabase, type ServerLimits } from '../servers/server-database.js'
import type { ServerEngine } from '../servers/server-engine.js'
import { openSqlParser } from '../servers/sql-parser.js'
import { clientConfig, labelOf, type MysqlAddress } from './address.js'
import { engineFailure, isLostConnection } from './engine-failure.js'
import { guardSql, parserProgram } from './guard-sql.js'
import { introspectMysql } from './introspect.js'
import type { KnownNames } from './known-names.js'
import { readKnownNames } from './read-known-names.js'
import { readVersion } from './read-version.js'
import { explainSelect, readSelect, readTexts, runSelect } from './run-select.js'
import { type NoPlace, openSessions, type Session } from './sessions.js'

/** `tls` is the way of the address that worked. Rejects when the database cannot be read. `limits` replace the defaults one by one. */
export function openMysqlDatabase(
  address: MysqlAddress,
  tls: false | SslOptions,
  options: { readonly limits?: Partial<ServerLimits> } = {},
): Promise<Database> {
  return openServerDatabase(labelOf(address), mysqlEngine(address, tls), options.limits)
}

function mysqlEngine(
  address: MysqlAddress,
  tls: false | SslOptions,
): ServerEngine<Session, NoPlace, KnownNames> {
  const config = clientConfig(address, tls)
  const parser = openSqlParser(parserProgram)
  return {
    dialect: 'mysql',
    openSessions: (count) => openSessions(config, count),
    placeOf: () => ({}),
    readFacts: (ask) => ask({}, readKnownNames),
    columnsByTable: ({ tables }) => tables,
    guard: (sql, names, newer) => guardSql(sql, parser, names, newer),
    explain: explainSelect,
    select: runSelect,
    readWhole: readSelect,
    readTexts,
    readVersion,
    introspect: introspectMysql,
    failureOf: engineFailure,
    isLostConnection,
    close: () => parser.close(),
  }
}
