/** Reads all that one SELECT gives from a DuckDB file, in a process of its own, so that questions need not wait for it. */
import type { QueryFailure, ResultColumn } from '../database.js'
import type { EngineProcess } from '../engine-process/engine-process.js'
import { withEngineProcess } from '../engine-process/with-engine-process.js'
import { guardSql } from '../guard/guard-sql.js'
import { joinSignals } from '../join-signals.js'
import { type Batches, createBatches, type ReadOptions, type ReadOutcome } from '../read-all.js'
import { stopFailure } from '../state-failure.js'
import { columnKind } from './column-kind.js'
import { beginRead, duckDbProgram, type OpenedFile, parseSql, readMore } from './duckdb-program.js'
import { engineFailure } from './engine-failure.js'
import { rulesOf } from './guarded-select.js'
import { readCell } from './read-answer.js'

/** `open` is what the process is told to open. Rejects with an EngineError when it cannot. */
export async function readAllOfFile(
  open: object,
  builtIn: ReadonlySet<string>,
  sql: string,
  options: ReadOptions,
): Promise<ReadOutcome> {
  const { signal, limits } = options
  const batches = createBatches(options)
  const timeout = AbortSignal.timeout(limits.timeoutMs)
  const stopping = joinSignals([signal, timeout])
  const read = { columns: [] as readonly ResultColumn[] }
  try {
    return await withEngineProcess<OpenedFile, ReadOutcome>(
      duckDbProgram,
      open,
      async (process, opened) => {
        const rules = rulesOf(opened, builtIn)
        try {
          const refused = await guardSql(sql, rules, (text) => parseSql(process, text))
          if (refused !== undefined) return failed(refused)
          return await readRows(process, sql, options, batches, read)
        } catch (error) {
          if (stopping.signal.aborted) throw error
          return failed(engineFailure(error, rules.columnsByTable))
        }
      },
      stopping.signal,
    )
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
  { limits }: ReadOptions,
  batches: Batches,
  read: { columns: readonly ResultColumn[] },
): Promise<ReadOutcome> {
  const begun = await beginRead(process, sql, limits)
  read.columns = begun.columns.map(([name, type]) => ({ name, type, kind: columnKind(type) }))
  const { columns } = read
  for (;;) {
    const rows = await readMore(process)
    if (rows.length === 0) break
    const values = rows.map((row) => row.map((cell, at) => readCell(cell, columns[at]?.type ?? '')))
    if (!(await batches.give({ columns, rows: values }))) break
  }
  return batches.outcome(columns, begun.columnCount > columns.length ? 'columns' : undefined)
}

function failed(failure: QueryFailure): ReadOutcome {
  return { ok: false, failure }
}
