/** Reads the tables, columns and declared keys of a SQLite file. */
import type { Column, Table, Value } from '../catalog.js'
import { groupRows } from '../introspection/group-rows.js'
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
  const stored = await readStoredColumns(read)
  const tables: DeclaredTable[] = []
  for (const [nameCell, isView, withoutRowId] of found) {
    const name = String(nameCell)
    const own = uniques.get(name) ?? new Set()
    const columns =
      isView === 1 ? await readColumns(read, name).catch(() => undefined) : stored.get(name)
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

const columnFacts = `x.name, upper(x.type), x."notnull", x.pk`

/** Of a view; a statement for each, because one that cannot be read would fail them all. */
async function readColumns(read: ReadRows, view: string): Promise<FoundColumn[]> {
  const found = await read(
    `SELECT ${columnFacts} FROM pragma_table_xinfo(${quoteText(view)}) x WHERE x.hidden <> 1 ORDER BY x.cid`,
  )
  return found.map(toColumn)
}

/** Of all tables at once: a statement for each of thousands would take half a minute. */
async function readStoredColumns(read: ReadRows): Promise<ReadonlyMap<string, FoundColumn[]>> {
  const found = await read(
    `SELECT m.name, ${columnFacts} FROM sqlite_schema m
     JOIN pragma_table_xinfo(m.name) x
     WHERE m.type = 'table' AND m.rootpage > 0 AND ${OWN} AND x.hidden <> 1 ORDER BY m.rowid, x.cid`,
  )
  return groupRows(found, ([, ...cells]) => toColumn(cells))
}

function toColumn([name, type, notNull, position]: readonly (Value | undefined)[]): FoundColumn {
  return {
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
  }
}

/** By table, the columns that a unique index covers alone and wholly. */
async function readUniques(read: ReadRows): Promise<ReadonlyMap<string, Set<string>>> {
  const found = await read(
    `SELECT m.name, min(c.name) FROM sqlite_schema m, pragma_index_list(m.name) i, pragma_index_info(i.name) c
     WHERE m.type = 'table' AND ${OWN} AND i."unique" = 1 AND i.partial = 0
     GROUP BY m.name, i.name HAVING count(*) = 1 AND min(c.name) IS NOT NULL`,
  )
  const byTable = groupRows(found, ([, column]) => String(column))
  return new Map([...byTable].map(([table, columns]) => [table, new Set(columns)]))
}
