/** What an address must be like that somebody sends to the service, which asks that server from then on. */
import { databaseNameOf } from '../../data/servers/address-words.js'
import { additionError } from './added-datasets.js'

const maxLength = 1_000

/** What an address may begin with. */
export const pageSchemes: readonly string[] = ['postgres', 'mysql', 'mariadb']

/** By scheme, how each kind of server calls the way to encrypt. */
const tlsSettings: Readonly<Record<string, string>> = {
  postgres: 'sslmode',
  postgresql: 'sslmode',
  mysql: 'ssl-mode',
  mariadb: 'ssl-mode',
}

export interface PageConnection {
  readonly address: string
  /** Without user and password. */
  readonly title: string
}

/**
 * Only what stands in the address itself is used: the service's own password is not for whichever server somebody names,
 * and its files and sockets are not theirs to point at. Throws AdditionError, which never quotes the address.
 */
export function readPageConnection(text: string): PageConnection {
  const url = text.trim()
  const [, scheme = ''] = /^([a-z]+):\/\//i.exec(url) ?? []
  const tlsSetting = tlsSettings[scheme.toLowerCase()]
  if (url.length > maxLength || tlsSetting === undefined || !URL.canParse(url)) {
    const hint = 'Write postgres://user:password@host/database, or the same with mysql or mariadb.'
    throw additionError('unsupported', 'This is no address of a server that can be asked.', hint)
  }
  const { username, password, hostname, searchParams } = new URL(url)
  if (username === '' || password === '' || hostname === '') {
    const hint = `Write ${scheme}://user:password@host/database, with a user that may only read.`
    throw additionError('unsupported', 'The address needs a user, a password and a host.', hint)
  }
  const other = [...searchParams.keys()].filter((name) => name !== tlsSetting)
  if (other.length > 0 || decodeURIComponent(hostname).startsWith('/')) {
    const hint = 'Start the service on the address, where it needs certificates or a socket.'
    throw additionError('unsupported', `Only ${tlsSetting} may stand behind the address.`, hint)
  }
  return { address: url, title: `${databaseNameOf(url)} on ${hostname}` }
}
