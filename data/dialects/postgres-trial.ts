/** PostgreSQL, to try converted SQL on. Tables are temporary: nothing is left on the server, and nothing on it is touched. */
import pg from 'pg'
import type { Value } from '../catalog.js'
import { quoteName } from '../quote.js'
import { type DialectEngine, engineTimeoutMs, maxResultRows } from './dialect-engine.js'
import type { TypedKind, TypedTable } from './typed-table.js'

const types: Readonly<Record<TypedKind, string>> = {
  integer: 'bigint',
  real: 'double precision',
  text: 'text',
  date: 'date',
  timestamp: 'timestamp',
  boolean: 'boolean',
}

export interface PostgresPlace {
  /** A connection string, or the folder of a server's socket. */
  readonly url?: string
  readonly socketFolder?: string
}

/** Texts are compared byte by byte, as in SQLite, when the database was made so. Rejects when no server answers. */
export async function openPostgresTrial(place: PostgresPlace): Promise<DialectEngine> {
  const client = new pg.Client({
    ...(place.url === undefined
      ? { host: place.socketFolder, user: 'parley', database: 'postgres' }
      : { connectionString: place.url }),
    types: { getTypeParser: (type: number) => (text: string) => cellOf(type, text) },
  })
  // A server that ends is told by the next query.
  client.on('error', () => {})
  await client.connect()
  await client.query(`SET statement_timeout = ${engineTimeoutMs}`)
  await client.query("SET datestyle = 'ISO, YMD'")
  const { rows } = await client.query({ text: 'SHOW server_version', rowMode: 'array' })
  return {
    dialect: 'postgres',
    label: `PostgreSQL ${String(rows[0]?.[0]).split(' ')[0]}`,
    async load(tables) {
      await client.query('DISCARD TEMP')
      for (const table of tables) await loadTable(client, table)
    },
    run: (sql) => run(client, sql),
    close: () => client.end(),
  }
}

/** Names in lower case need no quotes in PostgreSQL. */
async function loadTable(client: pg.Client, table: TypedTable): Promise<void> {
  const name = quoteName(table.name.toLowerCase())
  const columns = table.columns.map(
    ({ name: column, kind }) => `${quoteName(column.toLowerCase())} ${types[kind]}`,
  )
  await client.query(`CREATE TEMP TABLE ${name} (${columns})`)
  if (table.rows.length === 0) return
  const lists = table.columns.map((_, at) =>
    table.rows.map((row) => (row[at] === null ? null : String(row[at]))),
  )
  const items = table.columns.map(({ kind }, at) => `c${at}::${types[kind]}`)
  const names = table.columns.map((_, at) => `c${at}`)
  const marks = table.columns.map((_, at) => `$${at + 1}::text[]`)
  await client.query(
    `INSERT INTO ${name} SELECT ${items} FROM unnest(${marks}) AS cells(${names})`,
    lists,
  )
}

async function run(client: pg.Client, sql: string) {
  try {
    const { rows } = await client.query<Value[]>({ text: sql, rowMode: 'array' })
    const truncated = rows.length > maxResultRows
    return { ok: true, rows: rows.slice(0, maxResultRows), truncated } as const
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) } as const
  }
}

/** Of PostgreSQL's own numbering of types: bool, int8, int2, int4, float4, float8, numeric. */
const booleanType = 16
const numberTypes = new Set([20, 21, 23, 700, 701, 1700])

/** Numbers that a double does not hold exactly stay text. */
function cellOf(type: number, text: string): Value {
  if (type === booleanType) return text === 't'
  if (!numberTypes.has(type)) return text
  const number = Number(text)
  const isKept =
    Number.isFinite(number) && (!Number.isInteger(number) || Number.isSafeInteger(number))
  return isKept ? number : text
}
