/** DuckDB in memory, to try converted SQL on. */
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import type { Value } from '../catalog.js'
import { toValue } from '../duckdb/cell-value.js'
import { quoteName } from '../quote.js'
import { type DialectEngine, engineTimeoutMs, maxResultRows } from './dialect-engine.js'
import type { TypedKind, TypedTable } from './typed-table.js'

const types: Readonly<Record<TypedKind, string>> = {
  integer: 'BIGINT',
  real: 'DOUBLE',
  text: 'VARCHAR',
  date: 'DATE',
  timestamp: 'TIMESTAMP',
  boolean: 'BOOLEAN',
}

/** One thread: rows keep the order they were loaded in, as SQLite's do. */
export async function openDuckDbTrial(): Promise<DialectEngine> {
  let database = await openEmpty()
  const [[version] = []] = await rowsOf(database.connection, 'SELECT version()')
  return {
    dialect: 'duckdb',
    label: `DuckDB ${version}`,
    async load(tables) {
      database.close()
      database = await openEmpty()
      for (const table of tables) await loadTable(database.connection, table)
    },
    run: (sql) => runWithin(database.connection, sql),
    close: async () => database.close(),
  }
}

async function openEmpty() {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' })
  const connection = await instance.connect()
  const close = () => {
    connection.closeSync()
    instance.closeSync()
  }
  return { connection, close }
}

/** Every cell travels as text, which the engine reads by the column's type. */
async function loadTable(connection: DuckDBConnection, table: TypedTable): Promise<void> {
  const { name, columns, rows } = table
  const names = columns.map((column) => quoteName(column.name))
  const declared = columns.map((column, at) => `${names[at]} ${types[column.kind]}`)
  await connection.run(`CREATE TABLE ${quoteName(name)} (${declared})`)
  if (rows.length === 0) return
  await connection.run(`CREATE TEMP TABLE "parley: cells" (${names.map((n) => `${n} VARCHAR`)})`)
  const appender = await connection.createAppender('parley: cells')
  for (const row of rows) {
    for (const cell of row) {
      if (cell === null) appender.appendNull()
      else appender.appendVarchar(String(cell))
    }
    appender.endRow()
  }
  appender.closeSync()
  await connection.run(`INSERT INTO ${quoteName(name)} FROM "parley: cells"`)
  await connection.run('DROP TABLE "parley: cells"')
}

async function rowsOf(connection: DuckDBConnection, sql: string): Promise<readonly Value[][]> {
  const reader = await connection.streamAndReadUntil(sql, maxResultRows + 1)
  return reader.getRows().map((row) => row.map(toValue))
}

async function runWithin(connection: DuckDBConnection, sql: string) {
  let late = false
  const timer = setTimeout(() => {
    late = true
    connection.interrupt()
  }, engineTimeoutMs)
  try {
    const rows = await rowsOf(connection, sql)
    if (late) throw new Error('Interrupted.')
    const truncated = rows.length > maxResultRows
    return { ok: true, rows: rows.slice(0, maxResultRows), truncated } as const
  } catch (error) {
    const message = late ? `It took longer than ${engineTimeoutMs / 1000} s.` : String(error)
    return { ok: false, message: message.replace(/^Error: /, '') } as const
  } finally {
    clearTimeout(timer)
  }
}
