/** What a grammar is built from: names, kinds and values, all plain. */
import { anyWord, literal, type Word } from './gbnf.js'
import type { SqlDialect } from './sql-dialect.js'
import { sqlName } from './sql-name.js'

export type GrammarKind = 'number' | 'text' | 'date' | 'timestamp' | 'boolean' | 'other'

export interface GrammarColumn {
  readonly name: string
  readonly kind: GrammarKind
  /** Every value the column holds, when they are few: then no other text can be compared with it. */
  readonly values?: readonly string[]
  /** A few values as they are stored. */
  readonly samples?: readonly string[]
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
  /** For a model that writes what it compares before the column. */
  readonly valueFirst?: boolean
}

export interface NamedColumn extends GrammarColumn {
  readonly table: string
  /** Values the question names. */
  readonly linked: readonly string[]
}

/** Every column with its table, in the order given. */
export function columnsOf(schema: GrammarSchema): NamedColumn[] {
  return schema.tables.flatMap((table) =>
    table.columns.map((column) => ({
      ...column,
      table: table.name,
      linked: linkedValues(schema, table.name, column.name),
    })),
  )
}

function linkedValues(schema: GrammarSchema, table: string, column: string): string[] {
  return schema.values
    .filter((value) => value.table === table && value.column === column)
    .map((value) => value.value)
}

/**
 * Any of the columns as `table.column` or, in a second copy of its table, `table_2.column`, each followed by the
 * expression `then` gives; columns for which it gives none are left out.
 */
export function anyColumn(
  columns: readonly NamedColumn[],
  then: (column: NamedColumn, index: number) => string | undefined,
): string {
  const words = new Map<string, Word[]>()
  columns.forEach((column, index) => {
    const next = then(column, index)
    if (next === undefined) return
    const known = words.get(column.table)
    const word = { text: sqlName(column.name), next }
    if (known) known.push(word)
    else words.set(column.table, [word])
  })
  return anyWord([...words].flatMap(([table, own]) => tableHeads(table, anyWord(own))))
}

/** The table's name with or without the number of a copy, up to the column. */
function tableHeads(table: string, columns: string): Word[] {
  const written = sqlName(table)
  if (written === table) return [{ text: table, next: `copy? "." ${columns}` }]
  // A reserved word is none any more with a number behind it.
  if (sqlName(`${table}_2`) === `${table}_2`) {
    return [
      { text: `${written}.`, next: columns },
      { text: table, next: `copy "." ${columns}` },
    ]
  }
  return [{ text: written.slice(0, -1), next: `copy? ${literal('".')} ${columns}` }]
}

export function isDate(column: GrammarColumn): boolean {
  return column.kind === 'date' || column.kind === 'timestamp'
}

const numberText = /^-?\d+(\.\d+)?$/

/** Numbers kept as text, with which a loosely typed engine calculates all the same. */
export function isNumberText({ kind, samples = [] }: GrammarColumn): boolean {
  return kind === 'text' && samples.length > 0 && samples.every((text) => numberText.test(text))
}
