/** Describes the tables of a server within a budget of time: declared and proven keys, row counts and value profiles. */
import type { Dialect, Relationship, Table } from '../catalog.js'
import type { CatalogOutline, CatalogWatch } from '../catalog-watch.js'
import { type Profile, withProfile } from '../introspection/column-profile.js'
import { describeEach } from '../introspection/describe-each.js'
import { proveKeys, proveRelationships, type ValueProofs } from '../introspection/prove-keys.js'
import { profileMs, profilesMs } from './profile-budget.js'
import type { ReadRows } from './server-engine.js'

interface ServerTable extends Table {
  /** Views have no keys of their own. */
  readonly isView: boolean
}

export interface DescribedServer<Declared extends ServerTable> {
  readonly dialect: Dialect
  readonly tables: readonly Declared[]
  /** As declared, also those of tables that are not described. */
  readonly relationships: readonly Relationship[]
  proofs(read: ReadRows): ValueProofs
  /** Rejects as reading does. */
  profile(read: ReadRows, table: Declared): Promise<Profile>
  /** The table without a profile; undefined for a view that cannot be read. `hadTime` tells whether it was for lack of time. */
  estimate(read: ReadRows, table: Declared, hadTime: boolean): Promise<Declared | undefined>
  /** Without what only the engine needs. */
  plain(table: Declared): Table
}

/** Throws only when `signal` is aborted. */
export async function describeServer<Declared extends ServerTable>(
  server: DescribedServer<Declared>,
  read: ReadRows,
  signal: AbortSignal,
  watch?: CatalogWatch,
): Promise<CatalogOutline> {
  const { dialect, plain } = server
  const end = Date.now() + Math.max(profilesMs, server.tables.length * profileMs)
  const inTime: ReadRows = (sql) =>
    Date.now() < end ? read(sql) : Promise.reject(new Error('The time for profiles is over.'))
  const proofs = server.proofs(inTime)
  const describe = async (table: Declared) => {
    signal.throwIfAborted()
    const profiled = await server.profile(inTime, table).then(
      (found) => withProfile(table, found),
      () => server.estimate(read, table, Date.now() < end),
    )
    return !profiled || profiled.isView ? profiled : proveKeys(proofs, profiled)
  }
  const known = keysBetween(server.tables, server.relationships)
  const outline = { dialect, relationships: known }
  const tables = await describeEach({ tables: server.tables, outline, plain, describe }, watch)
  signal.throwIfAborted()
  const declared = keysBetween(tables, known)
  const keyed = tables.filter((table) => !table.isView)
  const inferred = await proveRelationships(proofs, keyed, declared)
  return { dialect, tables: tables.map(plain), relationships: [...declared, ...inferred] }
}

function keysBetween(
  tables: readonly Table[],
  relationships: readonly Relationship[],
): Relationship[] {
  const names = new Set(tables.map(({ name }) => name))
  return relationships.filter(({ from, to }) => names.has(from.table) && names.has(to.table))
}
