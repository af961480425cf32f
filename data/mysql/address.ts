/** Reads the address of a MySQL or MariaDB server; what it shows of itself never holds the password. */
import { readFile } from 'node:fs/promises'
import { isIP } from 'node:net'
import type { PoolOptions, SslOptions } from 'mysql2'
import {
  databaseNameOf,
  decodeText,
  isThisMachine,
  parseServerUrl,
} from '../servers/address-words.js'
import { connectTimeoutMs } from './connect-failure.js'
import { ownOptionFile, readOptionFile, withOwnLogin } from './option-file.js'

export interface MysqlAddress {
  readonly host: string
  readonly port: number
  /** Of a server on this machine, instead of host and port. */
  readonly socket?: string
  readonly database: string
  readonly user?: string
  readonly password?: string
  /** Ways to connect, to be tried in turn; false is without TLS. */
  readonly tls: readonly (false | SslOptions)[]
}

export type ReadAddress =
  | { readonly ok: true; readonly address: MysqlAddress }
  | { readonly ok: false; readonly message: string; readonly hint: string }

const scheme = /^(mysql|mariadb):\/\//i
const defaultPort = 3306
const example =
  'Write mysql://user@host/database; the password goes behind the user (user:password@host) or into ~/.my.cnf.'
const tlsModes = ['disabled', 'preferred', 'required', 'verify_ca', 'verify_identity'] as const
const parameters = new Set(['socket', 'ssl-mode', 'ssl-ca', 'ssl-cert', 'ssl-key'])

export function isMysqlUrl(source: string): boolean {
  return scheme.test(source)
}

/** `hostname:port/database`, without user and password: the same for everybody who asks the same data. */
export function publicPath({ host, port, socket, database }: MysqlAddress): string {
  return `mysql://${socket ?? `${host}:${port}`}/${database}`
}

/** Such as `shop on db.example`. */
export function labelOf({ host, socket, database }: MysqlAddress): string {
  return `${database} on ${socket !== undefined || isThisMachine(host) ? 'this machine' : host}`
}

/** Where the address names no user or no password, those of `optionFile` are taken. */
export async function readAddress(text: string, optionFile = ownOptionFile): Promise<ReadAddress> {
  const url = parseServerUrl(text.trim().replace(scheme, 'mysql://'))
  if (url === undefined) return wrong('The address of the server cannot be read.')
  const unknown = [...url.searchParams.keys()].find((name) => !parameters.has(name))
  if (unknown !== undefined) {
    return wrong(`The address has a setting that Parley does not know: ${unknown}.`)
  }
  const database = databaseNameOf(text)
  if (database === '') return wrong('The address names no database.')
  const host = decodeText(url.hostname.replace(/^\[(.*)\]$/, '$1'))
  const socket = url.searchParams.get('socket')
  const tls = await readTls(url.searchParams, host, socket !== null)
  if (typeof tls === 'string') return wrong(tls)
  const address: MysqlAddress = {
    host: host === '' ? 'localhost' : host,
    port: url.port === '' ? defaultPort : Number(url.port),
    ...(socket !== null && { socket }),
    database,
    ...(url.username !== '' && { user: decodeText(url.username) }),
    ...(url.password !== '' && { password: decodeText(url.password) }),
    tls,
  }
  return { ok: true, address: withOwnLogin(address, await readOptionFile(optionFile)) }
}

/** Local files are never sent, whatever the server asks for, and a query is one statement. */
export function clientConfig(
  { host, port, socket, database, user, password }: MysqlAddress,
  tls: false | SslOptions,
): PoolOptions {
  return {
    ...(socket === undefined ? { host, port } : { socketPath: socket }),
    database,
    user,
    password,
    ...(tls !== false && { ssl: tls }),
    charset: 'utf8mb4',
    connectTimeout: connectTimeoutMs,
    multipleStatements: false,
    flags: ['-LOCAL_FILES'],
    disableEval: true,
    rowsAsArray: true,
    typeCast: (field) => field.buffer(),
  }
}

/** As the server's own programs read `--ssl-mode`; a message where it cannot be done. */
async function readTls(
  parameters: URLSearchParams,
  host: string,
  isSocket: boolean,
): Promise<MysqlAddress['tls'] | string> {
  const mode = (parameters.get('ssl-mode') ?? 'preferred').toLowerCase()
  if (!tlsModes.some((known) => known === mode)) {
    return `ssl-mode may be ${tlsModes.join(', ')}, not ${mode}.`
  }
  if (mode === 'disabled' || isSocket) return [false]
  // The driver compares names alone.
  if (mode === 'verify_identity' && isIP(host) !== 0) {
    return 'ssl-mode=verify_identity needs the name of the host, not its number.'
  }
  const files = await readFiles(parameters)
  if (typeof files === 'string') return files
  const encrypted: SslOptions = {
    ...files,
    rejectUnauthorized: mode.startsWith('verify'),
    verifyIdentity: mode === 'verify_identity',
  }
  return mode === 'preferred' ? [encrypted, false] : [encrypted]
}

async function readFiles(
  parameters: URLSearchParams,
): Promise<Pick<SslOptions, 'ca' | 'cert' | 'key'> | string> {
  const files: { ca?: string; cert?: string; key?: string } = {}
  for (const key of ['ca', 'cert', 'key'] as const) {
    const path = parameters.get(`ssl-${key}`)
    if (path === null) continue
    const text = await readFile(path, 'utf8').catch(() => undefined)
    if (text === undefined) return `The file of ssl-${key} cannot be read: ${path}.`
    files[key] = text
  }
  return files
}

function wrong(message: string): ReadAddress {
  return { ok: false, message, hint: example }
}
