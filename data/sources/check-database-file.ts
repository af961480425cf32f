/** Makes sure that a user's DuckDB file opens and holds at least one table or view. */
import { basename } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { type SourceOutcome, sourceFailure } from './source.js'

const LOCKED = /conflicting lock|could not set lock|being used by another process/i

export async function checkDatabaseFile(path: string): Promise<SourceOutcome> {
  const name = basename(path)
  try {
    if ((await countTables(path)) > 0) {
      return { ok: true, source: { kind: 'duckdb', path, label: name } }
    }
    const hint = 'Fill it first, or give another file.'
    return sourceFailure('source_empty', `${name} holds no tables.`, hint)
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
    if (LOCKED.test(reason)) {
      const hint = 'Close the other program, or give a copy of the file.'
      return sourceFailure('source_locked', `${name} is open in another program.`, hint)
    }
    const message = `${name} cannot be opened as a DuckDB database: ${reason}`
    return sourceFailure('source_corrupt', message, 'Restore it from a copy.')
  }
}

async function countTables(path: string): Promise<number> {
  const instance = await DuckDBInstance.create(path, {
    access_mode: 'READ_ONLY',
    enable_external_access: 'false',
  })
  try {
    const connection = await instance.connect()
    const reader = await connection.runAndReadAll(
      `SELECT count(*)::INTEGER FROM information_schema.tables
       WHERE table_schema = 'main' AND table_catalog = current_database()`,
    )
    connection.closeSync()
    return Number(reader.getRows()[0]?.[0])
  } finally {
    instance.closeSync()
  }
}
