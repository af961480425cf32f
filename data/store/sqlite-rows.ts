/** Reads rows of the store's file: one array of cells each, without what the library adds to objects. */

import { storeErrorOf } from './store-error.js'
import type { StoreFile } from './store-file.js'
import type { Cell } from './store-sql.js'

/** Throws `StoreError` when the file cannot be read. */
export function rowsOf(
  file: StoreFile,
  sql: string,
  ...parameters: readonly Cell[]
): readonly (readonly Cell[])[] {
  try {
    const rows: unknown[] = file
      .prepare(sql)
      .raw()
      .all(...parameters)
    return rows as readonly (readonly Cell[])[]
  } catch (error) {
    throw storeErrorOf(error) ?? error
  }
}

/** How many rows it changed. Throws `StoreError` when the file cannot be written. */
export function change(file: StoreFile, sql: string, ...parameters: readonly Cell[]): number {
  try {
    return file.prepare(sql).run(...parameters).changes
  } catch (error) {
    throw storeErrorOf(error) ?? error
  }
}
