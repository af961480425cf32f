/** Copies a DuckDB file into a database of PostgreSQL: the same tables, keys and rows. */
import { DuckDBInstance } from '@duckdb/node-api'
import pg from 'pg'
import type { Table } from '../../data/catalog.js'
import { toValue } from '../../data/duckdb/cell-value.js'
import { introspectDuckDb } from '../../data/duckdb/introspect.js'
import { readDeclaredSchema } from '../../data/duckdb/introspect-schema.js'
import { readerOf } from '../../data/duckdb/read-rows.js'
import { quoteName } from '../../data/quote.js'

const types: Readonly<Record<string, string>> = {
  DOUBLE: 'double precision',
  FLOAT: 'real',
  VARCHAR: 'text',
  HUGEINT: 'numeric',
  TINYINT: 'smallint',
  UINTEGER: 'bigint',
}

export async function copyToPostgres(path: string, to: pg.ClientConfig): Promise<void> {
  const instance = await DuckDBInstance.create(path, { access_mode: 'READ_ONLY' })
  const connection = await instance.connect()
  const { tables } = await introspectDuckDb(readerOf(connection))
  const declared = await readDeclaredSchema(readerOf(connection))
  const client = new pg.Client(to)
  await client.connect()
  for (const table of tables) {
    const key = declared.tables.find(({ name }) => name === table.name)?.primaryKey ?? []
    await client.query(`CREATE TABLE ${quoteName(table.name)} (${columnsOf(table, key)})`)
    const result = await connection.stream(`FROM ${quoteName(table.name)}`)
    for await (const rows of result.yieldRows()) {
      const lists = table.columns.map((_, at) =>
        rows.map((row) => textOf(toValue(row[at] ?? null))),
      )
      const cells = table.columns.map(({ type }, at) => `c${at}::${typeOf(type)}`)
      const marks = table.columns.map((_, at) => `$${at + 1}::text[]`)
      const names = table.columns.map((_, at) => `c${at}`)
      await client.query(
        `INSERT INTO ${quoteName(table.name)} SELECT ${cells} FROM unnest(${marks}) AS rows(${names})`,
        lists,
      )
    }
  }
  for (const { from, to: parent, further = [] } of declared.relationships) {
    const pairs = [{ from: from.column, to: parent.column }, ...further]
    const [own, other] = [pairs.map((pair) => pair.from), pairs.map((pair) => pair.to)]
    await client.query(
      `ALTER TABLE ${quoteName(from.table)} ADD FOREIGN KEY (${listOf(own)})
       REFERENCES ${quoteName(parent.table)} (${listOf(other)})`,
    )
  }
  await client.end()
  connection.closeSync()
  instance.closeSync()
}

function columnsOf(table: Table, key: readonly string[]): string {
  const columns = table.columns.map(
    ({ name, type, nullable }) =>
      `${quoteName(name)} ${typeOf(type)}${nullable ? '' : ' NOT NULL'}`,
  )
  return [...columns, ...(key.length === 0 ? [] : [`PRIMARY KEY (${listOf(key)})`])].join(', ')
}

function typeOf(type: string): string {
  return types[type] ?? type
}

function listOf(columns: readonly string[]): string {
  return columns.map(quoteName).join(', ')
}

function textOf(cell: unknown): string | null {
  return cell === null ? null : String(cell)
}
