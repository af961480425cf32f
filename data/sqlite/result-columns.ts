/** Describes the columns of a result by what their cells hold; SQLite itself names a type only for columns of tables. */
import type { ColumnKind, Value } from '../catalog.js'
import type { ResultColumn } from '../database.js'
import { declaredKind } from './column-kind.js'
import type { DescribedColumn } from './sqlite-program.js'

const date = /^\d{4}-[01]\d-[0-3]\d$/
const timestamp = /^\d{4}-[01]\d-[0-3]\d[T ][0-2]\d:[0-5]\d/
const classTypes: Readonly<Record<string, string>> = {
  integer: 'INTEGER',
  real: 'REAL',
  text: 'TEXT',
  blob: 'BLOB',
}

/** `classes` are the storage classes seen by column, `null` left out. */
export function resultColumns(
  columns: readonly DescribedColumn[],
  classes: readonly (readonly string[])[],
  rows: readonly (readonly Value[])[],
): ResultColumn[] {
  return columns.map(({ name, type }, index) => {
    const seen = classes[index] ?? []
    const cells = rows.map((row) => row[index] ?? null).filter((cell) => cell !== null)
    return { name, type: type || seenType(seen), kind: resultKind(type, seen, cells) }
  })
}

function seenType(seen: readonly string[]): string {
  if (seen.includes('real') && seen.every((one) => one === 'real' || one === 'integer'))
    return 'REAL'
  return (seen.length === 1 && classTypes[seen[0]!]) || (seen.length === 0 ? 'NULL' : 'TEXT')
}

function resultKind(type: string, seen: readonly string[], cells: readonly Value[]): ColumnKind {
  if (seen.length === 0) return type === '' ? 'other' : declaredKind(type)
  if (seen.every((one) => one === 'integer' || one === 'real')) {
    const isBoolean =
      declaredKind(type) === 'boolean' && cells.every((cell) => cell === 0 || cell === 1)
    return isBoolean ? 'boolean' : 'number'
  }
  if (seen.includes('blob')) return 'other'
  const texts = cells.map(String).filter((text) => text !== '')
  if (texts.length === 0) return 'text'
  if (texts.every((text) => date.test(text))) return 'date'
  return texts.every((text) => date.test(text) || timestamp.test(text)) ? 'timestamp' : 'text'
}
