/** Reads all that one SELECT gives from a SQLite file, in a process of its own, so that questions need not wait for it. */
import type { QueryFailure, ResultColumn } from '../database.js'
import type { EngineProcess } from '../engine-process/engine-process.js'
import { withEngineProcess } from '../engine-process/with-engine-process.js'
import { joinSignals } from '../join-signals.js'
import {
  type Batches,
  createBatches,
  mergeColumns,
  type ReadOptions,
  type ReadOutcome,
} from '../read-all.js'
import { stopFailure } from '../state-failure.js'
import { engineFailure } from './engine-failure.js'
import { sqliteFileVersion } from './file-version.js'
import { asBoolean, checkSelect } from './guarded-select.js'
import { rowReader } from './read-rows.js'
import { resultColumns } from './result-columns.js'
import { readSchemaFacts, type SchemaFacts } from './schema-facts.js'
import { singleSelect } from './single-select.js'
import {
  beginRead,
  type FileToOpen,
  type OpenedFile,
  readMore,
  sqliteProgram,
} from './sqlite-program.js'

const written: QueryFailure = {
  code: 'sql_failed',
  message: 'The file was written while it was read.',
  hints: ['Try again.'],
}

/** Rejects with an EngineError when the file cannot be opened. */
export async function readAllOfFile(
  file: FileToOpen,
  text: string,
  options: ReadOptions,
): Promise<ReadOutcome> {
  const single = singleSelect(text)
  if (!single.ok) return single
  const { signal, limits } = options
  const batches = createBatches(options)
  const timeout = AbortSignal.timeout(limits.timeoutMs)
  const stopping = joinSignals([signal, timeout])
  const read = { columns: [] as readonly ResultColumn[] }
  try {
    const version = await sqliteFileVersion(file.path)
    const work = async (process: EngineProcess, { isUnlocked }: OpenedFile) => {
      const facts = await readSchemaFacts(rowReader(process))
      const outcome = await readRows(process, single.sql, facts, options, batches, read).catch(
        (error: unknown) => {
          if (stopping.signal.aborted) throw error
          return failed(engineFailure(error, facts.columnsByTable, false))
        },
      )
      const isOther = isUnlocked && (await sqliteFileVersion(file.path)) !== version
      return isOther ? failed(written) : outcome
    }
    return await withEngineProcess(sqliteProgram, file, work, stopping.signal)
  } catch (error) {
    if (signal?.aborted) return failed(stopFailure('cancelled', 0))
    if (!timeout.aborted) throw error
    if (batches.rowCount > 0) return batches.outcome(read.columns, 'time')
    return failed(stopFailure('sql_timeout', limits.timeoutMs))
  } finally {
    stopping.release()
  }
}

async function readRows(
  process: EngineProcess,
  sql: string,
  facts: SchemaFacts,
  { limits }: ReadOptions,
  batches: Batches,
  read: { columns: readonly ResultColumn[] },
): Promise<ReadOutcome> {
  const checked = await checkSelect(process, sql, facts, limits)
  if (!checked.ok) return checked
  const own = checked.columns.slice(0, limits.maxColumns)
  await beginRead(process, checked.text, limits)
  for (let isFirst = true; ; isFirst = false) {
    const { rows, classes } = await readMore(process)
    if (rows.length === 0 && !isFirst) break
    const columns = resultColumns(own, classes, rows)
    read.columns = isFirst ? columns : mergeColumns(read.columns, columns)
    const values = rows.map((row) => row.map((cell, at) => asBoolean(cell, columns[at]?.kind)))
    if (rows.length === 0 || !(await batches.give({ columns, rows: values }))) break
  }
  return batches.outcome(read.columns, checked.columns.length > own.length ? 'columns' : undefined)
}

function failed(failure: QueryFailure): ReadOutcome {
  return { ok: false, failure }
}
