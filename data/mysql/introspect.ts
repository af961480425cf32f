/** Describes a MySQL database: declared and proven keys, row counts and value profiles. */
import type { Table } from '../catalog.js'
import type { CatalogOutline, CatalogWatch } from '../catalog-watch.js'
import { describeServer } from '../servers/describe-server.js'
import type { ReadRows } from '../servers/server-engine.js'
import { mysqlProofs } from './introspect-keys.js'
import { profileTable } from './introspect-profile.js'
import { type DeclaredTable, readDeclaredSchema } from './introspect-schema.js'

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
  const { tables, relationships } = await readDeclaredSchema(read)
  const described = {
    dialect: 'mysql' as const,
    tables,
    relationships,
    proofs: (inTime: ReadRows) => mysqlProofs(inTime, tables),
    profile: profileTable,
    estimate: withEstimate,
    plain,
  }
  return describeServer(described, read, signal, watch)
}

function plain({ isView: _, storage: __, ...table }: DeclaredTable): Table {
  return table
}

/** A view that could not be read although there was time is one over what is gone. */
async function withEstimate(
  _: ReadRows,
  table: DeclaredTable,
  hadTime: boolean,
): Promise<DeclaredTable | undefined> {
  if (table.isView && hadTime) return undefined
  return { ...table, rowCount: table.storage.estimatedRows ?? 0 }
}
