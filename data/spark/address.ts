/** Reads the address of a Spark Connect server; what it shows of itself never holds the token. */
import { readFile } from 'node:fs/promises'

export interface SparkAddress {
  readonly host: string
  readonly port: number
  /** What bare table names are looked for in; Spark calls it a database or a schema. */
  readonly database: string
  readonly user: string
  readonly token?: string
  /** False is without TLS; `ca` the certificates to trust in place of the system's. */
  readonly tls: false | { readonly ca?: Buffer }
}

export type ReadSparkAddress =
  | { readonly ok: true; readonly address: SparkAddress }
  | { readonly ok: false; readonly message: string; readonly hint: string }

const scheme = /^(spark|sc):\/\//i
const defaultPort = 15_002
const defaultDatabase = 'default'
const example =
  'Write spark://host:15002/database; a token goes before the host: spark://user:token@host:15002/database.'
const parameters = new Set(['tls', 'ca'])
const connectParameters = new Set(['token', 'use_ssl', 'user_id', 'database'])

export function isSparkUrl(source: string): boolean {
  return scheme.test(source)
}

/** `host:port/database`, without user and token: the same for everybody who asks the same data. */
export function publicPath({ host, port, database }: SparkAddress): string {
  return `spark://${host}:${port}/${database}`
}

/** Such as `shop on db.example`. */
export function labelOf({ host, database }: SparkAddress): string {
  const isHere = /^(localhost|127\.0\.0\.1|::1)$/.test(host)
  return `${database} on ${isHere ? "this machine's Spark" : host}`
}

/** `spark://user:token@host:port/database?tls=on&ca=file`, or Spark's own `sc://host:port/;token=…;use_ssl=true`. */
export async function readSparkAddress(text: string): Promise<ReadSparkAddress> {
  const isConnect = /^sc:/i.test(text.trim())
  const plain = text.trim().replace(scheme, 'spark://')
  const [place = '', ...stated] = isConnect ? plain.split(';') : [plain]
  if (!URL.canParse(place)) return wrong('The address of the server cannot be read.')
  const url = new URL(place)
  const given = isConnect ? pairsOf(stated) : url.searchParams
  const known = isConnect ? connectParameters : parameters
  const unknown = [...given.keys()].find((name) => !known.has(name))
  if (unknown !== undefined) {
    return wrong(`The address has a setting that Parley does not know: ${unknown}.`)
  }
  if (url.hostname === '') return wrong('The address names no host.')
  const token = given.get('token') ?? decode(url.password)
  const named = given.get('database') ?? decode(url.pathname.slice(1))
  const tls = await readTls(given.get('tls') ?? given.get('use_ssl'), given.get('ca'))
  if (typeof tls === 'string') return wrong(tls)
  const address = {
    host: decode(url.hostname.replace(/^\[(.*)\]$/, '$1')),
    port: url.port === '' ? defaultPort : Number(url.port),
    database: named === '' ? defaultDatabase : named,
    user: given.get('user_id') ?? (decode(url.username) || 'parley'),
    tls,
    ...(token !== '' && { token }),
  }
  return { ok: true, address }
}

function pairsOf(parts: readonly string[]): URLSearchParams {
  return new URLSearchParams(parts.filter((part) => part !== '').join('&'))
}

/** A message where it cannot be done. */
async function readTls(
  wanted: string | null,
  ca: string | null,
): Promise<SparkAddress['tls'] | string> {
  const isOn = /^(on|true|1)$/i.test(wanted ?? (ca === null ? 'off' : 'on'))
  if (!isOn && !/^(off|false|0)$/i.test(wanted ?? 'off'))
    return `tls may be on or off, not ${wanted}.`
  if (!isOn) return false
  if (ca === null) return {}
  try {
    return { ca: await readFile(ca) }
  } catch {
    return `The certificates in ${ca} cannot be read.`
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function wrong(message: string): ReadSparkAddress {
  return { ok: false, message, hint: example }
}
