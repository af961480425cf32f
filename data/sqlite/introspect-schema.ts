/** Reads the tables, columns and declared keys of a SQLite file. */
import type { Column, Table } from '../catalog.js'
import { quoteText } from '../quote.js'
import { declaredKind } from './column-kind.js'
import type { ReadRows } from './read-rows.js'

export interface DeclaredTable extends Table {
  /** Views have no keys of their own. */
  readonly isView: boolean
  /** A name under which rows can be found by their number; undefined where there is none. */
  readonly rowId?: string
}

const ROW_ID_NAMES = ['rowid', '_rowid_', 'oid']
const OWN = `m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`

/**
 * Tables in the order they were made, then views. Columns carry no profile yet; `unique` and `primaryKey` are as
 * declared. Virtual tables and the tables behind them are left out, and so are views that cannot be read.
 */
export async function readDeclaredTables(read: ReadRows): Promise<DeclaredTable[]> {
  const found = await read(
    `SELECT m.name, m.type = 'view', l.wr FROM sqlite_schema m
     JOIN pragma_table_list l ON l.schema = 'main' AND l.name = m.name
     WHERE l.type IN ('table', 'view') AND ${OWN} ORDER BY 2, m.rowid`,
  )
  const uniques = await readUniques(read)
  const tables: DeclaredTable[] = []
  for (const [nameCell, isView, withoutRowId] of found) {
    const name = String(nameCell)
    const own = uniques.get(name) ?? new Set()
    const columns = await readColumns(read, name).catch(() => undefined)
    if (columns === undefined || columns.length === 0) continue
    const primaryKey = columns
      .filter(({ keyPosition }) => keyPosition > 0)
      .sort((a, b) => a.keyPosition - b.keyPosition)
      .map(({ column }) => column.name)
    const taken = columns.map(({ column }) => column.name.toLowerCase())
    const rowId = ROW_ID_NAMES.find((word) => !taken.includes(word))
    tables.push({
      name,
      columns: columns.map(({ column }) => ({
        ...column,
        unique: own.has(column.name) || (primaryKey.length === 1 && primaryKey[0] === column.name),
      })),
      primaryKey,
      rowCount: 0,
      isView: isView === 1,
      ...(isView === 0 && withoutRowId === 0 && { rowId }),
    })
  }
  return tables
}

interface FoundColumn {
  readonly column: Column
  /** Place in the primary key, from 1; 0 outside of it. */
  readonly keyPosition: number
}

async function readColumns(read: ReadRows, table: string): Promise<FoundColumn[]> {
  const found = await read(
    `SELECT name, upper(type), "notnull", pk FROM pragma_table_xinfo(${quoteText(table)})
     WHERE hidden <> 1 ORDER BY cid`,
  )
  return found.map(([name, type, notNull, position]) => ({
    column: {
      name: String(name),
      type: String(type),
      kind: declaredKind(String(type)),
      // Only keys that are the row's number are never null by themselves; the values settle the others.
      nullable: notNull !== 1,
      unique: false,
      samples: [],
    },
    keyPosition: Number(position),
  }))
}

/** By table, the columns that a unique index covers alone and wholly. */
async function readUniques(read: ReadRows): Promise<ReadonlyMap<string, Set<string>>> {
  const found = await read(
    `SELECT m.name, min(c.name) FROM sqlite_schema m, pragma_index_list(m.name) i, pragma_index_info(i.name) c
     WHERE m.type = 'table' AND ${OWN} AND i."unique" = 1 AND i.partial = 0
     GROUP BY m.name, i.name HAVING count(*) = 1 AND min(c.name) IS NOT NULL`,
  )
  const byTable = new Map<string, Set<string>>()
  for (const [table, column] of found) {
    const columns = byTable.get(String(table)) ?? new Set()
    byTable.set(String(table), columns.add(String(column)))
  }
  return byTable
}
