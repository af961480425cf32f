/** The address of a server, as the parts that people know it by. */

export interface ConnectionParts {
  readonly scheme: string
  readonly host: string
  /** Empty for the usual one. */
  readonly port: string
  readonly database: string
  readonly user: string
  readonly password: string
  readonly mustEncrypt: boolean
}

export interface ServerKind {
  readonly name: string
  readonly port: number
  /** What stands behind the address where the connection must be encrypted. */
  readonly encrypted: string
  /** Of servers that may be asked without a user, and whose password is called a token; the database is this one unless named. */
  readonly openDatabase?: string
}

const kinds: Readonly<Record<string, ServerKind>> = {
  postgres: { name: 'PostgreSQL', port: 5432, encrypted: 'sslmode=require' },
  mysql: { name: 'MySQL', port: 3306, encrypted: 'ssl-mode=required' },
  mariadb: { name: 'MariaDB', port: 3306, encrypted: 'ssl-mode=required' },
  spark: { name: 'Spark', port: 15002, encrypted: 'tls=on', openDatabase: 'default' },
}

/** Of those that this page knows. */
export function serverKind(scheme: string): ServerKind | undefined {
  return Object.hasOwn(kinds, scheme) ? kinds[scheme] : undefined
}

export function connectionAddress(parts: ConnectionParts): string {
  const { scheme, port, mustEncrypt } = parts
  const bare = parts.host.trim().replace(/^\[(.*)\]$/, '$1')
  const host = bare.includes(':') ? `[${bare}]` : bare
  const [user, password, database] = [parts.user, parts.password, parts.database.trim()].map(
    encodeURIComponent,
  )
  const behind = mustEncrypt ? `?${serverKind(scheme)?.encrypted}` : ''
  const login = user || password ? `${user}:${password}@` : ''
  return `${scheme}://${login}${host}${port && `:${port}`}/${database}${behind}`
}

/** Of an address that somebody pastes; undefined for any other text. */
export function partsOfAddress(
  text: string,
  schemes: readonly string[],
): ConnectionParts | undefined {
  const [, given = '', rest = ''] = /^\s*([a-z][a-z0-9+]*):\/\/(\S+)\s*$/i.exec(text) ?? []
  const scheme = schemes.find((each) => isScheme(given.toLowerCase(), each))
  // Only of schemes it knows does URL tell the host.
  const plain = `http://${rest}`
  if (scheme === undefined || !URL.canParse(plain)) return undefined
  const url = new URL(plain)
  return {
    scheme,
    host: decode(url.hostname),
    // What HTTP leaves out as its own usual one.
    port: url.port || (/:80(?=\/|$)/.test(rest) ? '80' : ''),
    database: decode(url.pathname.slice(1)),
    user: decode(url.username),
    password: decode(url.password),
    mustEncrypt: url.search.slice(1) === serverKind(scheme)?.encrypted,
  }
}

/** `postgresql://` is `postgres://`. */
function isScheme(given: string, scheme: string): boolean {
  return given === scheme || given === `${scheme}ql`
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
