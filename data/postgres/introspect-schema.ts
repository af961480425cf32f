/** Reads the tables, columns and declared keys of a PostgreSQL database. */

import type { Column, Relationship, Table } from '../catalog.js'
import { groupRows } from '../introspection/group-rows.js'
import type { ReadRows } from '../servers/server-engine.js'
import { columnKind, shownType } from './column-kind.js'
import { readableColumns, readableTables } from './own-tables.js'

export interface DeclaredSchema {
  /** Columns carry no profile yet; `unique` and `primaryKey` are as declared. */
  readonly tables: readonly DeclaredTable[]
  readonly relationships: readonly Relationship[]
}

export interface DeclaredTable extends Table {
  /** Views and foreign tables have no keys and no pages of their own. */
  readonly isView: boolean
  readonly storage: Storage
}

export interface Storage {
  readonly bytes: number
  /** Rows as the server last counted them; undefined when it never did. */
  readonly countedRows?: number
  /** Bytes that there were when it counted. */
  readonly countedBytes: number
  /** Whether the server goes to a page by its number; before version 14 it would read all that stand before it. */
  readonly findsPages: boolean
  /** Columns that an index begins with. */
  readonly indexed: ReadonlySet<string>
}

export const pageBytes = 8_192

/** The tables that a bare name reaches; tables first, then views. */
const bareTables = `${readableTables} AND pg_table_is_visible(c.oid)`

/** Of a partitioned table, what its partitions have. */
const parts = `LATERAL (SELECT sum(pg_relation_size(l.oid)) AS bytes, sum(l.relpages) AS pages,
    CASE WHEN min(l.reltuples) >= 0 THEN sum(l.reltuples) END AS rows
  FROM (SELECT c.oid AS part UNION SELECT relid::oid FROM pg_partition_tree(c.oid)) all_parts
  JOIN pg_class l ON l.oid = part AND l.relkind IN ('r', 'm')) parts`

export async function readDeclaredSchema(read: ReadRows): Promise<DeclaredSchema> {
  const keys = await readKeys(read)
  const columns = await readColumns(read)
  const indexed = await readIndexed(read)
  const found = await read(
    `SELECT c.relname, c.relkind IN ('v', 'f'), obj_description(c.oid, 'pg_class'),
       parts.bytes, parts.pages, parts.rows, current_setting('server_version_num')::integer >= 140000
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, ${parts}
     WHERE ${bareTables} ORDER BY 2, 1`,
  )
  const tables = found.map((cells): DeclaredTable => {
    const [nameCell, isView, comment, bytes, pages, rows, findsPages] = cells
    const name = String(nameCell)
    const own = keys.get(name) ?? []
    const isKey = (column: Column) =>
      own.some(({ names }) => names.length === 1 && names[0] === column.name)
    return {
      name,
      columns: (columns.get(name) ?? []).map((column) => ({ ...column, unique: isKey(column) })),
      primaryKey: own.find(({ isPrimary }) => isPrimary)?.names ?? [],
      rowCount: 0,
      isView: isView === 'true',
      storage: {
        bytes: Number(bytes ?? 0),
        countedBytes: Number(pages ?? 0) * pageBytes,
        ...(rows !== null && rows !== undefined && { countedRows: Number(rows) }),
        findsPages: findsPages === 'true',
        indexed: indexed.get(name) ?? new Set(),
      },
      ...(typeof comment === 'string' && { comment }),
    }
  })
  return { tables, relationships: await readRelationships(read) }
}

async function readColumns(read: ReadRows): Promise<ReadonlyMap<string, Column[]>> {
  const found = await read(
    `SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
       format_type(coalesce(nullif(t.typbasetype, 0), t.oid), NULL), t.typtype = 'e', a.attnotnull,
       col_description(c.oid, a.attnum)
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     JOIN pg_attribute a ON a.attrelid = c.oid JOIN pg_type t ON t.oid = a.atttypid
     WHERE ${bareTables} AND ${readableColumns} ORDER BY c.relname, a.attnum`,
  )
  return groupRows(found, ([, name, type, base, isEnum, notNull, comment]) => ({
    name: String(name),
    type: shownType(String(type), isEnum === 'true'),
    kind: columnKind(String(base), isEnum === 'true'),
    nullable: notNull !== 'true',
    unique: false,
    samples: [],
    ...(typeof comment === 'string' && { comment }),
  }))
}

interface Key {
  readonly isPrimary: boolean
  readonly names: readonly string[]
}

/** Unique indexes over whole columns and all rows; a primary key is one of them. */
async function readKeys(read: ReadRows): Promise<ReadonlyMap<string, Key[]>> {
  const found = await read(
    `SELECT c.relname, i.indisprimary, json_agg(a.attname ORDER BY k.place)
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     JOIN pg_index i ON i.indrelid = c.oid,
     unnest(i.indkey[0:i.indnkeyatts - 1]) WITH ORDINALITY k(number, place)
     JOIN pg_attribute a ON a.attnum = k.number
     WHERE a.attrelid = c.oid AND ${bareTables} AND i.indisunique AND i.indisvalid
       AND i.indpred IS NULL AND i.indexprs IS NULL
     GROUP BY c.relname, i.indexrelid, i.indisprimary ORDER BY 1, 2 DESC, i.indexrelid`,
  )
  return groupRows(found, ([, isPrimary, names]) => ({
    isPrimary: isPrimary === 'true',
    names: JSON.parse(String(names)) as string[],
  }))
}

async function readIndexed(read: ReadRows): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const found = await read(
    `SELECT DISTINCT c.relname, a.attname
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     JOIN pg_index i ON i.indrelid = c.oid JOIN pg_class x ON x.oid = i.indexrelid
     JOIN pg_am m ON m.oid = x.relam JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]
     WHERE ${bareTables} AND m.amname = 'btree' AND i.indisvalid AND i.indpred IS NULL`,
  )
  const byTable = groupRows(found, ([, column]) => String(column))
  return new Map([...byTable].map(([table, names]) => [table, new Set(names)]))
}

async function readRelationships(read: ReadRows): Promise<Relationship[]> {
  const found = await read(
    `SELECT c.relname, p.relname,
       (SELECT json_agg(a.attname ORDER BY k.place) FROM unnest(f.conkey) WITH ORDINALITY k(number, place)
        JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = k.number),
       (SELECT json_agg(a.attname ORDER BY k.place) FROM unnest(f.confkey) WITH ORDINALITY k(number, place)
        JOIN pg_attribute a ON a.attrelid = f.confrelid AND a.attnum = k.number)
     FROM pg_constraint f JOIN pg_class c ON c.oid = f.conrelid
     JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_class p ON p.oid = f.confrelid
     WHERE f.contype = 'f' AND f.conparentid = 0 AND ${bareTables} AND pg_table_is_visible(p.oid)
     ORDER BY c.relname, f.oid`,
  )
  return found.flatMap(([table, parent, from, to]) => {
    const [names, targets] = [from, to].map((list) => JSON.parse(String(list)) as string[])
    const pairs = (names ?? []).map((name, at) => ({ from: name, to: targets?.[at] ?? '' }))
    const [first, ...further] = pairs
    if (first === undefined) return []
    return [
      {
        from: { table: String(table), column: first.from },
        to: { table: String(parent), column: first.to },
        ...(further.length > 0 && { further }),
        origin: 'declared' as const,
      },
    ]
  })
}
