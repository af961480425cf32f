/** Who the user is by ~/.my.cnf, which MySQL's and MariaDB's own programs read, too. */
import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { isThisMachine } from '../servers/address-words.js'

/** What the groups for clients say. */
export interface LoginOptions {
  readonly host?: string
  readonly user?: string
  readonly password?: string
}

export const ownOptionFile = join(homedir(), '.my.cnf')

/** Those that the programs of MySQL and MariaDB share. */
const groups = new Set(['client', 'client-server', 'client-mariadb'])

/** Nothing where there is no such file. */
export async function readOptionFile(path: string): Promise<LoginOptions> {
  const text = await readFile(path, 'utf8').catch(() => '')
  return parseOptions(text)
}

/**
 * A password is told only to the host that the file names (else to this machine), and for its user, where it names one.
 * `given` is what the address says.
 */
export function withOwnLogin<T extends LoginOptions & { readonly host: string }>(
  given: T,
  own: LoginOptions,
): T {
  const { host = 'localhost' } = own
  const elsewhere = given.host !== host && !(isThisMachine(given.host) && isThisMachine(host))
  const another = given.user !== undefined && own.user !== undefined && own.user !== given.user
  if (given.password !== undefined || elsewhere || another) return given
  const { user, password } = own
  return {
    ...(user !== undefined && { user }),
    ...(password !== undefined && { password }),
    ...given,
  }
}

/** The last line that names a thing holds (https://dev.mysql.com/doc/refman/8.4/en/option-files.html). */
function parseOptions(text: string): LoginOptions {
  const options: { host?: string; user?: string; password?: string } = {}
  let group = ''
  for (const line of text.split(/\r?\n/)) {
    group = /^\s*\[(.+?)\]/.exec(line)?.[1]?.toLowerCase() ?? group
    const [, name, value] = /^\s*(host|user|password)\s*=\s*(.*?)\s*$/.exec(line) ?? []
    if (!groups.has(group) || value === undefined) continue
    if (name === 'host' || name === 'user' || name === 'password') options[name] = valueIn(value)
  }
  return options
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['b', '\b'],
  ['t', '\t'],
  ['n', '\n'],
  ['r', '\r'],
  ['s', ' '],
  ['\\', '\\'],
  ['"', '"'],
  ["'", "'"],
])

/** Without quotes; a "#" outside of them begins a comment. */
function valueIn(text: string): string {
  const quoted = /^(["'])((?:\\.|(?!\1).)*)\1/.exec(text)?.[2]
  const value = quoted ?? text.replace(/\s*#.*$/, '')
  return value.replace(/\\(.)/g, (whole, letter: string) => escapes.get(letter) ?? whole)
}
