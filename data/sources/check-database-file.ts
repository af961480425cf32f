/** Makes sure that a user's DuckDB file opens and holds at least one table or view. */
import { basename } from 'node:path'
import { duckDbProgram, fileToOpen, type OpenedFile } from '../duckdb/duckdb-program.js'
import { EngineError, ProcessEndedError } from '../engine-process/engine-process.js'
import { withEngineProcess } from '../engine-process/with-engine-process.js'
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
    if (!(error instanceof EngineError || error instanceof ProcessEndedError)) throw error
    const reason = error.message.split('\n')[0] ?? ''
    if (LOCKED.test(reason)) {
      const hint = 'Close the other program, or give a copy of the file.'
      return sourceFailure('source_locked', `${name} is open in another program.`, hint)
    }
    const message = `${name} cannot be opened as a DuckDB database: ${reason}`
    return sourceFailure('source_corrupt', message, 'Restore it from a copy.')
  }
}

async function countTables(path: string): Promise<number> {
  const open = fileToOpen(path, { memoryMegabytes: 512, threads: 1 })
  return withEngineProcess(
    duckDbProgram,
    open,
    async (_, { columns }: OpenedFile) => columns.length,
  )
}
