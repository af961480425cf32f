/** Reads rows of SQL that Parley itself wrote; nothing is checked. */
import type { Value } from '../catalog.js'
import type { EngineProcess } from '../engine-process/engine-process.js'
import { columnsOf, readRows } from './sqlite-program.js'
import { columnsSelect, typedSelect } from './typed-select.js'

/** Rejects with what the engine said, or when the process ended. */
export type ReadRows = (sql: string) => Promise<readonly (readonly Value[])[]>

const limits = {
  maxRows: 1_000_000,
  maxColumns: 1_000,
  maxBytes: 200_000_000,
  maxCellCharacters: 10_000,
}

export function rowReader(process: EngineProcess): ReadRows {
  return async (sql) => {
    const columns = await columnsOf(process, columnsSelect(sql))
    const text = typedSelect(sql, columns.length, limits)
    return (await readRows(process, { sql: text, limits, typed: true })).rows
  }
}
