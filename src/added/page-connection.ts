/** What an address must be like that somebody sends to the service, which asks that server from then on. */
import { databaseNameOf, isPostgresUrl } from '../../data/postgres/address.js'
import { additionError } from './added-datasets.js'

const maxLength = 1_000

/** What an address may begin with. */
export const pageSchemes: readonly string[] = ['postgres']

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
  if (url.length > maxLength || !isPostgresUrl(url) || !URL.canParse(url)) {
    const hint = 'Write postgres://user:password@host/database.'
    throw additionError('unsupported', 'This is no address of a PostgreSQL server.', hint)
  }
  const { username, password, hostname, searchParams } = new URL(
    url.replace(/^postgresql:/i, 'postgres:'),
  )
  if (username === '' || password === '' || hostname === '') {
    const hint = 'Write postgres://user:password@host/database, with a role that may only read.'
    throw additionError('unsupported', 'The address needs a user, a password and a host.', hint)
  }
  const other = [...searchParams.keys()].filter((name) => name !== 'sslmode')
  if (other.length > 0 || decodeURIComponent(hostname).startsWith('/')) {
    const hint = 'Start the service on the address, where it needs certificates or a socket.'
    throw additionError('unsupported', 'Only sslmode may stand behind the address.', hint)
  }
  return { address: url, title: `${databaseNameOf(url)} on ${hostname}` }
}
