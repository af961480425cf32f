/** The port to what converts queries of one database. */
import type { Converted } from './judge-conversion.js'
import type { TypedTable } from './typed-table.js'

export interface ConvertedDatabase {
  readonly name: string
  /** Of the SQLite file. */
  readonly path: string
  readonly tables: readonly TypedTable[]
}

export interface QueryConverter {
  /** In SQLite's dialect; one result each, in order. Rejects when the converter itself is gone. */
  convert(database: ConvertedDatabase, queries: readonly string[]): Promise<readonly Converted[]>
  close(): Promise<void>
}
