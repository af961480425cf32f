/** Puts a made warehouse into a DuckDB database in memory, described by the code that describes real ones. */
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { sqlName, sqlText } from '../../../models/grammar/sql-name.js'
import type { Catalog } from '../../catalog.js'
import { introspectDuckDb } from '../../duckdb/introspect.js'
import { readerOf } from '../../duckdb/read-rows.js'
import type { Cell, Warehouse, WarehouseTable } from './warehouse.js'

export interface OpenWarehouse {
  readonly catalog: Catalog
  /** Rows of the result as text, or what the engine says is wrong. */
  run(
    sql: string,
  ): Promise<{ ok: true; rows: readonly (readonly unknown[])[] } | { ok: false; message: string }>
  close(): void
}

export async function openWarehouse(warehouse: Warehouse): Promise<OpenWarehouse> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' })
  try {
    const connection = await instance.connect()
    await fillWarehouse(connection, warehouse)
    const catalog = await introspectDuckDb(readerOf(connection))
    return { catalog, run: (sql) => run(connection, sql), close: () => instance.closeSync() }
  } catch (error) {
    instance.closeSync()
    throw error
  }
}

/** Into a database that is empty and writable. */
export async function fillWarehouse(connection: DuckDBConnection, warehouse: Warehouse) {
  for (const table of warehouse.tables) await fill(connection, table, warehouse.declaresKeys)
}

async function fill(connection: DuckDBConnection, table: WarehouseTable, declaresKeys: boolean) {
  const keyed = declaresKeys ? ' PRIMARY KEY' : ''
  const columns = [
    `${sqlName(table.key)} INTEGER${keyed}`,
    ...table.references.map(({ name, to }) => {
      const declared = declaresKeys ? ` REFERENCES ${sqlName(to.name)} (${sqlName(to.key)})` : ''
      return `${sqlName(name)} INTEGER${declared}`
    }),
    ...table.columns.map(({ name, type }) => `${sqlName(name)} ${type}`),
  ]
  await connection.run(`CREATE TABLE ${sqlName(table.name)} (${columns.join(', ')})`)
  const rows = table.rows.map((row) => `(${row.map(literal).join(', ')})`)
  await connection.run(`INSERT INTO ${sqlName(table.name)} VALUES ${rows.join(', ')}`)
}

function literal(cell: Cell): string {
  return typeof cell === 'string' ? sqlText(cell) : String(cell)
}

async function run(connection: DuckDBConnection, sql: string): ReturnType<OpenWarehouse['run']> {
  try {
    const reader = await connection.runAndReadAll(sql)
    return { ok: true, rows: reader.getRowsJson() }
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) }
  }
}
