/** Describes a PostgreSQL database: declared and proven keys, row counts and value profiles. */
import type { Table } from '../catalog.js'
import type { CatalogOutline, CatalogWatch } from '../catalog-watch.js'
import { withProfile } from '../introspection/column-profile.js'
import { describeEach } from '../introspection/describe-each.js'
import { proveKeys, proveRelationships } from '../introspection/prove-keys.js'
import type { ReadRows } from '../servers/server-engine.js'
import { postgresProofs } from './introspect-keys.js'
import { profileTable, withEstimate } from './introspect-profile.js'
import { type DeclaredTable, readDeclaredSchema } from './introspect-schema.js'

/** Milliseconds after which further tables are described by names and columns alone, and no more keys are proven. */
const profilesMs = 60_000
/** More for schemas of hundreds of tables, which are described while questions are answered. */
const profileMs = 200

/**
 * Tables of more than two million cells are described from a sample of about so many, spread over the table: their value
 * lists may miss rare values. Above 64 MB row counts are estimates, and ranges are those of the sample but for columns
 * that an index begins with. Views that cannot be read are left out. Of several tables of one name the first
 * in the search path is described.
 */
export async function introspectPostgres(
  read: ReadRows,
  signal: AbortSignal,
  watch?: CatalogWatch,
): Promise<CatalogOutline> {
  const schema = await readDeclaredSchema(read)
  const end = Date.now() + Math.max(profilesMs, schema.tables.length * profileMs)
  const inTime: ReadRows = (sql) =>
    Date.now() < end ? read(sql) : Promise.reject(new Error('The time for profiles is over.'))
  const proofs = postgresProofs(inTime, schema.tables)
  const describe = async (table: DeclaredTable) => {
    signal.throwIfAborted()
    const profiled = await profileTable(inTime, table).then(
      (found) => withProfile(table, found),
      () => withEstimate(read, table),
    )
    return !profiled || profiled.isView ? profiled : proveKeys(proofs, profiled)
  }
  const outline = { dialect: 'postgres' as const, relationships: schema.relationships }
  const readable = schema.tables.filter(({ columns }) => columns.length > 0)
  const tables = await describeEach({ tables: readable, outline, plain, describe }, watch)
  const names = new Set(tables.map(({ name }) => name))
  const declared = schema.relationships.filter(
    ({ from, to }) => names.has(from.table) && names.has(to.table),
  )
  signal.throwIfAborted()
  const keyed = tables.filter((table) => !table.isView)
  const inferred = await proveRelationships(proofs, keyed, declared)
  return {
    dialect: 'postgres',
    tables: tables.map(plain),
    relationships: [...declared, ...inferred],
  }
}

function plain({ isView: _, storage: __, ...table }: DeclaredTable): Table {
  return table
}
