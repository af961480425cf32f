/** Makes sure that a MySQL or MariaDB server answers, that the user may only read, and that there is at least one table. */
import type { SslOptions } from 'mysql2'
import {
  clientConfig,
  labelOf,
  type MysqlAddress,
  publicPath,
  readAddress,
} from '../mysql/address.js'
import { connectFailure, lacksTls } from '../mysql/connect-failure.js'
import { openMysqlDatabase } from '../mysql/mysql-database.js'
import { readKnownNames } from '../mysql/read-known-names.js'
import { type RoleRights, readOnlyUserSql, readRoleRights } from '../mysql/role-rights.js'
import { openSessions } from '../mysql/sessions.js'
import { type SourceLimits, type SourceOutcome, sourceFailure } from './source.js'

/** Milliseconds for the look at rights and names. */
const lookMs = 20_000

export async function checkMysql(
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

interface Found {
  /** As the server says it: `10.11.19-MariaDB…`, `8.4.2`. */
  readonly version: string
  readonly rights: RoleRights
  readonly tableCount: number
}

async function look(address: MysqlAddress, tls: false | SslOptions): Promise<Found> {
  const sessions = openSessions(clientConfig(address, tls), 1)
  const { signal } = new AbortController()
  try {
    const looked = await sessions.use({ timeoutMs: lookMs, signal }, async (session) => ({
      version: String((await session.run('SELECT VERSION()')).rows[0]?.[0]),
      rights: await readRoleRights(session),
      tableCount: (await readKnownNames(session)).tables.size,
    }))
    if (looked.stopped) throw new Error('timeout')
    return looked.result
  } finally {
    await sessions.close()
  }
}

/** Older ones lack WITH, EXCEPT or window functions. */
const oldest = { mariadb: [10, 4], mysql: [8, 0] } as const

function isTooOld(version: string): boolean {
  const [, major = 0, minor = 0] = (/(\d+)\.(\d+)/.exec(version) ?? []).map(Number)
  const [oldestMajor, oldestMinor] = /mariadb/i.test(version) ? oldest.mariadb : oldest.mysql
  return major < oldestMajor || (major === oldestMajor && minor < oldestMinor)
}

function judge(
  address: MysqlAddress,
  tls: false | SslOptions,
  { version, rights, tableCount }: Found,
  allowWriter: boolean,
): SourceOutcome {
  const label = labelOf(address)
  if (isTooOld(version)) {
    const message = 'The server is older than MySQL 8 or MariaDB 10.4.'
    const hint = 'Ask a newer one, or export its tables as CSV.'
    return sourceFailure('source_unsupported', message, hint)
  }
  if (rights.excess !== undefined && !allowWriter) {
    return sourceFailure(
      'source_denied',
      `The user "${rights.user}" ${rights.excess}. Parley wants one that can only read.`,
      `Make one: ${readOnlyUserSql(address.database)}.`,
      'Or set PARLEY_ALLOW_WRITER to 1: queries stay read-only, but then the server itself does not stop a mistake.',
    )
  }
  if (tableCount === 0) {
    const hint = `Grant it what it may read: ${readOnlyUserSql(address.database)}.`
    return sourceFailure('source_empty', `"${rights.user}" may read no table of ${label}.`, hint)
  }
  const connect = (limits?: SourceLimits) => openMysqlDatabase(address, tls, { limits })
  return { ok: true, source: { kind: 'mysql', path: publicPath(address), label, connect } }
}
