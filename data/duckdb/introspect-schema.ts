/** Reads the tables, columns and declared keys of a DuckDB database. */
import type { Column, Relationship, Table, Value } from '../catalog.js'
import { groupRows } from '../introspection/group-rows.js'
import { columnKind } from './column-kind.js'
import type { ReadRows } from './read-rows.js'

export interface DeclaredSchema {
  /** Columns carry no profile yet; `unique` and `primaryKey` are as declared. */
  readonly tables: readonly DeclaredTable[]
  readonly relationships: readonly Relationship[]
}

export interface DeclaredTable extends Table {
  /** Views have no keys of their own. */
  readonly isView: boolean
  /** The engine keeps its rows and counts of them. What a row policy leaves of a table it does not. */
  readonly isStored: boolean
}

const OWN = `database_name = current_database() AND schema_name = 'main' AND NOT internal`
/** Where a row policy holds, tables are views of those in another database, which has the keys. */
const FILE = `'parley: file'`

export async function readDeclaredSchema(read: ReadRows): Promise<DeclaredSchema> {
  const constraints = await readConstraints(read)
  const columns = await readColumns(read)
  const relations = await read(
    `SELECT table_name, comment, false, true FROM duckdb_tables() WHERE ${OWN} AND NOT temporary
     UNION ALL SELECT view_name, comment, view_name NOT IN
       (SELECT table_name FROM duckdb_tables() WHERE database_name = ${FILE} AND schema_name = 'main'), false
     FROM duckdb_views() WHERE ${OWN} AND NOT temporary
     ORDER BY 3, 1`,
  )
  const tables = relations.map(([table, comment, isView, isStored]): DeclaredTable => {
    const name = String(table)
    const own = constraints.filter((constraint) => constraint.table === name)
    const keys = own.filter(({ type }) => type === 'PRIMARY KEY' || type === 'UNIQUE')
    const isKey = (column: Column) =>
      keys.some((key) => key.columns.length === 1 && key.columns[0] === column.name)
    return {
      name,
      columns: (columns.get(name) ?? []).map((column) => ({ ...column, unique: isKey(column) })),
      primaryKey: own.find(({ type }) => type === 'PRIMARY KEY')?.columns ?? [],
      rowCount: 0,
      isView: isView === true,
      isStored: isStored === true,
      ...(comment === null ? {} : { comment: String(comment) }),
    }
  })
  const isKnown = (name: string) => tables.some((table) => table.name === name)
  const references = constraints.flatMap(toRelationship)
  return {
    tables,
    relationships: references.filter(({ from, to }) => isKnown(from.table) && isKnown(to.table)),
  }
}

async function readColumns(read: ReadRows): Promise<Map<string, Column[]>> {
  const found = await read(
    `SELECT table_name, column_name, data_type, is_nullable, comment FROM duckdb_columns()
     WHERE ${OWN} ORDER BY table_name, column_index`,
  )
  return groupRows(found, ([, name, type, nullable, comment]) => ({
    name: String(name),
    type: String(type),
    kind: columnKind(String(type)),
    nullable: nullable === true,
    unique: false,
    samples: [],
    ...(comment === null ? {} : { comment: String(comment) }),
  }))
}

interface Constraint {
  readonly table: string
  readonly type: string
  readonly columns: readonly string[]
  readonly referencedTable: string
  readonly referencedColumns: readonly string[]
}

/** Column lists travel as JSON text: names may hold commas and quotes. */
async function readConstraints(read: ReadRows): Promise<Constraint[]> {
  const found = await read(
    `SELECT table_name, constraint_type, to_json(constraint_column_names)::VARCHAR,
       referenced_table, to_json(referenced_column_names)::VARCHAR
     FROM duckdb_constraints()
     WHERE database_name IN (current_database(), ${FILE}) AND schema_name = 'main'
       AND constraint_type IN ('PRIMARY KEY', 'FOREIGN KEY', 'UNIQUE')
     ORDER BY table_name, constraint_index`,
  )
  return found.map(([table, type, columns, referencedTable, referencedColumns]) => ({
    table: String(table),
    type: String(type),
    columns: readNames(columns),
    referencedTable: String(referencedTable),
    referencedColumns: readNames(referencedColumns),
  }))
}

function readNames(json: Value | undefined): string[] {
  const parsed: unknown = JSON.parse(String(json ?? '[]'))
  return Array.isArray(parsed) ? parsed.map(String) : []
}

function toRelationship(constraint: Constraint): Relationship[] {
  if (constraint.type !== 'FOREIGN KEY') return []
  const [first, ...further] = constraint.columns.flatMap((from, index) => {
    const to = constraint.referencedColumns[index]
    return to === undefined ? [] : [{ from, to }]
  })
  if (first === undefined) return []
  return [
    {
      from: { table: constraint.table, column: first.from },
      to: { table: constraint.referencedTable, column: first.to },
      ...(further.length > 0 && { further }),
      origin: 'declared',
    },
  ]
}
