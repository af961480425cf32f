/** Describes a DuckDB database: declared and proven keys, row counts and value profiles. */
import { createHash } from 'node:crypto'
import type { Catalog, Table } from '../catalog.js'
import { type Profile, withProfile } from '../introspection/column-profile.js'
import { proveKeys, proveRelationships } from '../introspection/prove-keys.js'
import { duckDbProofs } from './introspect-keys.js'
import { profileTable } from './introspect-profile.js'
import { type DeclaredTable, readDeclaredSchema } from './introspect-schema.js'
import type { ReadRows } from './read-rows.js'

const VERSION_LENGTH = 16
/** A view may be a query that never ends. */
const VIEW_TIMEOUT_MS = 30_000

/**
 * Describes the tables and views of schema `main`; `read` must reach the engine's own tables. Views that cannot be read are
 * left out. The version tells the shape of the data. Throws only when `signal` is aborted or the database itself fails.
 */
export async function introspectDuckDb(read: ReadRows, signal?: AbortSignal): Promise<Catalog> {
  const schema = await readDeclaredSchema(read)
  const proofs = duckDbProofs(read)
  const tables: DeclaredTable[] = []
  for (const declared of schema.tables) {
    signal?.throwIfAborted()
    const profile = await readProfile(read, declared)
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
    version: catalogVersion(tables),
  }
}

async function readProfile(read: ReadRows, table: DeclaredTable): Promise<Profile | undefined> {
  if (!table.isView) return profileTable(read, table)
  return profileTable((sql) => read(sql, VIEW_TIMEOUT_MS), table).catch(() => undefined)
}

function catalogVersion(tables: readonly Table[]): string {
  const shape = tables.map(({ name, rowCount, columns, primaryKey }) => [
    name,
    rowCount,
    primaryKey,
    columns.map((column) => [column.name, column.type]),
  ])
  const text = JSON.stringify(shape)
  return createHash('sha256').update(text).digest('hex').slice(0, VERSION_LENGTH)
}
