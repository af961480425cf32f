/** Why a server could not be asked, in plain words; the driver's own text never comes through, as it may quote the address. */
import {
  type Cause,
  codeOf,
  failureFrom,
  lateCodes,
  lostNameCodes,
  refusedCodes,
} from '../servers/connect-causes.js'
import type { SourceFailure } from '../sources/source.js'
import type { MysqlAddress } from './address.js'

/** Milliseconds until a server that does not answer is given up. */
export const connectTimeoutMs = 10_000

const noTls = /^HANDSHAKE_NO_SSL_SUPPORT$/

export function lacksTls(error: unknown): boolean {
  return noTls.test(codeOf(error))
}

interface Place extends MysqlAddress {
  /** Host and port, or the socket. */
  readonly at: string
  /** As a sentence begins. */
  readonly role: string
  readonly error: string
}

/** The first that fits. */
const causes: readonly Cause<Place>[] = [
  {
    codes: lostNameCodes,
    code: 'source_unreachable',
    say: ({ host }) => `There is no host called ${host}.`,
    hint: 'Check the name of the host.',
  },
  {
    codes: refusedCodes,
    code: 'source_unreachable',
    say: ({ at }) => `No MySQL or MariaDB server answers at ${at}.`,
    hint: 'Start the server, or check host and port.',
  },
  {
    codes: lateCodes,
    messages: /timeout/,
    code: 'source_unreachable',
    say: ({ at }) => `${at} did not answer within ${connectTimeoutMs / 1000} seconds.`,
    hint: 'Check host and port, and whether a firewall lies between.',
  },
  {
    codes: /^ER_BAD_DB_ERROR$/,
    code: 'source_missing',
    say: ({ at, database }) => `The server at ${at} has no database called ${database}.`,
    hint: 'Check the name of the database.',
  },
  {
    codes: /^ER_DBACCESS_DENIED_ERROR$/,
    code: 'source_denied',
    say: ({ role, database }) => `${role} may not use the database ${database}.`,
    hint: 'Check the name of the database, or ask who runs the server for SELECT on it.',
  },
  {
    codes: /^(ER_ACCESS_DENIED|ER_ACCESS_DENIED_NO_PASSWORD)/,
    code: 'source_denied',
    say: ({ role, password }) =>
      password === undefined
        ? `${role} is not let in without a password.`
        : `${role} is not let in from here with this password.`,
    hint: 'Write mysql://user:password@host/database or have it in ~/.my.cnf, or ask who runs the server.',
  },
  {
    codes:
      /^(ER_HOST_NOT_PRIVILEGED|ER_HOST_IS_BLOCKED|ER_ACCOUNT_HAS_BEEN_LOCKED|ER_MUST_CHANGE_PASSWORD)/,
    code: 'source_denied',
    say: ({ role, at }) => `${role} may not connect to ${at} from here.`,
    hint: 'Ask who runs the server.',
  },
  {
    codes: noTls,
    code: 'source_unreachable',
    say: ({ at }) => `The server at ${at} does not encrypt.`,
    hint: 'Have TLS switched on there, or, on a network you trust, write ssl-mode=disabled.',
  },
  {
    codes: /^ER_SECURE_TRANSPORT_REQUIRED$/,
    code: 'source_denied',
    say: ({ at }) => `The server at ${at} wants an encrypted connection.`,
    hint: 'Write ssl-mode=required.',
  },
  {
    messages: /certificate|altnames|self.signed|unable to verify/i,
    code: 'source_denied',
    say: ({ host }) => `The certificate of ${host} could not be verified.`,
    hint: 'Name the certificate of its authority: ssl-ca=FILE.',
  },
  {
    codes: /^(ER_CON_COUNT_ERROR|ER_TOO_MANY_USER_CONNECTIONS|ER_USER_LIMIT_REACHED)$/,
    code: 'source_unreachable',
    say: ({ at }) => `The server at ${at} has no connection to spare.`,
    hint: 'Try again in a moment.',
  },
  {
    code: 'source_unreachable',
    say: ({ at, error }) => `The connection to ${at} failed${error === '' ? '' : ` (${error})`}.`,
    hint: 'Check that it is a MySQL or MariaDB server.',
  },
]

export function connectFailure(error: unknown, address: MysqlAddress): SourceFailure {
  const { host, port, socket, user } = address
  const at = socket ?? `${host}:${port}`
  const role = user === undefined ? 'This user' : `The user "${user}"`
  return failureFrom(causes, error, { ...address, at, role, error: codeOf(error) })
}
