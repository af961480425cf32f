/** Copies a DuckDB file into a SQLite file: the same tables, keys and rows, dates as ISO text, truth values as 0 and 1. */
import { DuckDBInstance, type DuckDBValue } from '@duckdb/node-api'
import Database from 'libsql'
import type { Table } from '../../data/catalog.js'
import { toValue } from '../../data/duckdb/cell-value.js'
import { introspectDuckDb } from '../../data/duckdb/introspect.js'
import { readDeclaredSchema } from '../../data/duckdb/introspect-schema.js'
import { readerOf } from '../../data/duckdb/read-rows.js'
import { quoteName } from '../../data/quote.js'

export async function copyToSqlite(duckDbPath: string, sqlitePath: string): Promise<void> {
  const instance = await DuckDBInstance.create(duckDbPath, { access_mode: 'READ_ONLY' })
  const connection = await instance.connect()
  const { tables } = await introspectDuckDb(readerOf(connection))
  const declared = await readDeclaredSchema(readerOf(connection))
  const database = new Database(sqlitePath)
  database.exec('PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF')
  for (const table of tables) {
    const keys = declared.relationships.filter(({ from }) => from.table === table.name)
    const references = keys.map(({ from, to, further = [] }) => {
      const pairs = [{ from: from.column, to: to.column }, ...further]
      const [own, other] = [pairs.map((pair) => pair.from), pairs.map((pair) => pair.to)]
      return `FOREIGN KEY (${names(own)}) REFERENCES ${quoteName(to.table)} (${names(other)})`
    })
    database.exec(
      `CREATE TABLE ${quoteName(table.name)} (${columnsOf(table, declared.tables).concat(references)})`,
    )
    const marks = table.columns.map(() => '?')
    const insert = database.prepare(`INSERT INTO ${quoteName(table.name)} VALUES (${marks})`)
    const result = await connection.stream(`FROM ${quoteName(table.name)}`)
    database.exec('BEGIN')
    for await (const rows of result.yieldRows()) {
      for (const row of rows) insert.run(...row.map(toCell))
    }
    database.exec('COMMIT')
  }
  database.close()
  connection.closeSync()
  instance.closeSync()
}

function columnsOf(table: Table, declared: readonly Table[]): string[] {
  const columns = table.columns.map(({ name, type, nullable }) => {
    const isRowNumber =
      table.primaryKey.length === 1 && table.primaryKey[0] === name && /INT/.test(type)
    return `${quoteName(name)} ${isRowNumber ? 'INTEGER' : type}${nullable ? '' : ' NOT NULL'}`
  })
  const key = declared.find(({ name }) => name === table.name)?.primaryKey ?? []
  return key.length === 0 ? columns : [...columns, `PRIMARY KEY (${names(key)})`]
}

function names(columns: readonly string[]): string {
  return columns.map(quoteName).join(', ')
}

function toCell(cell: DuckDBValue): string | number | null {
  const value = toValue(cell)
  return typeof value === 'boolean' ? Number(value) : value
}
