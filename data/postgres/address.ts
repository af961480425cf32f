/** Reads the address of a PostgreSQL server; what it shows of itself never holds the password. */
import { readFile } from 'node:fs/promises'
import type { ConnectionOptions } from 'node:tls'
import type { ClientConfig } from 'pg'
import {
  databaseNameOf,
  decodeText,
  isThisMachine,
  parseServerUrl,
} from '../servers/address-words.js'

export interface PostgresAddress {
  readonly host: string
  readonly port: number
  readonly database: string
  readonly user?: string
  readonly password?: string
  /** Ways to connect, to be tried in turn; false is without TLS. */
  readonly tls: readonly (false | ConnectionOptions)[]
}

export type ReadAddress =
  | { readonly ok: true; readonly address: PostgresAddress }
  | { readonly ok: false; readonly message: string; readonly hint: string }

const scheme = /^postgres(ql)?:\/\//i
const defaultPort = 5432
const example =
  'Write postgres://user@host/database; the password goes behind the user: user:password@host.'
const sslModes = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'] as const
const parameters = new Set(['host', 'sslmode', 'sslrootcert', 'sslcert', 'sslkey'])

export function isPostgresUrl(source: string): boolean {
  return scheme.test(source)
}

/** `hostname:port/database`, without user and password: the same for everybody who asks the same data. */
export function publicPath({ host, port, database }: PostgresAddress): string {
  return `postgres://${host}:${port}/${database}`
}

/** Such as `shop on db.example`. */
export function labelOf({ host, database }: PostgresAddress): string {
  return `${database} on ${isThisMachine(host) ? 'this machine' : host}`
}

/** Without a user or password, those of `PGUSER`, `PGPASSWORD` or ~/.pgpass are taken, as PostgreSQL's own programs do. */
export async function readAddress(text: string): Promise<ReadAddress> {
  const url = parseServerUrl(text.trim().replace(scheme, 'postgres://'))
  if (url === undefined) return wrong('The address of the server cannot be read.')
  const unknown = [...url.searchParams.keys()].find((name) => !parameters.has(name))
  if (unknown !== undefined) {
    return wrong(`The address has a setting that Parley does not know: ${unknown}.`)
  }
  const database = databaseNameOf(text)
  if (database === '') return wrong('The address names no database.')
  const host = url.searchParams.get('host') ?? decodeText(url.hostname.replace(/^\[(.*)\]$/, '$1'))
  const address = {
    host: host === '' ? 'localhost' : host,
    port: url.port === '' ? defaultPort : Number(url.port),
    database,
    ...(url.username !== '' && { user: decodeText(url.username) }),
    ...(url.password !== '' && { password: decodeText(url.password) }),
  }
  const tls = await readTls(url.searchParams, address.host)
  return typeof tls === 'string' ? wrong(tls) : { ok: true, address: { ...address, tls } }
}

export function clientConfig(
  { host, port, database, user, password }: PostgresAddress,
  ssl: false | ConnectionOptions,
): ClientConfig {
  return { host, port, database, user, password, ssl, application_name: 'parley' }
}

/** As libpq reads `sslmode`; a message where it cannot be done. */
async function readTls(
  parameters: URLSearchParams,
  host: string,
): Promise<PostgresAddress['tls'] | string> {
  const mode = parameters.get('sslmode') ?? 'prefer'
  if (!sslModes.some((known) => known === mode)) {
    return `sslmode may be ${sslModes.join(', ')}, not ${mode}.`
  }
  if (mode === 'disable' || host.startsWith('/')) return [false]
  const files = await readFiles(parameters)
  if (typeof files === 'string') return files
  const verifies = mode.startsWith('verify') || (mode === 'require' && files.ca !== undefined)
  const encrypted: ConnectionOptions = { ...files, host, rejectUnauthorized: verifies }
  if (mode === 'verify-full') return [encrypted]
  const anyName = { ...encrypted, checkServerIdentity: () => undefined }
  return mode === 'allow' || mode === 'prefer' ? [anyName, false] : [anyName]
}

async function readFiles(
  parameters: URLSearchParams,
): Promise<Pick<ConnectionOptions, 'ca' | 'cert' | 'key'> | string> {
  const files: { ca?: string; cert?: string; key?: string } = {}
  for (const [name, key] of [
    ['sslrootcert', 'ca'],
    ['sslcert', 'cert'],
    ['sslkey', 'key'],
  ] as const) {
    const path = parameters.get(name)
    if (path === null || path === 'system') continue
    const text = await readFile(path, 'utf8').catch(() => undefined)
    if (text === undefined) return `The file of ${name} cannot be read: ${path}.`
    files[key] = text
  }
  return files
}

function wrong(message: string): ReadAddress {
  return { ok: false, message, hint: example }
}
