/** Reads rows of SQL that Parley itself wrote; nothing is checked. */
import type { Value } from '../catalog.js'
import type { SqliteChild } from './sqlite-child.js'
import { columnsSelect, typedSelect } from './typed-select.js'

/** Rejects with what the engine said, or when the process ended. */
export type ReadRows = (sql: string) => Promise<readonly (readonly Value[])[]>

const limits = {
  maxRows: 1_000_000,
  maxColumns: 1_000,
  maxBytes: 200_000_000,
  maxCellCharacters: 10_000,
}

export function rowReader(child: SqliteChild): ReadRows {
  return async (sql) => {
    const { columns = [] } = await child.request({ columnsOf: columnsSelect(sql) })
    const text = typedSelect(sql, columns.length, limits)
    return (await child.request({ sql: text, limits, typed: true })).rows ?? []
  }
}
