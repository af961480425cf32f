/** What an address must be like that somebody sends to the service, which asks that server from then on. */
import { databaseNameOf } from '../../data/servers/address-words.js'
import { additionError } from './added-datasets.js'

const maxLength = 1_000

/** What an address may begin with. */
export const pageSchemes: readonly string[] = ['postgres', 'mysql', 'mariadb', 'spark']

interface ServerRules {
  /** How this kind of server calls the way to encrypt. */
  readonly tlsSetting: string
  /** Whether there must be a user and a password, as others of the service's own would be taken for them. */
  readonly needsPassword: boolean
}

const rules: Readonly<Record<string, ServerRules>> = {
  postgres: { tlsSetting: 'sslmode', needsPassword: true },
  postgresql: { tlsSetting: 'sslmode', needsPassword: true },
  mysql: { tlsSetting: 'ssl-mode', needsPassword: true },
  mariadb: { tlsSetting: 'ssl-mode', needsPassword: true },
  spark: { tlsSetting: 'tls', needsPassword: false },
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
  const rule = rules[scheme.toLowerCase()]
  if (url.length > maxLength || rule === undefined || !URL.canParse(url)) {
    const hint =
      'Write postgres://user:password@host/database, or the same with mysql, mariadb or spark.'
    throw additionError('unsupported', 'This is no address of a server that can be asked.', hint)
  }
  const { username, password, hostname, searchParams } = new URL(url)
  const { tlsSetting, needsPassword } = rule
  const isAnonymous = needsPassword && (username === '' || password === '')
  if (isAnonymous || hostname === '') {
    const hint = `Write ${scheme}://user:password@host/database, with a user that may only read.`
    throw additionError('unsupported', 'The address needs a user, a password and a host.', hint)
  }
  const other = [...searchParams.keys()].filter((name) => name !== tlsSetting)
  if (other.length > 0 || decodeURIComponent(hostname).startsWith('/')) {
    const hint = 'Start the service on the address, where it needs certificates or a socket.'
    throw additionError('unsupported', `Only ${tlsSetting} may stand behind the address.`, hint)
  }
  return {
    address: url,
    title: [databaseNameOf(url), hostname].filter((part) => part !== '').join(' on '),
  }
}
