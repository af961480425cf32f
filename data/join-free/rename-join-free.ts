/** Puts other names of tables and columns into join-free SQL. */
import { sqlColumn, sqlName } from '../../models/grammar/sql-name.js'
import type { ColumnReference } from '../catalog.js'

export interface NewNames {
  /** Undefined where there is no such table. */
  readonly known: (table: string) => string | undefined
  readonly table: (name: string) => string
  readonly column: (reference: ColumnReference) => string
  /** A text that data is compared with, in its quotes; itself unless given. */
  readonly text?: (literal: string) => string
}

const word = String.raw`(?:"(?:[^"]|"")*"|[A-Za-z_]\w*)`
/** Texts; `table.column`; and tables behind FROM and JOIN, of which there may be a list. */
const named = new RegExp(
  String.raw`'(?:[^']|'')*'|(${word})\.(${word})|(from|join) (${word}(?:, ${word})*)`,
  'g',
)
const oneWord = new RegExp(word, 'g')

export function renameJoinFree(joinFree: string, names: NewNames): string {
  const tableOf = (used: string) => sqlName(renameUse(bare(used), names).name)
  return joinFree.replaceAll(named, (part, table, column, keyword, tables, at: number) => {
    if (keyword !== undefined) return `${keyword} ${tables.replaceAll(oneWord, tableOf)}`
    if (table === undefined) return isSetting(joinFree, at) ? part : (names.text?.(part) ?? part)
    const { of, name } = renameUse(bare(table), names)
    return sqlColumn(name, names.column({ table: of, column: bare(column) }))
  })
}

/** `date_trunc('month', …)`: what stands right behind a function's bracket tells it what to do. */
function isSetting(joinFree: string, at: number): boolean {
  return /\w\($/.test(joinFree.slice(0, at))
}

/** A table as SQL calls it, which may be one of several copies: `author_2`. */
function renameUse(used: string, names: NewNames): { readonly of: string; readonly name: string } {
  const known = names.known(used)
  if (known !== undefined) return { of: used, name: known }
  const copy = /_\d+$/.exec(used)?.[0] ?? ''
  const of = used.slice(0, used.length - copy.length)
  return { of, name: names.table(of) + copy }
}

function bare(name: string): string {
  return name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name
}
