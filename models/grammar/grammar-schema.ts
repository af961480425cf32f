/** What a grammar is built from: names, kinds and values, all plain. */
import { anyWord, type Word } from './gbnf.js'
import type { SqlDialect } from './sql-dialect.js'
import { sqlColumn } from './sql-name.js'

export type GrammarKind = 'number' | 'text' | 'date' | 'timestamp' | 'boolean' | 'other'

export interface GrammarColumn {
  readonly name: string
  readonly kind: GrammarKind
  /** Every value the column holds, when they are few: then no other text can be compared with it. */
  readonly values?: readonly string[]
}

export interface GrammarTable {
  readonly name: string
  readonly columns: readonly GrammarColumn[]
}

export interface GrammarSchema {
  readonly dialect: SqlDialect
  readonly tables: readonly GrammarTable[]
  /** Stored values the question names, offered beside free text. */
  readonly values: readonly {
    readonly table: string
    readonly column: string
    readonly value: string
  }[]
}

export interface NamedColumn extends GrammarColumn {
  /** As SQL writes it: `table.column`. */
  readonly sql: string
  /** Values the question names. */
  readonly linked: readonly string[]
}

/** Every column with its table, in the order given. */
export function columnsOf(schema: GrammarSchema): NamedColumn[] {
  return schema.tables.flatMap((table) =>
    table.columns.map((column) => ({
      ...column,
      sql: sqlColumn(table.name, column.name),
      linked: linkedValues(schema, table.name, column.name),
    })),
  )
}

function linkedValues(schema: GrammarSchema, table: string, column: string): string[] {
  return schema.values
    .filter((value) => value.table === table && value.column === column)
    .map((value) => value.value)
}

/** Any of the columns, each followed by the expression `then` gives; columns for which it gives none are left out. */
export function anyColumn(
  columns: readonly NamedColumn[],
  then: (column: NamedColumn, index: number) => string | undefined,
): string {
  const words = columns.flatMap((column, index): Word[] => {
    const tail = then(column, index)
    return tail === undefined ? [] : [{ text: column.sql, next: tail }]
  })
  return anyWord(words)
}

export function isDate(column: GrammarColumn): boolean {
  return column.kind === 'date' || column.kind === 'timestamp'
}
