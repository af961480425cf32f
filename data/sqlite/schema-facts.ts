/** The names a file answers to, and where its tables begin. */
import { readDeclaredTables } from './introspect-schema.js'
import type { ReadRows } from './read-rows.js'

export interface SchemaFacts {
  /** Column names by table or view. */
  readonly columnsByTable: ReadonlyMap<string, readonly string[]>
  /** First pages of these tables and of their indexes. */
  readonly readableRoots: ReadonlySet<number>
}

export async function readSchemaFacts(read: ReadRows): Promise<SchemaFacts> {
  const tables = await readDeclaredTables(read)
  const columnsByTable = new Map(
    tables.map(({ name, columns }) => [name, columns.map((column) => column.name)]),
  )
  const roots = await read(
    `SELECT tbl_name, rootpage FROM sqlite_schema WHERE type IN ('table', 'index') AND rootpage > 0`,
  )
  const readable = roots.filter(([table]) => columnsByTable.has(String(table)))
  return { columnsByTable, readableRoots: new Set(readable.map(([, page]) => Number(page))) }
}
