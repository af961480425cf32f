/** Copies a DuckDB file into a database of MySQL or MariaDB: the same tables, keys and rows. */
import { DuckDBInstance } from '@duckdb/node-api'
import type { Connection } from 'mysql2/promise'
import type { Table } from '../../data/catalog.js'
import { toValue } from '../../data/duckdb/cell-value.js'
import { introspectDuckDb } from '../../data/duckdb/introspect.js'
import { readDeclaredSchema } from '../../data/duckdb/introspect-schema.js'
import { readerOf } from '../../data/duckdb/read-rows.js'
import { quoteName } from '../../data/quote.js'

const types: Readonly<Record<string, string>> = {
  HUGEINT: 'decimal(38)',
  UINTEGER: 'integer unsigned',
  TIMESTAMP: 'datetime',
}
/** A key needs a length. */
const keyText = 'varchar(200)'

/** Leaves `to` open. */
export async function copyToMysql(path: string, to: Connection): Promise<void> {
  const instance = await DuckDBInstance.create(path, { access_mode: 'READ_ONLY' })
  const connection = await instance.connect()
  const { tables } = await introspectDuckDb(readerOf(connection))
  const declared = await readDeclaredSchema(readerOf(connection))
  const linked = declared.relationships.flatMap(({ from, to: parent, further = [] }) => [
    `${from.table}.${from.column}`,
    `${parent.table}.${parent.column}`,
    ...further.flatMap((pair) => [`${from.table}.${pair.from}`, `${parent.table}.${pair.to}`]),
  ])
  const keyed = new Set(linked)
  await to.query(
    "SET sql_mode = 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES,STRICT_TRANS_TABLES', foreign_key_checks = 0, unique_checks = 0",
  )
  for (const table of tables) {
    const key = declared.tables.find(({ name }) => name === table.name)?.primaryKey ?? []
    for (const name of key) keyed.add(`${table.name}.${name}`)
    await to.query(`CREATE TABLE ${quoteName(table.name)} (${columnsOf(table, key, keyed)})`)
    const result = await connection.stream(`FROM ${quoteName(table.name)}`)
    for await (const rows of result.yieldRows()) {
      const values = rows.map((row) => `(${row.map((cell) => literal(toValue(cell))).join(', ')})`)
      if (values.length > 0) {
        await to.query(`INSERT INTO ${quoteName(table.name)} VALUES ${values.join(', ')}`)
      }
    }
  }
  for (const { from, to: parent, further = [] } of declared.relationships) {
    const pairs = [{ from: from.column, to: parent.column }, ...further]
    const [own, other] = [pairs.map((pair) => pair.from), pairs.map((pair) => pair.to)]
    await to.query(
      `ALTER TABLE ${quoteName(from.table)} ADD FOREIGN KEY (${listOf(own)})
       REFERENCES ${quoteName(parent.table)} (${listOf(other)})`,
    )
  }
  connection.closeSync()
  instance.closeSync()
}

function columnsOf(table: Table, key: readonly string[], keyed: ReadonlySet<string>): string {
  const columns = table.columns.map(({ name, type, nullable }) => {
    const isKey = keyed.has(`${table.name}.${name}`)
    const own = type === 'VARCHAR' ? (isKey ? keyText : 'text') : (types[type] ?? type)
    return `${quoteName(name)} ${own}${nullable ? ' NULL' : ' NOT NULL'}`
  })
  return [...columns, ...(key.length === 0 ? [] : [`PRIMARY KEY (${listOf(key)})`])].join(', ')
}

function listOf(columns: readonly string[]): string {
  return columns.map(quoteName).join(', ')
}

function literal(value: unknown): string {
  if (value === null || typeof value === 'number' || typeof value === 'boolean')
    return String(value)
  return `'${String(value).replaceAll("'", "''")}'`
}
