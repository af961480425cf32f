/** Describes a DuckDB database: declared and proven keys, row counts and value profiles. */
import { createHash } from 'node:crypto'
import type { Catalog, Table } from '../catalog.js'
import type { CatalogWatch } from '../catalog-watch.js'
import { withProfile } from '../introspection/column-profile.js'
import { describeEach } from '../introspection/describe-each.js'
import { proveKeys, proveRelationships } from '../introspection/prove-keys.js'
import { duckDbProofs } from './introspect-keys.js'
import { countRows, profileTable } from './introspect-profile.js'
import { type DeclaredTable, readDeclaredSchema } from './introspect-schema.js'
import { LateError, type ReadRows } from './read-rows.js'

const VERSION_LENGTH = 16

/**
 * Describes the tables and views of schema `main`; `read` must reach the engine's own tables. Tables of more than ten
 * million cells are described from blocks of rows spread over them, with the ranges of all rows where the engine knows
 * them or finds them in seconds. Views that cannot be read are left out. The version tells the shape of the data. Throws only when `signal` is aborted or the database itself fails.
 */
export async function introspectDuckDb(
  read: ReadRows,
  signal?: AbortSignal,
  watch?: CatalogWatch,
): Promise<Catalog> {
  const { tables: declared, relationships } = await readDeclaredSchema(read)
  const counts = new Map<string, number>()
  const proofs = duckDbProofs(read, (table) => counts.get(table) ?? 0)
  const describe = async (table: DeclaredTable) => {
    signal?.throwIfAborted()
    const found = await describeTable(read, table)
    if (found) counts.set(found.name, found.rowCount)
    return !found || found.isView ? found : proveKeys(proofs, found)
  }
  const outline = { dialect: 'duckdb' as const, relationships }
  const tables = await describeEach({ tables: declared, outline, plain, describe }, watch)
  signal?.throwIfAborted()
  for (const { name, rowCount } of tables) counts.set(name, rowCount)
  const keyed = tables.filter((table) => !table.isView)
  const inferred = await proveRelationships(proofs, keyed, relationships)
  return {
    dialect: 'duckdb',
    tables: tables.map(plain),
    relationships: [...relationships, ...inferred],
    version: catalogVersion(tables),
  }
}

function plain({ isView: _, isStored: __, ...table }: DeclaredTable): Table {
  return table
}

/** Without a profile where that takes too long; undefined for a view that cannot be read. */
async function describeTable(
  read: ReadRows,
  declared: DeclaredTable,
): Promise<DeclaredTable | undefined> {
  let table = declared
  try {
    table = { ...declared, rowCount: await countRows(read, declared) }
    return withProfile(table, await profileTable(read, table))
  } catch (error) {
    if (error instanceof LateError) return table
    if (declared.isView) return undefined
    throw error
  }
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
