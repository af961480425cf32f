/** Describes a SQLite file: declared and proven keys, row counts and value profiles. */
import type { Catalog } from '../catalog.js'
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
export async function introspectSqlite(path: string, signal?: AbortSignal): Promise<Catalog> {
  signal?.throwIfAborted()
  const version = await sqliteFileVersion(path)
  const described = await withSqliteFile(
    path,
    (process) => describeTables(rowReader(process), signal),
    signal,
  )
  return { ...described, version }
}

/** Views that cannot be read are left out. */
export async function describeTables(
  read: ReadRows,
  signal?: AbortSignal,
): Promise<Omit<Catalog, 'version'>> {
  const tables: DeclaredTable[] = []
  const counts = new Map<string, number>()
  const proofs = sqliteProofs(read, (table) => counts.get(table) ?? 0)
  for (const declared of await readDeclaredTables(read)) {
    signal?.throwIfAborted()
    const profile = profileTable(read, declared)
    const table = declared.isView ? await profile.catch(() => undefined) : await profile
    if (table === undefined) continue
    counts.set(table.name, table.rowCount)
    tables.push(table.isView ? table : await proveKeys(proofs, table))
  }
  const keyed = tables.filter((table) => !table.isView)
  const declaredKeys = await readDeclaredKeys(read, keyed)
  const inferred = await proveRelationships(proofs, keyed, declaredKeys)
  return {
    dialect: 'sqlite',
    tables: tables.map(({ isView: _, rowId: __, ...table }) => table),
    relationships: [...declaredKeys, ...inferred],
  }
}
