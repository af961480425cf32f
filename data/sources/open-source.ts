/** Turns what a user pointed at into a file that is ready to be opened. */
import { stat } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { demoNameOf, demoNames, findDemo } from '../demo/demo-datasets.js'
import { demoFile } from '../demo/demo-file.js'
import { isMysqlUrl } from '../mysql/address.js'
import { isPostgresUrl } from '../postgres/address.js'
import type { OnProgress } from '../progress.js'
import { isSparkUrl } from '../spark/address.js'
import { checkDatabaseFile } from './check-database-file.js'
import { checkMysql } from './check-mysql.js'
import { checkPostgres } from './check-postgres.js'
import { checkSpark } from './check-spark.js'
import { checkSqliteFile } from './check-sqlite-file.js'
import { databaseEngine, fileFormat, IMPORTABLE } from './file-format.js'
import { isDiskFull } from './import-files.js'
import { noRoom, openImport } from './open-import.js'
import { type SourceOutcome, sourceFailure } from './source.js'

const URL_SCHEME = /^([a-z][a-z0-9+.-]+):\/\//i
const DATABASE_NAME = /\.(duckdb|ddb|sqlite3?|db3?)$/i
const ACCEPTED = `Give a .duckdb or .sqlite file, a ${IMPORTABLE} file, a folder of such files, or a postgres://, mysql://, mariadb:// or spark:// address.`

export interface SourceSettings {
  /** Whether a server may be asked as a role that can change data. */
  readonly allowWriter?: boolean
}

/**
 * `source` is a path, a server's address such as `postgres://…`, `demo:` with the name of a demo, or undefined for the first demo; copies of
 * imported files are kept under `home`. A user's own database is used in place and never written.
 */
export async function openSource(
  source: string | undefined,
  home: string,
  onProgress?: OnProgress,
  settings: SourceSettings = {},
): Promise<SourceOutcome> {
  const demo = demoNameOf(source)
  if (source === undefined || demo !== undefined) return openDemo(demo, home, onProgress)
  if (isPostgresUrl(source)) return checkPostgres(source, settings)
  if (isSparkUrl(source)) return checkSpark(source)
  if (isMysqlUrl(source)) return checkMysql(source, settings)
  const scheme = URL_SCHEME.exec(source)?.[1]
  if (scheme !== undefined) return refuseUrl(scheme)
  const path = resolve(source)
  const entry = await stat(path).catch(() => undefined)
  if (entry === undefined) return missing(source)
  return entry.isDirectory() ? openImport(path, home, onProgress) : openFile(path, home, onProgress)
}

async function openDemo(
  name: string | undefined,
  home: string,
  onProgress: OnProgress | undefined,
): Promise<SourceOutcome> {
  const dataset = findDemo(name)
  if (!dataset) {
    return sourceFailure('source_missing', `There is no demo called ${name}.`, demoNames())
  }
  const path = await demoFile(dataset, home, onProgress).catch((error: unknown) => {
    if (isDiskFull(error)) return undefined
    throw error
  })
  if (path === undefined) return noRoom()
  const label = `Demo: ${dataset.subject}`
  return { ok: true, source: { kind: 'demo', demo: dataset.name, path, label } }
}

async function openFile(
  path: string,
  home: string,
  onProgress: OnProgress | undefined,
): Promise<SourceOutcome> {
  const name = basename(path)
  const engine = await databaseEngine(path).catch(() => 'unreadable' as const)
  if (engine === 'unreadable') {
    return sourceFailure('source_missing', `${name} cannot be read.`, 'Check its permissions.')
  }
  if (engine === 'duckdb') return checkDatabaseFile(path)
  if (engine === 'sqlite') return checkSqliteFile(path)
  if (fileFormat(name) !== undefined) return openImport(path, home, onProgress)
  if (DATABASE_NAME.test(name)) return notADatabase(name)
  return sourceFailure('source_unsupported', `${name} is of a kind Parley cannot read.`, ACCEPTED)
}

function missing(source: string): SourceOutcome {
  const message = `There is no file or folder at ${source}.`
  return sourceFailure('source_missing', message, 'Check the path.', ACCEPTED)
}

function notADatabase(name: string): SourceOutcome {
  const message = `${name} is not a DuckDB or SQLite database, or it is damaged.`
  return sourceFailure('source_corrupt', message, 'Restore it from a copy.', ACCEPTED)
}

/** The address itself stays out of the message: it may carry a password. */
function refuseUrl(scheme: string): SourceOutcome {
  const web = /^https?$/i.test(scheme)
  const message = web
    ? 'Parley reads files on this machine, not web addresses.'
    : `A connector for ${scheme}:// is not there yet.`
  const hint = web
    ? 'Download the file and give its path.'
    : 'Export the tables as CSV or Parquet into a folder and give the folder.'
  return sourceFailure('source_unsupported', message, hint)
}
