/** Makes sure that a server answers, that the role may only read, and that there is at least one table for it. */
import type { ConnectionOptions } from 'node:tls'
import {
  clientConfig,
  labelOf,
  type PostgresAddress,
  publicPath,
  readAddress,
} from '../postgres/address.js'
import { connectFailure, lacksTls } from '../postgres/connect-failure.js'
import type { KnownNames } from '../postgres/known-names.js'
import { openPostgresDatabase } from '../postgres/postgres-database.js'
import { readKnownNames, readSearchPath } from '../postgres/read-known-names.js'
import { type RoleRights, readOnlyRoleSql, readRoleRights } from '../postgres/role-rights.js'
import { openSessions } from '../postgres/sessions.js'
import { type SourceLimits, type SourceOutcome, sourceFailure } from './source.js'

/** Milliseconds for the look at rights and names. */
const lookMs = 20_000

export async function checkPostgres(
  url: string,
  settings: { readonly allowWriter?: boolean },
): Promise<SourceOutcome> {
  const read = await readAddress(url)
  if (!read.ok) return sourceFailure('source_unsupported', read.message, read.hint)
  const { address } = read
  for (const [at, tls] of address.tls.entries()) {
    try {
      return judge(address, tls, await look(address, tls), settings.allowWriter ?? false)
    } catch (error) {
      if (lacksTls(error) && at + 1 < address.tls.length) continue
      return { ok: false, failure: connectFailure(error, address) }
    }
  }
  throw new Error('An address has at least one way to connect.')
}

/** Of the server, as `server_version_num` has it; older ones lack what the look at partitions needs. */
const oldestVersion = 120_000

interface Found {
  readonly version: number
  readonly rights: RoleRights
  readonly schemas: readonly string[]
  readonly names: KnownNames
}

async function look(address: PostgresAddress, tls: false | ConnectionOptions): Promise<Found> {
  const sessions = openSessions(clientConfig(address, tls), 1)
  const { signal } = new AbortController()
  try {
    const limits = { timeoutMs: lookMs, signal, searchPath: [] }
    const looked = await sessions.use(limits, async (session) => ({
      version: Number((await session.run('SHOW server_version_num')).rows[0]?.[0]),
      rights: await readRoleRights(session),
      schemas: await readSearchPath(session),
      names: await readKnownNames(session),
    }))
    if (looked.stopped) throw new Error('timeout')
    return looked.result
  } finally {
    await sessions.close()
  }
}

function judge(
  address: PostgresAddress,
  tls: false | ConnectionOptions,
  { version, rights, schemas, names }: Found,
  allowWriter: boolean,
): SourceOutcome {
  const label = labelOf(address)
  if (version < oldestVersion) {
    const message = 'The server is older than PostgreSQL 12.'
    return sourceFailure(
      'source_unsupported',
      message,
      'Ask a newer one, or export its tables as CSV.',
    )
  }
  if (rights.excess !== undefined && !allowWriter) {
    return sourceFailure(
      'source_denied',
      `The role "${rights.role}" ${rights.excess}. Parley wants one that can only read.`,
      `Make one: ${readOnlyRoleSql(address.database, schemas)}.`,
      'Or set PARLEY_ALLOW_WRITER to 1: queries stay read-only, but then the server itself does not stop a mistake.',
    )
  }
  if (names.tables.length === 0) {
    const hint = `Grant it what it may read: ${readOnlyRoleSql(address.database, schemas)}.`
    return sourceFailure('source_empty', `"${rights.role}" may read no table of ${label}.`, hint)
  }
  const connect = (limits?: SourceLimits) => openPostgresDatabase(address, tls, { limits })
  return { ok: true, source: { kind: 'postgres', path: publicPath(address), label, connect } }
}
