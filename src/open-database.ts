/** Opens the engine of a source. */
import type { Database } from '../data/database.js'
import { openDuckDbDatabase } from '../data/duckdb/duckdb-database.js'
import type { Source } from '../data/sources/source.js'
import { openSqliteDatabase } from '../data/sqlite/sqlite-database.js'

/** Rejects when the file is missing, damaged or being written. */
export function openDatabase({ kind, path, label }: Source): Promise<Database> {
  const open = kind === 'sqlite' ? openSqliteDatabase : openDuckDbDatabase
  return open(path, { label })
}
