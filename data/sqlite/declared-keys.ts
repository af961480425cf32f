/** Reads declared foreign keys; SQLite keeps them as they were typed, true or not. */
import type { Relationship, Table, Value } from '../catalog.js'
import { findTable } from '../catalog.js'
import { groupRows } from '../introspection/group-rows.js'
import type { ReadRows } from './read-rows.js'

interface Pair {
  readonly child: string
  readonly from: string
  readonly parent: string
  /** Empty when the declaration names no column: the parent's primary key is meant. */
  readonly to: string
  readonly position: number
}

/** In the order of declaration; keys to tables or columns that do not exist are left out, names get their real case. */
export async function readDeclaredKeys(
  read: ReadRows,
  tables: readonly Table[],
): Promise<Relationship[]> {
  const found = await read(
    `SELECT m.name, k.id, k.seq, k."table", k."from", k."to"
     FROM sqlite_schema m, pragma_foreign_key_list(m.name) k
     WHERE m.type = 'table' ORDER BY m.rowid, k.id DESC, k.seq`,
  )
  const named = found.map((row) => [JSON.stringify(row.slice(0, 2)), ...row])
  const keys = groupRows(named, ([, ...key]) => toPair(key))
  const known = new Set<string>()
  return [...keys.values()].flatMap((pairs) => {
    const relationship = resolve(pairs, tables)
    const text = JSON.stringify(relationship)
    if (relationship === undefined || known.has(text)) return []
    known.add(text)
    return [relationship]
  })
}

function toPair([child, , position, parent, from, to]: readonly Value[]): Pair {
  const [childName, parentName] = [String(child), String(parent)]
  return {
    child: childName,
    from: String(from),
    parent: parentName,
    to: String(to ?? ''),
    position: Number(position),
  }
}

function resolve(pairs: readonly Pair[], tables: readonly Table[]): Relationship | undefined {
  const [{ child, parent }] = pairs as [Pair]
  const [childTable, parentTable] = [child, parent].map((name) => findTable({ tables }, name))
  if (childTable === undefined || parentTable === undefined) return undefined
  const resolved = pairs.flatMap(({ from, to, position }) => {
    const target = to === '' ? parentTable.primaryKey[position] : columnOf(parentTable, to)
    const source = columnOf(childTable, from)
    return source === undefined || target === undefined ? [] : [{ from: source, to: target }]
  })
  const [first, ...further] = resolved
  if (first === undefined || resolved.length < pairs.length) return undefined
  return {
    from: { table: childTable.name, column: first.from },
    to: { table: parentTable.name, column: first.to },
    ...(further.length > 0 && { further }),
    origin: 'declared',
  }
}

function columnOf(table: Table, name: string): string | undefined {
  return table.columns.find((column) => column.name.toLowerCase() === name.toLowerCase())?.name
}
