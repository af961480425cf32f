/** Makes sure that a user's SQLite file opens and holds at least one table or view that can be read. */
import { basename } from 'node:path'
import { EngineError, ProcessEndedError } from '../engine-process/engine-process.js'
import { readDeclaredTables } from '../sqlite/introspect-schema.js'
import { rowReader } from '../sqlite/read-rows.js'
import { withSqliteFile } from '../sqlite/sqlite-program.js'
import { type SourceOutcome, sourceFailure } from './source.js'

const LOCKED = /^SQLITE_(BUSY|LOCKED)/

export async function checkSqliteFile(path: string): Promise<SourceOutcome> {
  const name = basename(path)
  try {
    if ((await countTables(path)) > 0) {
      return { ok: true, source: { kind: 'sqlite', path, label: name } }
    }
    const hint = 'Fill it first, or give another file.'
    return sourceFailure('source_empty', `${name} holds no tables.`, hint)
  } catch (error) {
    const isExpected = error instanceof EngineError || error instanceof ProcessEndedError
    if (!isExpected) throw error
    if (error instanceof EngineError && LOCKED.test(error.code)) {
      const hint = 'Close the other program, or give a copy of the file.'
      return sourceFailure('source_locked', `${name} is open in another program.`, hint)
    }
    const message = `${name} cannot be opened as a SQLite database: ${error.message}`
    return sourceFailure('source_corrupt', message, 'Restore it from a copy.')
  }
}

async function countTables(path: string): Promise<number> {
  const tables = await withSqliteFile(path, (process) => readDeclaredTables(rowReader(process)))
  return tables.length
}
