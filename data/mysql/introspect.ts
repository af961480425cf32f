/** Describes a MySQL database: declared and proven keys, row counts and value profiles. */
import type { Table } from '../catalog.js'
import type { CatalogOutline, CatalogWatch } from '../catalog-watch.js'
import { withProfile } from '../introspection/column-profile.js'
import { describeEach } from '../introspection/describe-each.js'
import { proveKeys, proveRelationships } from '../introspection/prove-keys.js'
import type { ReadRows } from '../servers/server-engine.js'
import { mysqlProofs } from './introspect-keys.js'
import { profileTable } from './introspect-profile.js'
import { type DeclaredTable, readDeclaredSchema } from './introspect-schema.js'

/** Milliseconds after which further tables are described by names and columns alone, and no more keys are proven. */
const profilesMs = 60_000
/** More for schemas of hundreds of tables, which are described while questions are answered. */
const profileMs = 200

/**
 * Tables of more than two million cells are described from rows of about so many, taken from places spread over the table
 * where its key is a number, else from its beginning: their value lists may miss values. Above 64 MB row counts are the
 * server's estimates, and ranges are those of the sample but for columns that an index begins with. Views that cannot be
 * read are left out.
 */
export async function introspectMysql(
  read: ReadRows,
  signal: AbortSignal,
  watch?: CatalogWatch,
): Promise<CatalogOutline> {
  const schema = await readDeclaredSchema(read)
  const end = Date.now() + Math.max(profilesMs, schema.tables.length * profileMs)
  const inTime: ReadRows = (sql) =>
    Date.now() < end ? read(sql) : Promise.reject(new Error('The time for profiles is over.'))
  const proofs = mysqlProofs(inTime, schema.tables)
  const describe = async (table: DeclaredTable) => {
    signal.throwIfAborted()
    const profiled = await profileTable(inTime, table).then(
      (found) => withProfile(table, found),
      () => withEstimate(table, Date.now() < end),
    )
    return !profiled || profiled.isView ? profiled : proveKeys(proofs, profiled)
  }
  const outline = { dialect: 'mysql' as const, relationships: schema.relationships }
  const tables = await describeEach({ tables: schema.tables, outline, plain, describe }, watch)
  const names = new Set(tables.map(({ name }) => name))
  const declared = schema.relationships.filter(
    ({ from, to }) => names.has(from.table) && names.has(to.table),
  )
  signal.throwIfAborted()
  const keyed = tables.filter((table) => !table.isView)
  const inferred = await proveRelationships(proofs, keyed, declared)
  return {
    dialect: 'mysql',
    tables: tables.map(plain),
    relationships: [...declared, ...inferred],
  }
}

function plain({ isView: _, storage: __, ...table }: DeclaredTable): Table {
  return table
}

/** A view that could not be read although there was time is one over what is gone. */
function withEstimate(table: DeclaredTable, hadTime: boolean): DeclaredTable | undefined {
  if (table.isView && hadTime) return undefined
  return { ...table, rowCount: table.storage.estimatedRows ?? 0 }
}
