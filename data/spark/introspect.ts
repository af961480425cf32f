/** Describes a Spark database: row counts, value profiles, and keys that the values prove. */
import type { Table } from '../catalog.js'
import type { CatalogOutline, CatalogWatch } from '../catalog-watch.js'
import { withProfile } from '../introspection/column-profile.js'
import { describeEach } from '../introspection/describe-each.js'
import { proveKeys, proveRelationships } from '../introspection/prove-keys.js'
import { sparkProofs } from './introspect-keys.js'
import { type ProfileReader, profileTable } from './introspect-profile.js'
import { type DeclaredTable, readDeclaredTables } from './introspect-schema.js'

/** Milliseconds after which further tables are described by names and columns alone, and no more keys are proven. */
const profilesMs = 180_000
/** Tables profiled at once: a cluster has room for more than one small statement. */
const atOnce = 3

/**
 * Tables of more than two million cells are described from a sample of about so many, taken from files spread over the
 * table: their value lists may miss rare values, and ranges are those of the sample. Of large tables that do not keep
 * their number of rows, that is an estimate.
 */
export async function introspectSpark(
  reader: ProfileReader,
  signal: AbortSignal,
  watch?: CatalogWatch,
): Promise<CatalogOutline> {
  const declared = await readDeclaredTables(reader.read, signal)
  const end = Date.now() + profilesMs
  const read: ProfileReader['read'] = (sql) =>
    Date.now() < end
      ? reader.read(sql)
      : Promise.reject(new Error('The time for profiles is over.'))
  const inTime = { ...reader, read }
  const proofs = sparkProofs(read, reader.size)
  const describe = async (table: DeclaredTable) => {
    signal.throwIfAborted()
    const profile = await profileTable(inTime, table).catch(() => undefined)
    const profiled = profile === undefined ? table : withProfile(table, profile)
    return profiled.isView ? profiled : proveKeys(proofs, profiled)
  }
  const outline = { dialect: 'spark' as const, relationships: [] }
  const tables = await describeEach({ tables: declared, outline, plain, describe, atOnce }, watch)
  signal.throwIfAborted()
  const keyed = tables.filter(({ isView }) => !isView)
  const relationships = await proveRelationships(proofs, keyed, [])
  return { dialect: 'spark', tables: tables.map(plain), relationships }
}

function plain({ isView: _, format: __, countedRows: ___, ...table }: DeclaredTable): Table {
  return table
}
