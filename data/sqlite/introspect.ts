/** Describes a SQLite file: declared and proven keys, row counts and value profiles. */
import type { Catalog, Table } from '../catalog.js'
import type { CatalogOutline, CatalogWatch } from '../catalog-watch.js'
import { describeEach } from '../introspection/describe-each.js'
import { proveKeys, proveRelationships } from '../introspection/prove-keys.js'
import { readDeclaredKeys } from './declared-keys.js'
import { sqliteFileVersion } from './file-version.js'
import { sqliteProofs } from './introspect-keys.js'
import { profileTable } from './introspect-profile.js'
import { type DeclaredTable, readDeclaredTables } from './introspect-schema.js'
import { type ReadRows, rowReader } from './read-rows.js'
import { withSqliteFile } from './sqlite-program.js'

/**
 * Opens the file read-only in a process of its own, describes it and closes it. Tables of more than a million cells are
 * described from a sample of about so many, spread over the table: their counts of distinct values are those of the
 * sample, and rare values are missing from their lists. Row counts are exact up to five million rows, ranges up to two million or where
 * an index begins with the column.
 * Rejects when the file is missing, damaged or locked, or when `signal` is aborted.
 */
export async function introspectSqlite(
  path: string,
  signal?: AbortSignal,
  watch?: CatalogWatch,
): Promise<Catalog> {
  signal?.throwIfAborted()
  const version = await sqliteFileVersion(path)
  const described = await withSqliteFile(
    path,
    (process) => describeTables(rowReader(process), signal, watch),
    signal,
  )
  return { ...described, version }
}

/** Views that cannot be read are left out. */
export async function describeTables(
  read: ReadRows,
  signal?: AbortSignal,
  watch?: CatalogWatch,
): Promise<CatalogOutline> {
  const counts = new Map<string, number>()
  const proofs = sqliteProofs(read, (table) => counts.get(table) ?? 0)
  const declared = await readDeclaredTables(read)
  const describe = async (table: DeclaredTable) => {
    signal?.throwIfAborted()
    const profile = profileTable(read, table)
    const found = table.isView ? await profile.catch(() => undefined) : await profile
    if (found) counts.set(found.name, found.rowCount)
    return !found || found.isView ? found : proveKeys(proofs, found)
  }
  const stored = declared.filter((table) => !table.isView)
  const relationships = watch ? await readDeclaredKeys(read, stored) : []
  const outline = { dialect: 'sqlite' as const, relationships }
  const tables = await describeEach({ tables: declared, outline, plain, describe }, watch)
  for (const { name, rowCount } of tables) counts.set(name, rowCount)
  const keyed = tables.filter((table) => !table.isView)
  const declaredKeys = await readDeclaredKeys(read, keyed)
  const inferred = await proveRelationships(proofs, keyed, declaredKeys)
  return {
    dialect: 'sqlite',
    tables: tables.map(plain),
    relationships: [...declaredKeys, ...inferred],
  }
}

function plain({ isView: _, rowId: __, ...table }: DeclaredTable): Table {
  return table
}
