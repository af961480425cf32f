/** Describes a DuckDB database: declared and proven keys, row counts and value profiles. */
import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import type { DuckDBConnection } from '@duckdb/node-api'
import type { Catalog, Table } from '../catalog.js'
import { type Profile, withProfile } from '../introspection/column-profile.js'
import { proveKeys, proveRelationships } from '../introspection/prove-keys.js'
import { duckDbProofs } from './introspect-keys.js'
import { profileTable } from './introspect-profile.js'
import { type DeclaredTable, readDeclaredSchema } from './introspect-schema.js'

const VERSION_LENGTH = 16

/**
 * Reads the tables and views of schema `main`. Needs a trusted connection: it queries the engine's own tables.
 * Views that cannot be read are left out. Throws only when `signal` is aborted or the database itself fails.
 */
export async function introspectDuckDb(
  connection: DuckDBConnection,
  signal?: AbortSignal,
): Promise<Catalog> {
  const schema = await readDeclaredSchema(connection)
  const proofs = duckDbProofs(connection)
  const tables: DeclaredTable[] = []
  for (const declared of schema.tables) {
    signal?.throwIfAborted()
    const profile = await readProfile(connection, declared)
    if (profile === undefined) continue
    const table = withProfile(declared, profile)
    tables.push(table.isView ? table : await proveKeys(proofs, table))
  }
  signal?.throwIfAborted()
  const keyed = tables.filter((table) => !table.isView)
  const inferred = await proveRelationships(proofs, keyed, schema.relationships)
  return {
    dialect: 'duckdb',
    tables: tables.map(({ isView: _, ...table }) => table),
    relationships: [...schema.relationships, ...inferred],
    version: catalogVersion(tables, await fileIdentity(connection)),
  }
}

async function readProfile(
  connection: DuckDBConnection,
  table: DeclaredTable,
): Promise<Profile | undefined> {
  try {
    return await profileTable(connection, table)
  } catch (error) {
    if (table.isView) return undefined
    throw error
  }
}

/** Size and time of change of the file behind the connection; empty for a database in memory. */
async function fileIdentity(connection: DuckDBConnection): Promise<string> {
  const reader = await connection.runAndReadAll(
    'SELECT path FROM duckdb_databases() WHERE database_name = current_database()',
  )
  const path = reader.getRows()[0]?.[0]
  if (typeof path !== 'string') return ''
  const { size, mtimeMs } = await stat(path)
  return `${size} ${mtimeMs}`
}

function catalogVersion(tables: readonly Table[], identity: string): string {
  const shape = tables.map(({ name, rowCount, columns, primaryKey }) => [
    name,
    rowCount,
    primaryKey,
    columns.map((column) => [column.name, column.type]),
  ])
  const text = JSON.stringify([identity, shape])
  return createHash('sha256').update(text).digest('hex').slice(0, VERSION_LENGTH)
}
