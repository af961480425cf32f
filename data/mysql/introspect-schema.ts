/** Reads the tables, columns and declared keys of a MySQL database. */

import type { Column, Relationship, Table } from '../catalog.js'
import { groupRows } from '../introspection/group-rows.js'
import type { ReadRows } from '../servers/server-engine.js'
import { shownType } from './column-kind.js'

export interface DeclaredSchema {
  /** Columns carry no profile yet; `unique` and `primaryKey` are as declared. */
  readonly tables: readonly DeclaredTable[]
  readonly relationships: readonly Relationship[]
}

export interface DeclaredTable extends Table {
  readonly isView: boolean
  readonly storage: Storage
}

export interface Storage {
  readonly bytes: number
  /** As the server guesses it; undefined where it does not. */
  readonly estimatedRows?: number
  /** Columns that an index begins with, and how many values the server guesses in it. */
  readonly indexed: ReadonlyMap<string, number | undefined>
}

const readable = `TABLE_SCHEMA = DATABASE()`

export async function readDeclaredSchema(read: ReadRows): Promise<DeclaredSchema> {
  const indexes = await readIndexes(read)
  const columns = await readColumns(read)
  const found = await read(
    `SELECT TABLE_NAME, TABLE_TYPE, TABLE_COMMENT, DATA_LENGTH, TABLE_ROWS
     FROM information_schema.TABLES
     WHERE ${readable} AND TABLE_TYPE IN ('BASE TABLE', 'SYSTEM VERSIONED', 'VIEW')
     ORDER BY TABLE_TYPE = 'VIEW', TABLE_NAME`,
  )
  const tables = found.flatMap(([nameCell, type, comment, bytes, rows]): DeclaredTable[] => {
    const name = String(nameCell)
    const own = columns.get(name)
    if (own === undefined) return []
    const isView = type === 'VIEW'
    const keys = (indexes.get(name) ?? []).filter(({ isUnique }) => isUnique)
    const isKey = (column: Column) =>
      keys.some(({ names }) => names.length === 1 && names[0] === column.name)
    const table = {
      name,
      columns: own.map((column) => ({ ...column, unique: isKey(column) })),
      primaryKey: keys.find(({ isPrimary }) => isPrimary)?.names ?? [],
      rowCount: 0,
      isView,
      storage: {
        bytes: Number(bytes ?? 0),
        ...(rows !== null && rows !== undefined && { estimatedRows: Number(rows) }),
        indexed: new Map(
          (indexes.get(name) ?? []).map(({ names, firstValues }) => [names[0] ?? '', firstValues]),
        ),
      },
    }
    // What a view's comment says is that it is a view, or why it cannot be read.
    return [comment && !isView ? { ...table, comment } : table]
  })
  return { tables, relationships: await readRelationships(read) }
}

async function readColumns(read: ReadRows): Promise<ReadonlyMap<string, Column[]>> {
  const found = await read(
    `SELECT TABLE_NAME, COLUMN_NAME, COLUMN_TYPE, IS_NULLABLE, COLUMN_COMMENT
     FROM information_schema.COLUMNS WHERE ${readable} AND PRIVILEGES LIKE '%select%'
     ORDER BY TABLE_NAME, ORDINAL_POSITION`,
  )
  return groupRows(found, ([, name, type, nullable, comment]) => ({
    name: String(name),
    ...shownType(String(type)),
    nullable: nullable === 'YES',
    unique: false,
    samples: [],
    ...(comment && { comment }),
  }))
}

interface Index {
  readonly isPrimary: boolean
  /** Over whole columns. */
  readonly isUnique: boolean
  readonly names: readonly string[]
  readonly firstValues?: number
}

/** In the order of the server, the primary key first; of MySQL's indexes over expressions nothing is told. */
async function readIndexes(read: ReadRows): Promise<ReadonlyMap<string, Index[]>> {
  const found = await read(
    `SELECT TABLE_NAME, INDEX_NAME, NON_UNIQUE, COLUMN_NAME, SUB_PART, CARDINALITY
     FROM information_schema.STATISTICS WHERE ${readable} AND INDEX_TYPE = 'BTREE'
     ORDER BY TABLE_NAME, INDEX_NAME <> 'PRIMARY', INDEX_NAME, SEQ_IN_INDEX`,
  )
  const parts = groupRows(found, ([, index, nonUnique, column, part, values]) => ({
    index: String(index),
    isUnique: nonUnique === '0',
    column,
    isWhole: part === null,
    values: values === null ? undefined : Number(values),
  }))
  const indexes = new Map<string, Index[]>()
  for (const [table, all] of parts) {
    const names = [...new Set(all.map(({ index }) => index))]
    const read = names.map((name): Index => {
      const own = all.filter(({ index }) => index === name)
      return {
        isPrimary: name === 'PRIMARY',
        isUnique: own.every(({ isUnique, isWhole, column }) => isUnique && isWhole && column),
        names: own.map(({ column }) => column ?? ''),
        firstValues: own[0]?.values,
      }
    })
    indexes.set(table, read)
  }
  return indexes
}

async function readRelationships(read: ReadRows): Promise<Relationship[]> {
  const found = await read(
    `SELECT TABLE_NAME, CONSTRAINT_NAME, COLUMN_NAME, REFERENCED_TABLE_NAME, REFERENCED_COLUMN_NAME
     FROM information_schema.KEY_COLUMN_USAGE
     WHERE ${readable} AND REFERENCED_TABLE_SCHEMA = DATABASE()
     ORDER BY TABLE_NAME, CONSTRAINT_NAME, ORDINAL_POSITION`,
  )
  const named = found.map(([table = null, name, ...rest]) => [`${table}\n${name}`, table, ...rest])
  const keys = groupRows(named, ([, ...key]) => key)
  return [...keys.values()].flatMap((rows) => {
    const [first] = rows
    if (first === undefined) return []
    const further = rows.slice(1).map((row) => ({ from: String(row[1]), to: String(row[3]) }))
    return [
      {
        from: { table: String(first[0]), column: String(first[1]) },
        to: { table: String(first[2]), column: String(first[3]) },
        ...(further.length > 0 && { further }),
        origin: 'declared' as const,
      },
    ]
  })
}
