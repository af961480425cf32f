/** Spider's schemas, one plain description for each database. */
import type { SpiderSchema } from './spider-files.js'

export interface ParsedColumn {
  readonly name: string
  /** The words Spider has for it. */
  readonly words: string
  /** text, number, time, boolean or others. */
  readonly type: string
  readonly primaryKey: boolean
  readonly references?: { readonly table: string; readonly column: string }
}

export interface ParsedTable {
  readonly name: string
  readonly words: string
  readonly columns: readonly ParsedColumn[]
}

export interface ParsedSchema {
  readonly database: string
  readonly tables: readonly ParsedTable[]
}

/** One line of `schema_index.json`. */
export interface IndexedSchema {
  readonly database: string
  readonly file: string
  readonly tables: number
  readonly columns: number
  readonly foreignKeys: number
}

export function parseSchema(schema: SpiderSchema): ParsedSchema {
  const keys = new Set(schema.primary_keys.flat())
  const references = new Map(schema.foreign_keys)
  const place = (index: number | undefined) => {
    const [table = -1, column = ''] = schema.column_names_original[index ?? -1] ?? []
    const name = schema.table_names_original[table]
    return name === undefined ? undefined : { table: name, column }
  }
  const columnsOf = (table: number): ParsedColumn[] =>
    schema.column_names_original.flatMap(([owner, name], index) => {
      if (owner !== table) return []
      const to = references.has(index) ? place(references.get(index)) : undefined
      return {
        name,
        words: schema.column_names[index]?.[1] ?? name,
        type: schema.column_types[index] ?? 'text',
        primaryKey: keys.has(index),
        ...(to ? { references: to } : {}),
      }
    })
  const tables = schema.table_names_original.map((name, index) => ({
    name,
    words: schema.table_names[index] ?? name,
    columns: columnsOf(index),
  }))
  return { database: schema.db_id, tables }
}

export function indexSchema({ database, tables }: ParsedSchema): IndexedSchema {
  const columns = tables.flatMap((table) => table.columns)
  return {
    database,
    file: `${database}.json`,
    tables: tables.length,
    columns: columns.length,
    foreignKeys: columns.filter(({ references }) => references).length,
  }
}
