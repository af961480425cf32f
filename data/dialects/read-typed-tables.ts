/**
 * Reads a SQLite file's tables, each column with one type for all its rows.
 *
 * SQLite keeps any value in any column; other engines do not. The type is chosen by what is stored, with the rules that the product's
 * reader of SQLite files has (`storedKind`): a column is a number when at least 95 of 100 cells are, a date or a timestamp when every
 * text in it is written as one, true or false when it is declared so and holds 0 and 1, and text otherwise. What such a type cannot
 * hold becomes NULL and is counted; numbers in a text column become texts. Timestamps without seconds stay texts, as they would read
 * back otherwise.
 */
import type { Value } from '../catalog.js'
import { quoteName } from '../quote.js'
import { type StoredClasses, storedKind } from '../sqlite/column-kind.js'
import { readDeclaredTables } from '../sqlite/introspect-schema.js'
import type { ReadRows } from '../sqlite/read-rows.js'
import type { Affinity, TypedColumn, TypedKind, TypedTable } from './typed-table.js'

const DATE = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/
const TIMESTAMP = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]) [0-2]\d:[0-5]\d:[0-5]\d$/
const NUMBER = /^[-+]?(?:\d+\.?\d*|\.\d+)$/

/** Views are left out. Rejects with what the engine says of a damaged file. */
export async function readTypedTables(read: ReadRows): Promise<TypedTable[]> {
  const tables: TypedTable[] = []
  for (const { name, columns, primaryKey, isView } of await readDeclaredTables(read)) {
    if (isView) continue
    const rows = await read(
      `SELECT ${columns.map((c) => quoteName(c.name))} FROM ${quoteName(name)}`,
    )
    const reals = await countReals(read, name, columns)
    const typed = columns.map((column, at) =>
      typeColumn(
        column,
        rows.map((row) => row[at] ?? null),
        reals[at] ?? 0,
      ),
    )
    tables.push({
      name,
      columns: typed.map(({ column }) => column),
      key: primaryKey,
      rows: rows.map((_, at) => typed.map(({ cells }) => cells[at] ?? null)),
      lostCells: new Map(
        typed.flatMap(({ column, lost }) => (lost > 0 ? [[column.name, lost] as const] : [])),
      ),
    })
  }
  return tables
}

/** 2.0 and 2 arrive as one number here, but divide differently. */
async function countReals(
  read: ReadRows,
  table: string,
  columns: readonly { readonly name: string }[],
): Promise<readonly number[]> {
  const counts = columns.map(({ name }) => `sum(typeof(${quoteName(name)}) = 'real')`)
  const [row = []] = await read(`SELECT ${counts} FROM ${quoteName(table)}`)
  return row.map(Number)
}

interface DeclaredColumn {
  readonly name: string
  readonly type: string
}

function typeColumn({ name, type }: DeclaredColumn, stored: readonly Value[], reals: number) {
  const kind = kindOf(type, classesOf(stored, reals))
  const cells = stored.map((cell) => asKind(cell, kind))
  const filled = cells.filter((cell) => cell !== null)
  const column: TypedColumn = {
    name,
    kind,
    affinity: affinityOf(type),
    nulls: filled.length < cells.length,
    unique: filled.length === cells.length && new Set(filled).size === cells.length,
    numeric: kind === 'text' && filled.every((cell) => NUMBER.test(String(cell))),
  }
  const lost = stored.filter((cell) => cell !== null).length - filled.length
  return { column, cells, lost }
}

function classesOf(cells: readonly Value[], reals: number): StoredClasses {
  const count = (test: (cell: Value) => boolean) => cells.filter(test).length
  const texts = (pattern: RegExp) => count((cell) => typeof cell === 'string' && pattern.test(cell))
  return {
    integers: count((cell) => typeof cell === 'number') - reals,
    reals,
    texts: count((cell) => typeof cell === 'string'),
    blobs: 0,
    empty: texts(/^$/),
    dates: texts(DATE),
    timestamps: texts(TIMESTAMP),
    manyValued: count((cell) => typeof cell === 'number' && cell !== 0 && cell !== 1),
  }
}

/** Of a column without values the declaration decides; a date among timestamps is midnight, and would read back longer. */
function kindOf(type: string, stored: StoredClasses): TypedKind {
  const kind = storedKind(type, stored)
  if (kind === 'number') {
    const isWhole = stored.integers + stored.reals > 0 ? stored.reals === 0 : /INT|YEAR/i.test(type)
    return isWhole ? 'integer' : 'real'
  }
  if (kind === 'timestamp') return stored.dates > 0 ? 'text' : 'timestamp'
  return kind === 'other' ? 'text' : kind
}

function asKind(cell: Value, kind: TypedKind): Value {
  if (cell === null) return null
  if (kind === 'text') return String(cell).replaceAll('\u0000', '')
  if (kind === 'date') return DATE.test(String(cell)) ? cell : null
  if (kind === 'timestamp') return TIMESTAMP.test(String(cell)) ? cell : null
  if (typeof cell !== 'number') return null
  return kind === 'boolean' ? cell === 1 : cell
}

/** SQLite's rules of affinity. */
function affinityOf(type: string): Affinity {
  if (/INT/i.test(type)) return 'number'
  if (/CHAR|CLOB|TEXT/i.test(type)) return 'text'
  return type === '' || /BLOB/i.test(type) ? 'none' : 'number'
}
