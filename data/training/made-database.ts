/** A small database made for training, in memory: for sets that come with questions and names, but no rows. */
import Database from 'libsql'
import type { Catalog, Value } from '../catalog.js'
import { quoteName } from '../quote.js'
import { describeTables } from '../sqlite/introspect.js'
import type { SetQuestion } from './set-question.js'
import type { RunRows } from './verify-question.js'

export interface MadeColumn {
  readonly name: string
  readonly type: 'TEXT' | 'INTEGER' | 'REAL'
}

export interface MadeTable {
  readonly name: string
  readonly columns: readonly MadeColumn[]
  readonly primaryKey?: string
  readonly foreignKeys?: readonly {
    readonly column: string
    readonly table: string
    readonly to: string
  }[]
  /** In the order of the columns. */
  readonly rows: readonly (readonly (string | number | null)[])[]
}

/** A database to be made, and what is asked of it. */
export interface MadeSource {
  readonly name: string
  readonly tables: readonly MadeTable[]
  readonly questions: readonly SetQuestion[]
}

export interface MadeDatabase {
  readonly catalog: Catalog
  readonly run: RunRows
  close(): void
}

/** Described and queried as files are, without a process for each. Rejects when two tables or columns share a name. */
export async function makeDatabase(tables: readonly MadeTable[]): Promise<MadeDatabase> {
  const database = new Database(':memory:')
  const read = (sql: string) => database.prepare(sql).raw().all() as (readonly Value[])[]
  try {
    database.exec('PRAGMA foreign_keys = 0')
    for (const table of tables) {
      database.exec(createTable(table))
      const insert = database.prepare(
        `INSERT INTO ${quoteName(table.name)} VALUES (${table.columns.map(() => '?').join(', ')})`,
      )
      for (const row of table.rows) insert.run(...row)
    }
    const described = await describeTables((sql) => Promise.resolve(read(sql)))
    return {
      catalog: { ...described, version: 'made' },
      run: (sql) => Promise.resolve(runWith(read, sql)),
      close: () => database.close(),
    }
  } catch (error) {
    database.close()
    throw error
  }
}

function runWith(read: (sql: string) => (readonly Value[])[], sql: string) {
  try {
    return { ok: true, rows: read(sql), truncated: false } as const
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) } as const
  }
}

function createTable({ name, columns, primaryKey, foreignKeys = [] }: MadeTable): string {
  const lines = [
    ...columns.map((column) => `${quoteName(column.name)} ${column.type}`),
    ...(primaryKey ? [`PRIMARY KEY (${quoteName(primaryKey)})`] : []),
    ...foreignKeys.map(
      ({ column, table, to }) =>
        `FOREIGN KEY (${quoteName(column)}) REFERENCES ${quoteName(table)} (${quoteName(to)})`,
    ),
  ]
  return `CREATE TABLE ${quoteName(name)} (${lines.join(', ')})`
}
