/** Opens the engine of a source. */
import type { Database } from '../data/database.js'
import { openDuckDbDatabase } from '../data/duckdb/duckdb-database.js'
import type { Source, SourceLimits } from '../data/sources/source.js'
import { openSqliteDatabase } from '../data/sqlite/sqlite-database.js'

/** Rejects when the file is missing, damaged or being written, or the server does not answer. */
export function openDatabase(
  { kind, path, label, connect }: Source,
  limits?: SourceLimits,
): Promise<Database> {
  if (connect !== undefined) return connect(limits)
  const open = kind === 'sqlite' ? openSqliteDatabase : openDuckDbDatabase
  return open(path, { label, limits })
}
