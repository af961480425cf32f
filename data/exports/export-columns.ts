/** The columns of a file: names that differ, and types that every cell fits or that are tried first. */
import type { Dialect } from '../catalog.js'
import type { ResultColumn } from '../database.js'

export interface ExportColumn {
  readonly name: string
  /**
   * DuckDB's. `DECIMAL` alone has the digits that its cells have, `NUMBER` is whole where all of them are, `WHOLE` as
   * short as they allow. A column with a cell that does not fit becomes VARCHAR.
   */
  readonly type: string
  readonly kind: ResultColumn['kind']
}

export function exportColumns(
  columns: readonly ResultColumn[],
  dialect: Dialect,
): readonly ExportColumn[] {
  const names = differentNames(columns.map(({ name }) => name))
  return columns.map((column, at) => ({
    name: names[at] ?? '',
    type: dialect === 'duckdb' ? duckDbType(column) : typeOf(column, dialect),
    kind: column.kind,
  }))
}

/** `a`, `a_2`: readers take names for the same whatever their case. */
function differentNames(names: readonly string[]): readonly string[] {
  const taken = new Set<string>()
  return names.map((given, at) => {
    const name = given === '' ? `column ${at + 1}` : given
    let free = name
    for (let count = 2; taken.has(free.toLowerCase()); count += 1) free = `${name}_${count}`
    taken.add(free.toLowerCase())
    return free
  })
}

/** Sums of whole numbers, among others, have a type that Parquet's readers only know as a rounded number. */
const hugeNumber = /^(U?HUGEINT|BIGNUM)$/

/** As the engine has it; what is nested is written as text. */
function duckDbType({ type, kind }: ResultColumn): string {
  if (hugeNumber.test(type)) return 'WHOLE'
  return kind === 'other' || kind === 'text' ? 'VARCHAR' : type
}

const decimal = /^(?:numeric|decimal)\((\d+), ?(\d+)\)$/i
const mostDigits = 38

function typeOf({ type, kind }: ResultColumn, dialect: Dialect): string {
  if (kind === 'boolean') return 'BOOLEAN'
  if (kind === 'date') return 'DATE'
  if (kind === 'timestamp') return /tz|with time zone/i.test(type) ? 'TIMESTAMPTZ' : 'TIMESTAMP'
  if (kind !== 'number') return 'VARCHAR'
  // It keeps numbers as they come, whatever was declared.
  if (dialect === 'sqlite') return 'NUMBER'
  const [, digits, scale] = decimal.exec(type) ?? []
  if (digits !== undefined && Number(digits) <= mostDigits) return `DECIMAL(${digits},${scale})`
  if (/numeric|decimal/i.test(type)) return 'DECIMAL'
  return /int|serial|oid/i.test(type) ? 'BIGINT' : 'DOUBLE'
}
