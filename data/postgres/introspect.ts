/** Describes a PostgreSQL database: declared and proven keys, row counts and value profiles. */
import type { Table } from '../catalog.js'
import type { CatalogOutline, CatalogWatch } from '../catalog-watch.js'
import { describeServer } from '../servers/describe-server.js'
import type { ReadRows } from '../servers/server-engine.js'
import { postgresProofs } from './introspect-keys.js'
import { profileTable, withEstimate } from './introspect-profile.js'
import { type DeclaredTable, readDeclaredSchema } from './introspect-schema.js'

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
  const { tables, relationships } = await readDeclaredSchema(read)
  const described = {
    dialect: 'postgres' as const,
    tables: tables.filter(({ columns }) => columns.length > 0),
    relationships,
    proofs: (inTime: ReadRows) => postgresProofs(inTime, tables),
    profile: profileTable,
    estimate: withEstimate,
    plain,
  }
  return describeServer(described, read, signal, watch)
}

function plain({ isView: _, storage: __, ...table }: DeclaredTable): Table {
  return table
}
