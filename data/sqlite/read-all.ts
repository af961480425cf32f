/** Reads all that one SELECT gives from a SQLite file, in a process of its own, so that questions need not wait for it. */
import type { QueryFailure } from '../database.js'
import type { EngineProcess } from '../engine-process/engine-process.js'
import { withEngineProcess } from '../engine-process/with-engine-process.js'
import {
  mergeColumns,
  type Reading,
  type ReadOptions,
  type ReadOutcome,
  readFailure,
  readWithin,
} from '../read-all.js'
import type { ResultLimits } from '../result-limits.js'
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
  return readWithin(options, async (reading) => {
    const version = await sqliteFileVersion(file.path)
    const work = async (process: EngineProcess, { isUnlocked }: OpenedFile) => {
      const facts = await readSchemaFacts(rowReader(process))
      const outcome = await readRows(process, single.sql, facts, options.limits, reading).catch(
        (error: unknown) => {
          if (reading.signal.aborted) throw error
          return readFailure(engineFailure(error, facts.columnsByTable, false))
        },
      )
      const isOther = isUnlocked && (await sqliteFileVersion(file.path)) !== version
      return isOther ? readFailure(written) : outcome
    }
    return withEngineProcess(sqliteProgram, file, work, reading.signal)
  })
}

async function readRows(
  process: EngineProcess,
  sql: string,
  facts: SchemaFacts,
  limits: ResultLimits,
  reading: Reading,
): Promise<ReadOutcome> {
  const checked = await checkSelect(process, sql, facts, limits)
  if (!checked.ok) return checked
  const own = checked.columns.slice(0, limits.maxColumns)
  await beginRead(process, checked.text, limits)
  for (let isFirst = true; ; isFirst = false) {
    const { rows, classes } = await readMore(process)
    if (rows.length === 0 && !isFirst) break
    const columns = resultColumns(own, classes, rows)
    reading.columns = isFirst ? columns : mergeColumns(reading.columns, columns)
    const values = rows.map((row) => row.map((cell, at) => asBoolean(cell, columns[at]?.kind)))
    if (rows.length === 0 || !(await reading.batches.give({ columns, rows: values }))) break
  }
  const isWide = checked.columns.length > own.length
  return reading.batches.outcome(reading.columns, isWide ? 'columns' : undefined)
}
