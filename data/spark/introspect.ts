/** Describes a Spark database: row counts, value profiles, and keys that the values prove. */
import type { Catalog } from '../catalog.js'
import { withProfile } from '../introspection/column-profile.js'
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
): Promise<Omit<Catalog, 'version'>> {
  const declared = await readDeclaredTables(reader.read, signal)
  const end = Date.now() + profilesMs
  const read: ProfileReader['read'] = (sql) =>
    Date.now() < end
      ? reader.read(sql)
      : Promise.reject(new Error('The time for profiles is over.'))
  const inTime = { ...reader, read }
  const proofs = sparkProofs(read, reader.size)
  const found = new Map<string, DeclaredTable>()
  const waiting = [...declared]
  const work = async () => {
    for (let table = waiting.shift(); table !== undefined; table = waiting.shift()) {
      signal.throwIfAborted()
      const { name } = table
      const profile = await profileTable(inTime, table).catch(() => undefined)
      const profiled = profile === undefined ? table : withProfile(table, profile)
      found.set(name, profiled.isView ? profiled : await proveKeys(proofs, profiled))
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  signal.throwIfAborted()
  const tables = declared.flatMap(({ name }) => found.get(name) ?? [])
  const keyed = tables.filter(({ isView }) => !isView)
  const relationships = await proveRelationships(proofs, keyed, [])
  return {
    dialect: 'spark',
    tables: tables.map(({ isView: _, format: __, countedRows: ___, ...table }) => table),
    relationships,
  }
}
