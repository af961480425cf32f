/** Reads all that one SELECT gives from a DuckDB file, in a process of its own, so that questions need not wait for it. */
import type { EngineProcess } from '../engine-process/engine-process.js'
import { withEngineProcess } from '../engine-process/with-engine-process.js'
import { guardSql } from '../guard/guard-sql.js'
import {
  type Reading,
  type ReadOptions,
  type ReadOutcome,
  readFailure,
  readWithin,
} from '../read-all.js'
import type { ResultLimits } from '../result-limits.js'
import { columnKind } from './column-kind.js'
import { beginRead, duckDbProgram, type OpenedFile, parseSql, readMore } from './duckdb-program.js'
import { engineFailure } from './engine-failure.js'
import { rulesOf } from './guarded-select.js'
import { readCell } from './read-answer.js'

/** `open` is what the process is told to open. Rejects with an EngineError when it cannot. */
export function readAllOfFile(
  open: object,
  builtIn: ReadonlySet<string>,
  sql: string,
  options: ReadOptions,
): Promise<ReadOutcome> {
  return readWithin(options, (reading) => {
    const work = async (process: EngineProcess, opened: OpenedFile) => {
      const rules = rulesOf(opened, builtIn)
      try {
        const refused = await guardSql(sql, rules, (text) => parseSql(process, text))
        if (refused !== undefined) return readFailure(refused)
        return await readRows(process, sql, options.limits, reading)
      } catch (error) {
        if (reading.signal.aborted) throw error
        return readFailure(engineFailure(error, rules.columnsByTable))
      }
    }
    return withEngineProcess(duckDbProgram, open, work, reading.signal)
  })
}

async function readRows(
  process: EngineProcess,
  sql: string,
  limits: ResultLimits,
  reading: Reading,
): Promise<ReadOutcome> {
  const begun = await beginRead(process, sql, limits)
  const columns = begun.columns.map(([name, type]) => ({ name, type, kind: columnKind(type) }))
  reading.columns = columns
  for (;;) {
    const rows = await readMore(process)
    if (rows.length === 0) break
    const values = rows.map((row) => row.map((cell, at) => readCell(cell, columns[at]?.type ?? '')))
    if (!(await reading.batches.give({ columns, rows: values }))) break
  }
  const isWide = begun.columnCount > columns.length
  return reading.batches.outcome(columns, isWide ? 'columns' : undefined)
}
